"""What a question takes for granted (「30日以内ですよね」), and whether a quote says otherwise.

Only figures, days and fees are compared, each with its own kind: whatever else a question assumes, the quote speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yuimaru.core.text.agreement import plain

_ASSUMING = re.compile(
    r"(?:よね|よな|でしょう?(?!う?か)|だろう(?!か)|っけ|はずです|ですね|ますね)"
    r"[ねえーぇ。、？?！!…]*(?=[^？?。]{0,24}$|[？?。])"
)
# 「30日以内ですか」: the figure itself is what is asked about. 「3歳ですが」 is not: that is the asker's own case.
_ASKED_ABOUT = re.compile(
    r"(?:[0-9][^0-9、。？?はがを]{1,6}|無料|ただ|曜日?|毎[日週月年])"
    r"(?:で(?:すか|しょうか|いいですか|よいですか|大丈夫ですか|いい|よい|大丈夫|足りますか)|ですか)[？?。]*$"
)
# 「3万円だと聞きましたが間違いないですか」: asked for confirmation, in words that no document says.
_CONFIRMING = re.compile(
    r"(?:だ|で)?(?:と|って)?(?:聞き|聞い|言わ|うかが|伺)?[いれっ]*(?:ました|た|ています)?(?:のです|んです)?(?:が|けど|けれど)?[、 　]*"
    r"(?:これで|それで)?(?:間違い(?:は)?(?:ない|ありません)|合って(?:い)?ます|正しい)(?:です|でしょう)?か[。？?]*$"
)
_OPEN = re.compile(r"何|いつ|どこ|いくら|いくつ|どう|どの|どれ|どち|どん|誰|だれ|なぜ|なに|なん")
_FIGURE = re.compile(
    r"(?<![0-9.])([0-9]+(?:\.[0-9]+)?)(万)?"
    r"(か月|時間|日(?!曜)|[年月週時分円人回冊本台点個枚歳割%泊通袋件台箱匹頭食棟区])(?!度)"
)
_ENDS = re.compile(r"(?:から|間)?(?:以内|まで|以下|未満|のうち|が期限)")
_BEGINS = re.compile(r"(?:[をがは])?(?:過ぎ|経|以上|超|後|より|前)")
_ERA = re.compile(r"(?:令和|平成|昭和|R)[0-9元]+年|[0-9]{4}年")
_FREE = re.compile(r"無料|タダ|ただ(?:で|だ|です|な|じゃ|と)|かからない|かかりません|(?<![0-9])0円")
_WEEKDAY = re.compile(r"[月火水木金土日](?=曜)")
_EVERY = re.compile(r"毎[日週月年]|隔[週月]|[偶奇]数月|[0-9]+(?:日|週間?|か月|年)に[0-9]+回")
_PERIODS = {
    "日": 1.0,
    "週": 7.0,
    "か月": 30.0,
    "年": 365.0,
}  # days, for telling 30日 and 1か月 are about the same
_ABOUT_THE_SAME = 0.1  # share by which two periods in different units may differ


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as a text says it: what it measures, how much, and the words."""

    measure: str
    amount: str | float
    words: str
    bound: str = ""  # whether it ends something (30日以内) or begins it (90日を過ぎると), where that is said


@dataclass(frozen=True, slots=True)
class Correction:
    """誤りの訂正: what the question took for granted, and what the quote says in its place."""

    said: str
    holds: str
    quote: str

    @property
    def message(self) -> str:
        """Say it in Japanese; the quote that proves it stands beside."""
        return f"ご質問の「{self.said}」とは違い、文書では「{self.holds}」です。"


def assumed(question: str) -> tuple[Value, ...]:
    """The figures that a question takes for granted; none where it asks openly or tells of the asker's own case."""
    text = plain(question)
    assuming = _ASSUMING.search(text)
    if assuming is not None:
        clause = re.split(r"[。？?！!]", text[: assuming.start()])[-1]
        return () if _OPEN.search(clause) else tuple(values(clause))
    last = re.split(r"[。？?！!](?=.)", text.strip())[-1]
    asked_about = _ASKED_ABOUT.search(last)
    if asked_about is None or _OPEN.search(last):
        return ()
    return tuple(values(asked_about[0]))


def confirms(claims: Sequence[Value], quotes: Sequence[str]) -> bool:
    """Whether the quotes of one place hold something that was claimed."""
    held = [value for quote in quotes for value in values(plain(quote))]
    return any(_is_like(claim, value) and _agree(claim, value) for claim in claims for value in held)


def put_plainly(question: str) -> str:
    """The question with a request to confirm in the words that people mostly use: 3万円ですよね."""
    return _CONFIRMING.sub("ですよね", question)


def is_assuming(question: str) -> bool:
    """Say whether a question seeks to be told that it is right (〜ですよね)."""
    return _ASSUMING.search(plain(question)) is not None


def correction(claims: Sequence[Value], quotes: Sequence[str]) -> Correction | None:
    """What the quotes of one place say of a measure in place of what was claimed.

    None where one of them holds what was claimed, or where they say different things: then the reader decides.
    """
    told = [(quote, list(values(plain(quote)))) for quote in quotes]
    for claim in claims:
        same = [
            (quote, held) for quote, each in told if (held := [one for one in each if _is_like(claim, one)])
        ]
        amounts = {frozenset(value.amount for value in held) for _, held in same}
        if len(amounts) == 1 and not any(_agree(claim, other) for _, held in same for other in held):
            quote, held = same[0]
            return Correction(_said(claims, claim), _said(held, claim), quote)
    return None


def speaks_of(claims: Sequence[Value], statement: str) -> bool:
    """Say whether a statement holds a figure of any measure that is claimed."""
    measures = {claim.measure for claim in claims}
    return any(value.measure in measures for value in values(plain(statement)))


def values(text: str) -> Iterator[Value]:
    """Every figure of a plain text, years of the calendar left out."""
    text = _ERA.sub("", text)
    for found in _EVERY.finditer(text):
        yield Value("every", found[0], found[0])
    text = _EVERY.sub("", text)
    for found in _FIGURE.finditer(text):
        number, scale, unit = found.groups("")
        amount = float(number) * (10_000 if scale else 1)
        words = f"{number}{scale}{unit}"
        measure = "period" if unit in _PERIODS else unit
        yield Value(measure, amount * _PERIODS.get(unit, 1.0), words, _bound(text[found.end() :]))
    for found in _WEEKDAY.finditer(text):
        yield Value("weekday", found[0], f"{found[0]}曜日")
    if free := _FREE.search(text):
        yield Value("円", 0.0, "無料" if free[0] == "無料" else "かからない")


def _bound(after: str) -> str:
    return "ends" if _ENDS.match(after) else "begins" if _BEGINS.match(after) else ""


def _is_like(claim: Value, other: Value) -> bool:
    """Whether two figures can be of one fact: a limit in days is not that of another matter in years."""
    if claim.bound and other.bound and claim.bound != other.bound:
        return False
    if claim.measure != other.measure or claim.measure != "period":
        return claim.measure == other.measure
    return {_unit(claim), _unit(other)} != {"日", "年"}


def _agree(claim: Value, other: Value) -> bool:
    if isinstance(claim.amount, str) or isinstance(other.amount, str):
        return claim.amount == other.amount
    if claim.measure == "period" and _unit(claim) != _unit(other):
        return abs(claim.amount - other.amount) <= _ABOUT_THE_SAME * max(claim.amount, other.amount)
    return claim.amount == other.amount


def _unit(value: Value) -> str:
    return value.words.lstrip("0123456789.万")


def _said(held: Sequence[Value], like: Value) -> str:
    """The words of a measure, those in the unit of a claim alone where there are any."""
    words = dict.fromkeys(value.words for value in held if value.measure == like.measure)
    alike = [each for each in words if each[-1] == like.words[-1]]
    return "・".join(alike or words)
