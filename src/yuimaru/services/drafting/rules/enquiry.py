"""What an enquiry asks: each question of what was written, then those of the conversation before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from yuimaru.core.text.masking import mask
from yuimaru.services.knowledge.rules.context import Known, readings
from yuimaru.services.knowledge.rules.parts import parts

# The kata of enquiries: the items that hold what is asked and who asks, and the act that sends the reply.
KATA, QUESTION, RECORD, REPLY, LANGUAGE = "otoiawase", "内容", "会話の記録", "回答する", "返事の言葉"
PERSONAL = ("氏名", "電話", "メール")
HIDDEN = "〔伏せ字〕"

_SENTENCE = re.compile(r"[^。？?！!\n]+[。？?！!]*(?:（[^（）\n]+のこと）| \(about: [^()\n]+\))?")
_ASKS = re.compile(
    r"[？?]\s*$|(?:か|かな|かしら)[。\s]*$|教えて|知りた[いく]|聞きたい|お尋ね|伺い|わか(?:りません|らない)"
)
_GREETS = re.compile(r"^(?:はじめまして|こんにちは|お世話になって|いつもありがとう|よろしくお願い)")
_WHO = frozenset({"氏名", "電話", "メール"})  # kinds of what is masked
_NOTHING_KNOWN = Known(frozenset())
_TURN = re.compile(r"^(?:質問|Question )\d+(?:：|: )(?P<words>.+)$")
_CARRIED = re.compile(r"^(?:「(?P<ja>.+)」のこととして調べました。|Looked up as about: (?P<en>.+))$")
_SUBJECT = re.compile(r"(?:（(?P<ja>[^（）]+)のこと）| \(about: (?P<en>[^()]+)\))$")
_PLAIN = re.compile(r"[\s、。？?！!]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: as the resident put it, and the words that are looked up for it."""

    words: str
    looked_up: str


def asked(written: str, record: str = "", names: Iterable[str] = ()) -> list[Asked]:
    """Every question by itself, those of the enquiry first; what is asked in both is asked once.

    What only tells of who asks, as the `names` do, is not looked up.
    """
    found: dict[str, Asked] = {}
    for each in (*_written(written.strip(), tuple(names)), *_recorded(record)):
        found.setdefault(_key(each.words), each)
    return list(found.values())


def nameless(text: str, names: Iterable[str]) -> str:
    """The text without what an enquiry tells of who asked, whole or in part (the family name alone)."""
    for told in names:
        for part in (told, *told.split()):
            if part:
                text = text.replace(part, HIDDEN)
    return text


def _written(text: str, names: Sequence[str]) -> Iterator[Asked]:
    sentences = [one[0].strip() for one in _SENTENCE.finditer(text)]
    asking = [one for one in sentences if _ASKS.search(_SUBJECT.sub("", one))]
    told = [one for one in sentences if one in asking or not _tells_who(one, names)]
    if not asking and text:
        yield Asked(text, _plain("".join(told)))
    for one in asking:
        before = told[: told.index(one)] if len(asking) > 1 else [each for each in told if each != one]
        for words, question in _clauses(one):
            yield Asked(words, readings(_plain(question), before, _NOTHING_KNOWN)[0].text)


def _clauses(sentence: str) -> list[tuple[str, str]]:
    """The questions in one sentence as they are put, and each with what it is about."""
    several = parts(sentence)
    return [(_restated(each.said, sentence), each.question) for each in several] or [(sentence, sentence)]


def _restated(said: str, sentence: str) -> str:
    """A part of a sentence; one that the sentence goes on after shows that it does."""
    goes_on = sentence.partition(said)[2][:1] in ("、", ",")
    return f"{said}……" if goes_on else said


def _tells_who(sentence: str, names: Sequence[str]) -> bool:
    """Whether a sentence greets, or names whoever asks, and says nothing of what is asked."""
    return (
        _GREETS.search(sentence) is not None
        or HIDDEN in nameless(sentence, names)
        or not _WHO.isdisjoint(mask(sentence).kinds)
    )


def _recorded(record: str) -> Iterator[Asked]:
    """The questions of a conversation, each with the subject that it took over from the one before."""
    lines = record.splitlines()
    for at, line in enumerate(lines):
        turn = _TURN.match(line)
        if turn is None:
            continue
        words = turn["words"].strip()
        carried = _CARRIED.match(lines[at + 1]) if at + 1 < len(lines) else None
        subject = (carried["ja"] or carried["en"]) if carried else ""
        yield Asked(words, f"{subject}のことで、{words}" if subject else words)


def _plain(words: str) -> str:
    """A question as it is looked up: a subject that was noted behind it goes before it."""
    noted = _SUBJECT.search(words)
    if noted is None:
        return words
    return f"{noted['ja'] or noted['en']}のことで、{words[: noted.start()]}"


def _key(words: str) -> str:
    return _PLAIN.sub("", _SUBJECT.sub("", words))
