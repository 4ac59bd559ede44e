"""Pairs of turns over the demo towns' documents: an earlier question, the next one, and how it has to be understood."""

from __future__ import annotations

from typing import NamedTuple

from tests.cast import MIDORINO, OUMI, TSUKIHAMA


class Pair(NamedTuple):
    """`subject` is what the next question takes over, empty where it must not; `title` names its document."""

    code: str
    before: tuple[str, ...]
    question: str
    subject: str
    title: str


def _after(code: str, *before: str) -> _Asked:
    return _Asked(code, before)


class _Asked(NamedTuple):
    code: str
    before: tuple[str, ...]

    def then(self, question: str, subject: str, title: str) -> Pair:
        return Pair(self.code, self.before, question, subject, title)


RECORD = "住民票の写しの手数料はいくらですか"
OUMI_RECORD = _after(OUMI, RECORD)
MIDORINO_RECORD = _after(MIDORINO, RECORD)
TSUKIHAMA_RECORD = _after(TSUKIHAMA, RECORD)
CHILD = "児童手当はいくらもらえますか"
WASTE = "粗大ごみの手数料はいくらですか"

PAIRS = (
    OUMI_RECORD.then("郵送だと？", "住民票の写し", "住民票"),
    OUMI_RECORD.then("どこで?", "住民票の写し", "住民票"),
    OUMI_RECORD.then("代理人は？", "住民票の写し", "住民票"),
    OUMI_RECORD.then("日曜日も取れますか", "住民票の写し", "住民票"),
    OUMI_RECORD.then("オンラインでもできる？", "住民票の写し", "住民票"),
    OUMI_RECORD.then("必要なものを教えて", "住民票の写し", "住民票"),
    OUMI_RECORD.then("クレジットカードは使えますか", "住民票の写し", "住民票"),
    OUMI_RECORD.then("図書館は何時まで開いていますか", "", "図書館"),
    OUMI_RECORD.then("犬の登録の手数料はいくらですか", "", "犬"),
    OUMI_RECORD.then("マイナンバーカードの更新はどこでできますか", "", "マイナンバー"),
    OUMI_RECORD.then("では、印鑑登録証明書は？", "", "印鑑"),
    _after(OUMI, RECORD, "郵送だと？").then("何日かかりますか", "住民票の写し", "住民票"),
    _after(OUMI, CHILD).then("いつ振り込まれますか", "児童手当", "児童手当"),
    _after(OUMI, CHILD).then("申請の期限は？", "児童手当", "児童手当"),
    _after(OUMI, CHILD).then("何が必要ですか", "児童手当", "児童手当"),
    _after(OUMI, CHILD).then("それはいつまでもらえますか", "児童手当", "児童手当"),
    _after(OUMI, CHILD).then("粗大ごみは何点まで申し込めますか", "", "粗大ごみ"),
    _after(OUMI, WASTE).then("何点まで？", "粗大ごみ", "粗大ごみ"),
    _after(OUMI, WASTE).then("自分で持ち込むときは？", "粗大ごみ", "粗大ごみ"),
    _after(OUMI, WASTE).then("どうやって申し込みますか", "粗大ごみ", "粗大ごみ"),
    _after(OUMI, WASTE).then("国民年金の保険料はいくらですか", "", "国民年金"),
    _after(OUMI, "転入届の期限はいつですか").then("代理人でもできますか", "転入届", "引っ越し"),
    _after(OUMI, "転入届の期限はいつですか").then("その手続に必要なものは何ですか", "転入届", "引っ越し"),
    _after(OUMI, "犬を飼い始めました。登録はいつまでですか").then("手数料は？", "犬", "犬"),
    MIDORINO_RECORD.then("郵送だと？", "住民票の写し", "住民票"),
    MIDORINO_RECORD.then("コンビニなら？", "住民票の写し", "住民票"),
    MIDORINO_RECORD.then("どこで受け取れますか", "住民票の写し", "住民票"),
    MIDORINO_RECORD.then("水曜日は何時までですか", "住民票の写し", "住民票"),
    MIDORINO_RECORD.then("家族の分も取れますか", "住民票の写し", "住民票"),
    MIDORINO_RECORD.then("児童手当の振込日はいつですか", "", "児童手当"),
    MIDORINO_RECORD.then("公園でバーベキューはできますか", "", "公園"),
    _after(MIDORINO, CHILD).then("いつまでに出せばいいですか", "児童手当", "児童手当"),
    _after(MIDORINO, CHILD).then("遅れたらどうなりますか", "児童手当", "児童手当"),
    _after(MIDORINO, CHILD).then("公務員の場合は？", "児童手当", "児童手当"),
    _after(MIDORINO, CHILD).then("空き家の片付けに補助金はありますか", "", "空き家"),
    _after(MIDORINO, "粗大ごみの持込みの料金を教えてください").then("場所はどこですか", "粗大ごみ", "粗大ごみ"),
    _after(MIDORINO, "粗大ごみの持込みの料金を教えてください").then("予約は要りますか", "粗大ごみ", "粗大ごみ"),
    _after(MIDORINO, "図書館は何時まで開いていますか").then("休みの日は？", "図書館", "図書館"),
    _after(MIDORINO, "図書館は何時まで開いていますか").then("本は何冊借りられますか", "", "図書館"),
    _after(MIDORINO, "水道の使用をやめたい。どこに届け出ますか").then("いつまでに？", "水道", "水道"),
    TSUKIHAMA_RECORD.then("どこで？", "住民票の写し", "住民票"),
    TSUKIHAMA_RECORD.then("代わりに家族が行く場合は？", "住民票の写し", "住民票"),
    TSUKIHAMA_RECORD.then("郵送でもらえますか", "住民票の写し", "住民票"),
    TSUKIHAMA_RECORD.then("がん検診はいくらですか", "", "検診"),
    TSUKIHAMA_RECORD.then("漁網はどこに出せますか", "", "粗大ごみ"),
    _after(TSUKIHAMA, CHILD).then("振込日は？", "児童手当", "児童手当"),
    _after(TSUKIHAMA, CHILD).then("どこに申請しますか", "児童手当", "児童手当"),
    _after(TSUKIHAMA, CHILD).then("津波のときはどこに逃げればいいですか", "", "津波"),
    _after(TSUKIHAMA, "粗大ごみの持込みの料金はいくらですか").then("どこに持って行けばいいですか", "粗大ごみ", "粗大ごみ"),
    _after(TSUKIHAMA, "粗大ごみの持込みの料金はいくらですか").then("休みの日はいつですか", "粗大ごみ", "粗大ごみ"),
    _after(TSUKIHAMA, "転出届はどこに出しますか").then("郵送でもいいですか", "転出届", "引っ越し"),
    _after(TSUKIHAMA, "転出届はどこに出しますか").then("いつから出せますか", "転出届", "引っ越し"),
    _after(TSUKIHAMA, "移動役場はいつ回っていますか").then("そこで住民票は取れますか", "移動役場", "住民票"),
    _after(TSUKIHAMA, "転出届はどこに出しますか").then("選挙の期日前投票は何時までですか", "", "選挙"),
    # Written after the rules were, and none of the rules was changed for them.
    _after(OUMI, "国民健康保険に入るにはどうすればいいですか").then("保険料はいくらですか", "国民健康保険", "国民健康保険"),
    _after(OUMI, "国民健康保険に入るにはどうすればいいですか").then("届け出が遅れたら？", "国民健康保険", "国民健康保険"),
    _after(OUMI, "保育所の申し込みはいつからですか").then("提出先は？", "保育", "保育"),
    _after(OUMI, "保育所の申し込みはいつからですか").then("それと、就学援助の申請は？", "", "就学援助"),
    _after(OUMI, "印鑑登録はどうすればできますか").then("費用はかかりますか", "印鑑登録", "印鑑"),
    _after(OUMI, "印鑑登録はどうすればできますか").then("本人が行けないときは？", "印鑑登録", "印鑑"),
    _after(OUMI, "図書館の本は何冊まで借りられますか").then("期間は？", "図書館", "図書館"),
    _after(OUMI, "図書館の本は何冊まで借りられますか").then("避難所はどこですか", "", "防災"),
    _after(OUMI, "マイナンバーカードを受け取るには何が必要ですか").then("土曜日でもいい？", "マイナンバーカード", "マイナンバー"),
    _after(OUMI, "水道を使い始めるときの連絡先はどこですか").then("料金はどうやって払うの", "水道", "水道"),
    _after(MIDORINO, "印鑑登録証明書はいくらですか").then("コンビニでも取れる？", "印鑑登録証明書", "印鑑"),
    _after(MIDORINO, "狂犬病の予防注射はいつですか").then("いくらかかる？", "狂犬病", "犬"),
    _after(MIDORINO, "狂犬病の予防注射はいつですか").then("国民年金の免除の申請はどこでしますか", "", "国民年金"),
    _after(MIDORINO, "介護保険の認定を申請したい").then("結果はいつわかりますか", "介護保険", "介護"),
    _after(MIDORINO, "空き家バンクに登録するには").then("条件は？", "空き家", "空き家"),
    _after(MIDORINO, "固定資産税の納期はいつですか").then("払えないときは？", "固定資産税", "固定資産税"),
    _after(MIDORINO, "就学援助を受けるには").then("締切は？", "就学援助", "就学援助"),
    _after(MIDORINO, "乳幼児健診の日程を教えてください").then("持ち物は？", "健診", "健診"),
    _after(TSUKIHAMA, "月浜保育所の入所の申し込みはいつまでですか").then("必要な書類は？", "保育所", "保育所"),
    _after(TSUKIHAMA, "お試し住宅は1日いくらですか").then("予約はどこでする？", "お試し住宅", "空き家"),
    _after(TSUKIHAMA, "がん検診の日程を教えて").then("費用は？", "がん検診", "検診"),
    _after(TSUKIHAMA, "がん検診の日程を教えて").then("村の水道料金はいくらですか", "", "水道"),
    _after(TSUKIHAMA, "マイナンバーカードの申請はどこでできますか").then("写真は要りますか", "マイナンバーカード", "マイナンバー"),
    _after(TSUKIHAMA, "国民健康保険の届け出はいつまでですか").then("ここに引っ越してきました。何をすればいいですか", "", "引っ越し"),
    _after(TSUKIHAMA, "期日前投票はどこでできますか").then("何時まで？", "期日前投票", "選挙"),
)  # fmt: skip
