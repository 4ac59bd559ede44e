"""A question with two questions in it: asked one by one, answered together, and no part passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import NamedTuple

from yuimaru.services.knowledge.rules.answer import Answer, Sentence

_MOST_PARTS = 3
_MOST_SENTENCES = 4
_ASKING = r"いくら|いくつ|いつ|どこ|どちら|どの|どれ|どう|どんな|誰|だれ|なぜ|何|なに|なん(?=です|の|人|回|時|日|円)|電話番号|持ち物|必要な(?:もの|物|書類)"
_ASKS = re.compile(_ASKING)
_SENTENCE = re.compile(r"[^。？?！!\n]+[。？?！!\n]*")
# 「いくらで、どこで」「いつまでに、どこに」「いくらか、また、どこで」: two questions about one thing.
_JOINED = re.compile(
    rf"(?:{_ASKING})[^、。？?]{{0,12}}[、,](?=(?:また|それと|あと|そして|それから)?[、 　]*[^。？?]*?(?:{_ASKING}))"
)
# 「粗大ごみの出し方と住民票の手数料を教えてください」: two things of which something is asked, in one breath.
_PAIRED = re.compile(
    r"^([^、。と]{2,20}の[^、。の]{1,12})と([^、。]{2,20}の[^、。の]{1,12})"
    r"((?:を|について)(?:教え|知り|聞き|お?尋ね)[^。？?]*)[。？?]?$"
)
_TOPIC = re.compile(r"^(.+?)(?:は|って|を|が|の場合)(?=.)")
_KIND = re.compile(
    r"の?(?:手数料|料金|費用|値段|期限|締め?切り?|期間|時間|日程|場所|窓口|持ち?物|必要書類|電話番号|連絡先)$"
)
_LINK = re.compile(r"^(?:(?:また|それと|あと|そして|それから)[、 　]*)?")
_OWN_SUBJECT = re.compile(r"[一-龥ァ-ヴー]{2,}")


class Part(NamedTuple):
    """One of the questions: what is searched for, and how the asker put it."""

    question: str
    said: str


def parts(question: str) -> tuple[Part, ...]:
    """The single questions in a question, each to be asked by itself; none where it is one, or cannot be parted."""
    paired = _PAIRED.match(question.strip())
    if paired is not None:
        return tuple(Part(f"{paired[at]}{paired[3]}", paired[at]) for at in (1, 2))
    sentences = [found[0].strip() for found in _SENTENCE.finditer(question)]
    asking = [place for place, sentence in enumerate(sentences) if _ASKS.search(sentence)]
    if not asking or len(asking) > _MOST_PARTS:
        return ()
    told = "".join(sentences[: asking[0]])  # what is told before holds for every part
    clauses = [clause for place in asking for clause in _clauses(sentences[place])]
    if not 1 < len(clauses) <= _MOST_PARTS:
        return ()
    return tuple(Part(told + _with_topic(each, clauses[0]), each.rstrip("。？?！!")) for each in clauses)


def joined(question: str, asked: Sequence[tuple[Part, Answer]]) -> Answer | None:
    """One answer to all parts; None where no part is answered."""
    answered = [answer for _, answer in asked if answer.outcome == "answer"]
    if not answered:
        return None
    in_turn = chain.from_iterable(zip_longest(*(answer.sentences for answer in answered)))
    sentences: dict[str, Sentence] = {each.text: each for each in in_turn if each is not None}
    others = [answer for _, answer in asked if answer.outcome != "answer"]
    return replace(
        answered[0],
        question=question,
        sentences=tuple(sentences.values())[:_MOST_SENTENCES],
        close=tuple(chain.from_iterable(answer.close for answer in others)),
        correction=next((answer.correction for answer in answered if answer.correction), None),
        sureness=max(answer.sureness for answer in answered),
        unanswered=tuple(part.said for part, answer in asked if answer.outcome != "answer"),
    )


def _clauses(sentence: str) -> list[str]:
    sentence = _LINK.sub("", sentence, count=1)
    cut = _JOINED.search(sentence)
    if cut is None:
        return [sentence]
    return [sentence[: cut.end()].rstrip("、,"), *_clauses(sentence[cut.end() :])]


def _with_topic(clause: str, first: str) -> str:
    """Give a later clause what the first is about, unless it names something itself."""
    topic = _TOPIC.match(first)
    asks = _ASKS.search(clause)
    if clause is first or topic is None or asks is None or _OWN_SUBJECT.search(clause[: asks.start()]):
        return clause
    return f"{_KIND.sub('', topic[1]) or topic[1]}は{clause}"
