"""Follow-up questions: what of an earlier subject a question leaves out, and when it opens a subject of its own.

No model and no memory: the questions before are handed in with each question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from yuimaru.core.text.tokens import Morpheme, spoken, tokens, words
from yuimaru.services.knowledge.rules.question import Question, understand

MOST_TURNS = 4  # earlier questions that are read
_LONGEST_SUBJECT = 60  # characters carried over

# What may be asked about any procedure; a question of nothing else has no subject of its own.
_WAYS = (
    "料金 手数料 費用 費 金額 額 値段 代金 送料 無料 有料 半額 割引 お金 現金 カード クレジット 電子マネー 支払い 払い 払う 支払う 振込 振り込む "
    "口座 引き落とし 減免 免除 延滞 滞納 返金 還付 "
    "期限 期間 時期 日にち 日程 日時 時間 締め切り 締切 曜日 平日 土曜 土日 日曜 月曜 火曜 水曜 木曜 金曜 祝日 休日 休み 休む 夜間 夜 朝 昼 午前 午後 年末 年始 "
    "当日 翌日 今日 明日 今週 来週 今月 来月 今年 来年 早い 遅い 遅れる 過ぎる 間に合う 早める 延ばす 延長 期日 毎月 毎年 土 週末 "
    "場所 窓口 役所 役場 市役所 支所 出張所 本庁 庁舎 課 係 担当 住所 地図 駐車場 郵送 郵便 切手 封筒 返信 電話 ファクス メール "
    "ネット インターネット オンライン 電子 スマホ スマートフォン パソコン ホームページ コンビニ 予約 訪問 出張 連絡 先 問い合わせ 番号 "
    "本人 代理 代わり 代わる 委任 状 世帯 別 同居 別居 同じ 他人 第三者 代表 誰 "
    "持ち物 書類 用紙 様式 申請書 届書 届 請求書 書き方 書く 記入 印刷 ダウンロード 身分 身元 確認 書 写真 印鑑 はんこ 判子 免許 証 パスポート 原本 コピー 添付 用意 "
    "申請 申し込み 申込 申し込む 申込み 届け出 届出 届け出る 届ける 手続き 手続 請求 提出 登録 受け付け 受付 受け取り 受け取る 受取 交付 発行 再発行 支給 "
    "変更 変える 変わる 更新 取り消し 取り消す 取消 キャンセル 解約 訂正 直す 間違える 間違い 忘れる なくす 無くす 失くす 紛失 落とす 破れる 汚れる "
    "出す 取る 送る 頼む 貰う 使う 使える 持つ 届く 待つ 要る 選ぶ 増える 減る 下がる 上がる 返す 戻る 戻す 決まる 足りる 始まる 終わる 続く 続ける 開く 空く 閉まる "
    "渡す 任せる 手伝う 読む 入れる 入る 出る 間 条件 対象 資格 制限 上限 下限 要件 理由 結果 審査 決定 通知 年齢 人数 定員 回数 数 枚数 種類 内容 詳細 "
    "他 外 最初 最後 次 前 後 例外 注意 問題 大丈夫 可能 無理 駄目 英語 日本語 外国 語 言葉 流れ 順番 混む 混雑 罰 罰則 分 場合 月 日 さかのぼる 遡る 半年 複数 一緒 まとめる 限る 使用 市 町 村 市内 町内 村内"
)
# For whom, and papers that are asked for along the way: they open a subject but do not change one.
_ASIDE = (
    "子供 子 家族 夫婦 配偶者 親 両親 祖父母 兄弟 友人 知人 高齢者 老人 大人 未成年 学生 外国人 外国 障害 障害者 会社 会社員 "
    "法人 個人 赤ちゃん 妊婦 単身 一人 暮らし 旦那 主人 孫 同居人 証明 保険"
)
# What titles say beside their subject.
_OF_TITLES = "案内 手引き てびき しおり 使い方 利用 お知らせ よくある 質問 制度 支援 年度 令和 町 市 村 為 役場 相談 備え 方法 出し方 分け方 こと 方 必要 来庁"
# Deeds that tell of a life event: they open a subject even without a noun.
_OPENING = "引っ越す 生まれる 産む 亡くなる 死ぬ 捨てる 飼う 辞める 壊れる 倒れる 住む 働く 育てる 建てる 借りる 噛む 燃える 泳ぐ 痛い"

_COMPOUND = re.compile("印鑑(?:登録|証明)")
_LEADING = re.compile(
    r"^(?:それでは|それじゃあ?|では|じゃあ?|それと|それから|そしたら|ちなみに|あと|また|なお|ところで|えっと|あの[、ー]|すみません)[、,。\s]*"
)
_POINTING = re.compile(
    r"それ|これ|そこ|そちら|あれ|その(?!ほか|他)|こちら|ここ|この(?!町|市|村|まち|むら|街|地域|県)"
)
_LEFT_OPEN = re.compile(
    r"(?:だと|なら|ならば|だったら|場合|とき|時|は|も|でも|とか|って|たら|れば|には|では|の(?:ほう|方|分)|[?？])[はも]?[?？。…\s]*$"
)
_HANGING = re.compile(r"(?:たら|れば|場合は?|ときは?|時は?|と)、?どうな[りる]")
_PREDICATE = re.compile(r"(?:です|ます|ません|でしょう|ない|できる|いい|よい)か?の?$")
_CONDITION = re.compile(
    r"(?:だと|なら|ならば|だったら|場合|とき|時|たら|れば|の(?:ほう|方|分))[はも]?[?？。…\s]*$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to understand a question: the words to look up, and the subject taken over from before."""

    text: str
    carried: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a town's questions are about: the words that name its documents and procedures, and its own names."""

    subjects: frozenset[str]
    own_names: tuple[str, ...] = ()

    @classmethod
    def by(cls, titles: Iterable[str], *own_names: str) -> Known:
        """Take the words from the titles of documents and procedures."""
        return cls(frozenset[str]().union(*map(named, titles)), own_names)


@dataclass(frozen=True, slots=True)
class _Topic:
    """What is being talked about, in the asker's words, and the words for the kind of fact asked for last."""

    subject: str
    kind: str

    def with_kind(self, question: Question, text: str) -> _Topic:
        return _Topic(self.subject, _kind(question, text) or self.kind)


def readings(question: str, before: Sequence[str], known: Known) -> list[Reading]:
    """The ways to understand a question after earlier ones, the likeliest first; the last may be the plain one."""
    topic: _Topic | None = None
    for earlier in before[-MOST_TURNS:]:
        topic = _after(earlier, topic, known)
    return _readings(question, topic, known)


def recent(turns: Sequence[str], known: Known) -> list[str]:
    """The questions that go along to the next one: the latest, and the one that opened their subject."""
    topic: _Topic | None = None
    opened = 0
    for place, turn in enumerate(turns):
        if not _readings(turn, topic, known)[0].carried:
            opened = place
        topic = _after(turn, topic, known)
    latest = len(turns) - MOST_TURNS
    return list(turns[latest:]) if opened >= latest else [turns[opened], *turns[latest + 1 :]]


def _after(question: str, topic: _Topic | None, known: Known) -> _Topic | None:
    """What the talk is about once a question was asked."""
    asked = understand(question, known.own_names)
    if topic is not None and _readings(question, topic, known)[0].carried == topic.subject:
        return topic.with_kind(asked, question)
    subject = _subject(question, asked)
    kind = _kind(asked, question) or (topic.kind if topic and _is_open(question, asked) else "")
    return _Topic(subject, kind) if subject else topic


def _readings(question: str, topic: _Topic | None, known: Known) -> list[Reading]:
    plain = Reading(question)
    if topic is None or frozenset(tokens(topic.subject)) <= frozenset(tokens(question)):
        return [plain]
    said = _LEADING.sub("", question)
    asked = understand(said, known.own_names)
    own = asked.subject & (asked.nouns | _forms(_OPENING)) - ways(said) - _forms(_ASIDE)
    others = own - frozenset(tokens(topic.subject))
    open_ended = _is_open(said, asked)
    carried = Reading(f"{topic.subject}のことで、{said}", topic.subject)
    with_kind = Reading(f"{topic.subject} {topic.kind}、{said}", topic.subject)
    if _POINTING.search(said):
        return [carried]
    if not others and not _opens(said, asked):
        keeps = topic.kind and open_ended and (own or _CONDITION.search(said))
        return [with_kind, carried] if keeps else [carried]
    if not open_ended:
        return [plain]
    if others & known.subjects:
        instead = Reading(f"{said} {topic.kind}") if topic.kind else plain
        return list(dict.fromkeys([instead, plain]))
    return [with_kind, carried, plain] if topic.kind else [carried, plain]


def _is_open(said: str, asked: Question) -> bool:
    """Whether a question breaks off before it says what it wants to know: 「郵送だと?」「代理人は?」."""
    if asked.wanted:
        return False
    return _HANGING.search(said) is not None or (
        _LEFT_OPEN.search(said) is not None and not _has_predicate(said)
    )


def _has_predicate(said: str) -> bool:
    """Whether a question ends in a deed or a copula, as a whole sentence does."""
    ends = [one for one in spoken(said) if one.part[0] not in ("補助記号", "空白")]
    return _PREDICATE.search("".join(one.surface for one in ends[-3:])) is not None


def _opens(said: str, asked: Question) -> bool:
    """Whether a life event is told that starts something new, unless it hangs on what was said before."""
    return bool(asked.subject & _forms(_OPENING)) and not _HANGING.search(said) and not _is_open(said, asked)


def _kind(asked: Question, text: str) -> str:
    """The words with which a question asks for its kinds of fact."""
    return " ".join(dict.fromkeys(found for kind in asked.wanted for found in kind.asked.findall(text)))


def _subject(question: str, asked: Question) -> str:
    """The subject of a question in its own words: 住民票の写し of 住民票の写しの手数料はいくらですか."""
    weighty = asked.subject - ways(question) or asked.subject
    found = [part for run in _runs(question) if (part := _trimmed(run, weighty))]
    if not found:
        found = [asked.listed[form] for form in asked.weights if form in weighty]
    kept = ""
    for part in dict.fromkeys(found):
        joined = f"{kept}、{part}" if kept else part
        if len(joined) > _LONGEST_SUBJECT:
            break
        kept = joined
    return kept


def _runs(text: str) -> list[list[list[Morpheme]]]:
    """The nouns that stand together, in parts that の joins."""
    runs: list[list[list[Morpheme]]] = []
    part: list[Morpheme] = []
    parts: list[list[Morpheme]] = []
    for one in (*spoken(text), None):
        if one is not None and one.part[0] in ("名詞", "接頭辞", "接尾辞") and one.part[1] != "数詞":
            part.append(one)
            continue
        if part:
            parts.append(part)
            part = []
        if one is None or one.surface != "の":
            if parts:
                runs.append(parts)
            parts = []
    return runs


def _trimmed(run: Sequence[Sequence[Morpheme]], weighty: frozenset[str]) -> str:
    kept = [part for part in run if any(one.form in weighty for one in part)]
    return "の".join("".join(one.surface for one in part) for part in kept)


@lru_cache(maxsize=2048)
def named(title: str) -> frozenset[str]:
    """The words by which a title names its subject: 児童, 手当 in 児童手当のご案内."""
    general = ways(title) | _forms(_ASIDE) | _forms(_OF_TITLES)
    nouns = (word for word in words(title) if word.part == "名詞" and word.detail != "数詞")
    return frozenset(word.form for word in nouns) - general


def ways(text: str) -> frozenset[str]:
    """The words for what may be asked about any procedure, less those that name a procedure together."""
    named = _COMPOUND.search(text)
    return _forms(_WAYS) - (_forms(named[0]) if named else frozenset())


@lru_cache(maxsize=16)
def _forms(listed: str) -> frozenset[str]:
    return frozenset(tokens(listed))
