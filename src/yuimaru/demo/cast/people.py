"""The people of the demo world who can sign in, each in a post of a section."""

from __future__ import annotations

from dataclasses import dataclass

from yuimaru.demo.cast.bodies import CENTRE, CONSORTIUM, MIDORINO, OUMI, OUTSIDER, TSUKIHAMA
from yuimaru.foundation.tenancy.actors import Role


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in; `post` is held in `section` of `body`."""

    login: str
    name: str
    name_en: str
    body: str
    section: str
    post: str
    role: Role


PEOPLE = (
    Person(
        "shiomi-admin",
        "安里 千尋",
        "Chihiro Asato",
        CONSORTIUM,
        "共同利用推進室",
        "共同利用推進室長",
        Role.CONSORTIUM_ADMIN,
    ),
    Person(
        "shiomi-platform",
        "比嘉 進",
        "Susumu Higa",
        CONSORTIUM,
        "共同利用推進室",
        "基盤運用担当",
        Role.PLATFORM_OPERATOR,
    ),
    Person("oumi-clerk", "浜田 聡", "Satoshi Hamada", OUMI, "子育て支援課", "手当係 主任", Role.CLERK),
    Person(
        "oumi-decider", "玉木 さゆり", "Sayuri Tamaki", OUMI, "子育て支援課", "子育て支援課長", Role.DECIDER
    ),
    Person("oumi-leader", "上間 修司", "Shuji Uema", OUMI, "子育て支援課", "手当係長", Role.CLERK),
    Person("oumi-director", "奥平 恵", "Megumi Okudaira", OUMI, "子育て支援課", "こども部長", Role.DECIDER),
    Person("oumi-counter", "金子 悠", "Yu Kaneko", OUMI, "市民課", "証明係 主任", Role.CLERK),
    Person("oumi-waste", "砂川 仁", "Jin Sunagawa", OUMI, "環境課", "収集係 主事", Role.CLERK),
    Person("oumi-admin", "松尾 健", "Ken Matsuo", OUMI, "総合案内", "情報政策担当", Role.MUNICIPALITY_ADMIN),
    Person("oumi-auditor", "瑞慶山 弘", "Hiroshi Zukeyama", OUMI, "総合案内", "監査担当", Role.AUDITOR),
    Person("midorino-counter", "宮里 紬", "Tsumugi Miyazato", MIDORINO, "住民課", "窓口係 主事", Role.CLERK),
    Person("midorino-clerk", "与那嶺 葵", "Aoi Yonamine", MIDORINO, "子ども課", "手当係 主事", Role.CLERK),
    Person("midorino-decider", "知念 航", "Wataru Chinen", MIDORINO, "子ども課", "子ども課長", Role.DECIDER),
    Person("midorino-leader", "平良 恵子", "Keiko Taira", MIDORINO, "子ども課", "手当係長", Role.CLERK),
    Person("midorino-mayor", "我那覇 一徳", "Kazunori Ganaha", MIDORINO, "総合窓口", "町長", Role.DECIDER),
    Person(
        "midorino-support",
        "儀間 静",
        "Shizuka Gima",
        MIDORINO,
        "住民課",
        "住民課 主任",
        Role.PROTECTION_OFFICER,
    ),
    Person(
        "midorino-admin",
        "宮平 直美",
        "Naomi Miyahira",
        MIDORINO,
        "総合窓口",
        "情報担当",
        Role.MUNICIPALITY_ADMIN,
    ),
    Person(
        "tsukihama-clerk",
        "金城 みのり",
        "Minori Kinjo",
        TSUKIHAMA,
        "住民福祉課",
        "住民福祉課 主事",
        Role.CLERK,
    ),
    Person(
        "tsukihama-decider",
        "島袋 誠",
        "Makoto Shimabukuro",
        TSUKIHAMA,
        "住民福祉課",
        "住民福祉課長",
        Role.DECIDER,
    ),
    Person("tsukihama-mayor", "喜屋武 昭", "Akira Kyan", TSUKIHAMA, "総務課", "村長", Role.DECIDER),
    Person(
        "tsukihama-admin",
        "仲宗根 悟",
        "Satoru Nakasone",
        TSUKIHAMA,
        "総務課",
        "総務課 係長",
        Role.MUNICIPALITY_ADMIN,
    ),
    Person(
        "centre-agent", "大城 真央", "Mao Oshiro", CENTRE, "子育て業務係", "処理担当", Role.OPERATOR_AGENT
    ),
    Person("centre-lead", "新垣 涼", "Ryo Arakaki", CENTRE, "子育て業務係", "業務責任者", Role.OPERATOR_LEAD),
    Person("minato-agent", "港 一郎", "Ichiro Minato", OUTSIDER, "業務部", "処理担当", Role.OPERATOR_AGENT),
)
