"""What an enquiry asks: each question of what was written, then those of the conversation before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yuimaru.services.knowledge.rules.parts import parts

# The kata of enquiries: the items that hold what is asked and who asks, and the act that sends the reply.
KATA, QUESTION, RECORD, REPLY, LANGUAGE = "otoiawase", "内容", "会話の記録", "回答する", "返事の言葉"
PERSONAL = ("氏名", "電話", "メール")
HIDDEN = "〔伏せ字〕"

_SENTENCE = re.compile(r"[^。？?！!\n]+[。？?！!]*")
_ASKS = re.compile(
    r"[？?]\s*$|(?:か|かな|かしら)[。\s]*$|教えて|知りた[いく]|聞きたい|お尋ね|伺い|わか(?:りません|らない)"
)
_TURN = re.compile(r"^(?:質問|Question )\d+(?:：|: )(?P<words>.+)$")
_CARRIED = re.compile(r"^(?:「(?P<ja>.+)」のこととして調べました。|Looked up as about: (?P<en>.+))$")
_SUBJECT = re.compile(r"(?:（(?P<ja>[^（）]+)のこと）| \(about: (?P<en>[^()]+)\))$")
_PLAIN = re.compile(r"[\s、。？?！!]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: as the resident put it, and the words that are looked up for it."""

    words: str
    looked_up: str


def asked(written: str, record: str = "") -> list[Asked]:
    """Every question by itself, those of the enquiry first; what is asked in both is asked once."""
    found: dict[str, Asked] = {}
    for each in (*_written(written), *_recorded(record)):
        found.setdefault(_key(each.words), each)
    return list(found.values())


def nameless(text: str, names: Iterable[str]) -> str:
    """The text without what an enquiry tells of who asked, whole or in part (the family name alone)."""
    for told in names:
        for part in (told, *told.split()):
            if part:
                text = text.replace(part, HIDDEN)
    return text


def _written(text: str) -> Iterator[Asked]:
    text = text.strip()
    if several := parts(text):
        yield from (Asked(_restated(each.said, text), _plain(each.question)) for each in several)
        return
    asking = [one[0].strip() for one in _SENTENCE.finditer(text) if _ASKS.search(one[0])]
    if len(asking) > 1:
        yield from (Asked(one, _plain(one)) for one in asking)
    elif text:  # what is told beside the one question says what it is about
        yield Asked(asking[0] if asking else text, _plain(text))


def _restated(said: str, text: str) -> str:
    """A part of a question as it was put; one that the question goes on after says so."""
    goes_on = text.partition(said)[2][:1] in ("、", ",")
    return f"{said}……" if goes_on else said


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
