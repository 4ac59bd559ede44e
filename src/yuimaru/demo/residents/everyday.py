"""Everyday errands: copies of the residence record and bulky waste, with what has been done about each so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yuimaru.demo.cast import MIDORINO, OUMI, TSUKIHAMA


@dataclass(frozen=True)
class Deed:
    """One thing that was done: by somebody of the cast, or by the resident, who sends corrected answers."""

    action: str
    login: str = ""
    note: str = ""
    corrected: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Paper:
    """A copy of a paper that the resident adds; the demo stores a blank picture under this name."""

    name: str


@dataclass(frozen=True)
class Errand:
    """One application: the answers given, how many days ago, and what has happened since."""

    town: str
    kata: str
    sent_days_ago: int
    given: Mapping[str, Any]
    deeds: tuple[Deed, ...] = ()

    @property
    def name(self) -> str:
        """Whose errand it is; every name of the demo stands for one application."""
        return str(self.given["氏名"])


@dataclass(frozen=True)
class InDays:
    """A day so many days after sending."""

    days: int

    def after(self, sent_on: date) -> str:
        """The day as the form stores it."""
        return (sent_on + timedelta(days=self.days)).isoformat()


def copy(name: str, kana: str, address: str, **more: Any) -> dict[str, Any]:
    """A request for one copy of one's own record, to be collected at the counter; `more` changes that."""
    return {
        "関係": "本人",
        "種類": "世帯全員",
        "受取": "窓口",
        "氏名": name,
        "フリガナ": kana,
        "請求者生年月日": "1988-06-21",
        "住所": address,
        "電話": "090-0000-0000",
        "通数": 1,
        "免除の理由": "ない",
        "正しい請求": True,
        **more,
    }


def waste(name: str, kana: str, address: str, *things: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """An application for the earliest collection of some things."""
    return {
        "家庭のごみ": True,
        "運び出し": True,
        "氏名": name,
        "フリガナ": kana,
        "住所": address,
        "建物": "一戸建て",
        "電話": "090-0000-0000",
        "粗大ごみ": list(things),
        "点数の確認": True,
        "希望": "早い日",
        "減免": "ない",
        **more,
    }


PLAIN = {"載せる項目": ["どれもない"]}
COUNTER = {**PLAIN, "来庁予定日": InDays(1)}
MAIL = {"受取": "郵送", **PLAIN, "本人確認の写し": Paper("本人確認書類.png"), "送り先の確認": True}
THIRD_PARTY = {
    "関係": "第三者",
    "対象者氏名": "南風 実",
    "対象者住所": "汐見県青海市東原31-5",
    "理由の区分": "権利義務",
    "理由の資料": Paper("契約書.png"),
    "第三者の項目": ["どれもない"],
    "来庁予定日": InDays(1),
}
RECORD, WASTE = "juminhyo-seikyu", "sodaigomi-moushikomi"
HANDED_ON = Deed("引き継ぐ", "midorino-counter")
SIGN_AGAIN = "委任状に、頼んだ方の署名がありません。署名のある委任状を選び直してください。"
NO_REASON = (
    "利用の目的が正当な理由にあたらず、資料からも確かめられないためです（住民基本台帳法 第12条の3第1項）。"
)
MEASURE = "棚の幅、奥行、高さを入力してください。"
COLLECTION = "次の木曜日の午前中に伺います。粗大ごみ処理券は、1,300円分をお買い求めください。"

ERRANDS = (
    Errand(OUMI, RECORD, 0, copy("東 真由美", "ヒガシ マユミ", "汐見県青海市港町5-2-1", **COUNTER, メール="mayumi@example.jp")),
    Errand(OUMI, RECORD, 2, copy("西里 光", "ニシザト ヒカル", "汐見県青海市山手町7-7", **COUNTER, 通数=2, メール="hikaru@example.jp"), (
        Deed("引き継ぐ", "oumi-counter"),
        Deed("用意した", "oumi-counter"),
    )),
    Errand(OUMI, RECORD, 1, copy("安次嶺 剛", "アジミネ ツヨシ", "汐見県青海市北浜2-9", **THIRD_PARTY, 利用の目的="貸したお金の返還を求める裁判のために、現在の住所を確かめる必要があります。"), (
        Deed("引き継ぐ", "oumi-counter"),
    )),
    Errand(OUMI, RECORD, 9, copy("外間 修", "ホカマ オサム", "汐見県青海市松原8-3", **THIRD_PARTY, 利用の目的="以前の知人に連絡を取りたいです。", メール="osamu@example.jp"), (
        Deed("引き継ぐ", "oumi-counter"),
        Deed("不交付案", "oumi-counter", NO_REASON),
        Deed("承認", "oumi-decider"),
    )),
    Errand(MIDORINO, RECORD, 1, copy("川満 奏", "カワミツ カナデ", "汐見県みどり野町川上2-6", **MAIL, メール="kanade@example.jp"), (HANDED_ON,)),
    Errand(MIDORINO, RECORD, 3, copy("与儀 智子", "ヨギ トモコ", "汐見県みどり野町本町6-1", **MAIL, 関係="代理人", 対象者氏名="与儀 トヨ", 対象者生年月日="1941-02-08", 対象者住所="汐見県みどり野町本町6-1", 代理の種類="任意", 代理の書類=Paper("委任状.png"), メール="tomoko@example.jp"), (
        HANDED_ON,
        Deed("補正を求める", "centre-agent", SIGN_AGAIN),
    )),
    Errand(MIDORINO, RECORD, 6, copy("平良 仁", "タイラ ジン", "汐見県みどり野町林9-4", **MAIL, 通数=3, メール="jin@example.jp"), (
        HANDED_ON,
        Deed("不備なし", "centre-agent"),
        Deed("用意した", "midorino-counter"),
    )),
    Errand(TSUKIHAMA, RECORD, 0, copy("沖 佐和子", "オキ サワコ", "汐見県月浜村字浜64", **PLAIN, 受取="郵送", 本人確認の写し=Paper("運転免許証.png"), 送り先の確認=True)),
    Errand(OUMI, WASTE, 0, waste("宮良 健太", "ミヤラ ケンタ", "汐見県青海市港町9-3", {"品目": "自転車", "数量": 2}, {"品目": "ベビーカー", "数量": 1}, メール="kenta@example.jp")),
    Errand(OUMI, WASTE, 4, waste("嘉陽 ふみ", "カヨウ フミ", "汐見県青海市北浜6-1", {"品目": "ソファ大", "数量": 1}, {"品目": "こたつ", "数量": 1}, 運び出し=False, メール="fumi@example.jp"), (
        Deed("確かめた", "oumi-waste"),
        Deed("知らせる", "oumi-waste", COLLECTION),
    )),
    Errand(OUMI, WASTE, 2, waste("城間 拓也", "シロマ タクヤ", "汐見県青海市潮見4-4", {"品目": "そのほか", "品名": "棚", "大きさ": "わかりません", "数量": 1}, メール="takuya@example.jp"), (
        Deed("補正を求める", "oumi-waste", MEASURE),
    )),
    Errand(OUMI, WASTE, 11, waste("玉那覇 玲", "タマナハ レイ", "汐見県青海市山手町12-8", {"品目": "そのほか", "品名": "物干し台", "大きさ": "わかりません", "数量": 2}), (
        Deed("補正を求める", "oumi-waste", "物干し台の高さを入力してください。"),
        Deed("再提出", corrected={"粗大ごみ": [{"品目": "そのほか", "品名": "物干し台", "大きさ": "高さ150cm", "数量": 2}]}),
        Deed("確かめた", "oumi-waste"),
        Deed("知らせる", "oumi-waste", "次の金曜日の午前中に伺います。粗大ごみ処理券は、600円分をお買い求めください。"),
        Deed("収集した", "oumi-waste"),
    )),
    Errand(MIDORINO, WASTE, 2, waste("比屋根 清", "ヒヤネ キヨシ", "汐見県みどり野町東原5-5", {"品目": "たんす", "数量": 1}, {"品目": "布団", "数量": 2}, 減免="高齢者"), (
        Deed("確かめた", "midorino-counter"),
    )),
)  # fmt: skip
