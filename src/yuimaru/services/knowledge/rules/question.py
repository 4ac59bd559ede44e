"""What a question asks: the words that carry it, the kind of fact it wants, and what it rules out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from yuimaru.core.text.tokens import Word, tokens, words
from yuimaru.services.knowledge.rules import premise

_VERB = 0.35  # weight of a verb or an adjective beside a noun: there are many words for doing
_KIND = 0.2  # weight of a name for the kind of fact, which the statement's own form shows better
# Words of asking itself and the lightest verbs and counters; they say nothing about the subject.
_ASKING = (
    "あります なった 話 話す 教える 知る 聞く 尋ねる 質問 何 どこ どちら いつ いくら いくつ どう どの どれ どんな 誰 なぜ 何時 何日 何回 何人 何円 何歳 "
    "何点 何枚 何曜日 良い ある いる する できる なる 下さる 頂く 欲しい 貰う くれる 掛かる 見る 来る 行く 分かる 言う 思う "
    "考える 困る 行う 済む 場合 時 とき 事 物 こと もの 方 人 方法 仕方 やり方 為 私 自分 必要 詳しい 願う 一番 今 もう まだ "
    "大丈夫 また 御 様 さん 母 父 祖母 祖父 夫 妻 息子 娘 あの この その これ それ ここ そこ 無い 円 回 日 月 年 歳 点 個 枚 つ 分 か月 週間 以内 まで"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of fact: how a question asks for it, in which words, and how a statement holds it."""

    asked: re.Pattern[str]
    names: str
    held: re.Pattern[str]


def _wanted(asked: str, names: str, held: str) -> Wanted:
    return Wanted(re.compile(asked), names, re.compile(held))


_WANTED = (
    _wanted(
        r"いくら|料金|手数料|費用|金額|何円|無料|有料|値段|額は|料は|お金|かかりますか|ただで|安い",
        "料金 手数料 料 費用 費 金額 額 値段 無料 有料 お金 安い 掛かる 只",
        r"[0-9]円|無料|半額|[0-9]割|かかりません",
    ),
    _wanted(
        r"いつ|何日|何時|何曜|期限|締め?切|期間|日にち|日程|何[か年週]|時間",
        "期限 期間 時期 日にち 日程 日時 時間 曜日 何曜日 締め切り 締切",
        r"[0-9][年月日時]|曜日|毎[日週月年]|日前|以内|[0-9]か月",
    ),
    _wanted(
        r"どこ|場所|何階",
        "場所 所 窓口",
        r"窓口|[課所館院室店地先](?=[（(「」でにへ、。・／]|の)|[0-9]階|ホームページ|郵送",
    ),
    _wanted(
        r"電話番号|連絡先|問い?合わ?せ先",
        "電話番号 連絡 先 問い合わせ 問合せ",
        r"[0-9]{2,4}-[0-9]{2,4}",
    ),
    _wanted(
        r"持ち?物|必要な?(?:もの|物|書類)|何が必要|何が要|用意|持って",
        "持ち物 書類 用意 持つ",
        r"^[・(（0-9①]|お持ち|持って|添えて|必要です",
    ),
    _wanted(r"何歳|年齢|いくつから", "年齢 歳", r"[0-9](?:歳|か月)"),
    _wanted(r"何人|人数|定員", "人数 定員", r"[0-9]人"),
    _wanted(r"何点|何個|何枚|いくつまで", "数", r"[0-9][点個枚袋]"),
    _wanted(r"何回", "回数", r"[0-9]回"),
)
_RULED_OUT = re.compile(r"な(?:い|く|し)(?:と|で|て|場合|とき|時|人|方|のに)|なし(?:で|に)|以外|抜きで|ずに")
_NEGATED = re.compile(r"ない|ません|なし|以外|不要|要り|なくても|かかわらず|ずに")


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart: the words that carry meaning, with their weights, and what it wants.

    `subject` are the weighty words that say what it is about; the others name only the kind of fact.
    `claims` are the figures that it takes for granted, `assumes` says that it does so at all; `predicate` is the verb that it asks yes or no about, None
    where it wants a kind of fact.
    """

    weights: Mapping[str, float]
    listed: Mapping[str, str]  # how a dictionary lists each of them, for telling the asker
    subject: frozenset[str]
    nouns: frozenset[str]
    wanted: tuple[Wanted, ...]
    claims: tuple[premise.Value, ...]
    assumes: bool
    predicate: str | None
    rules_out: bool

    @property
    def is_open(self) -> bool:
        """Whether no kind of fact is asked for."""
        return not self.wanted and not self.claims

    def fits(self, statement: str) -> bool:
        """Say whether a statement holds the kinds of fact that are asked for or claimed; True when none is."""
        if self.claims:
            return premise.speaks_of(self.claims, statement)
        return all(wanted.held.search(statement) for wanted in self.wanted)


def understand(text: str, own_names: Iterable[str] = ()) -> Question:
    """Take a question apart; the municipality's own names in it carry no meaning of their own."""
    silent = _forms(_ASKING).union(*map(_forms, own_names))
    kept = [word for word in words(text) if word.form not in silent and not _is_number(word)]
    wanted = tuple(kind for kind in _WANTED if kind.asked.search(text))
    kinds = frozenset[str]().union(*(_forms(kind.names) for kind in wanted))
    subject = frozenset(word.form for word in kept) - kinds
    nouns = frozenset(word.form for word in kept if word.is_noun)
    claims = premise.assumed(text)
    return Question(
        weights={form: _weight(form, nouns, kinds) for form in dict.fromkeys(word.form for word in kept)},
        listed={word.form: word.listed for word in kept},
        subject=subject or frozenset(word.form for word in kept),
        nouns=nouns,
        wanted=wanted,
        claims=claims,
        assumes=premise.is_assuming(text),
        predicate=next((word.form for word in reversed(kept) if word.part == "動詞"), None)
        if not wanted and not claims
        else None,
        rules_out=_RULED_OUT.search(text) is not None,
    )


def _weight(form: str, nouns: frozenset[str], kinds: frozenset[str]) -> float:
    if form in kinds:
        return _KIND
    return 1.0 if form in nouns else _VERB


def is_negated(statement: str) -> bool:
    """Say whether a statement speaks of what is not so or not needed."""
    return _NEGATED.search(statement) is not None


def _is_number(word: Word) -> bool:
    return word.part == "名詞" and word.detail == "数詞"


@lru_cache(maxsize=1024)
def _forms(text: str) -> frozenset[str]:
    """Give the words of a name or list; cut when first needed, for the dictionary takes time to open."""
    return frozenset(tokens(text))
