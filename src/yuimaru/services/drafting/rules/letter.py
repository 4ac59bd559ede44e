"""返信の文面: a polite frame of fixed words, and between them nothing but what the resident and the documents say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yuimaru.core.japan.eras import format_date
from yuimaru.services.knowledge.rules.answer import Answer, Citation, Contact

ADDRESSEE = "«氏名» 様"  # as the notices of a kata address somebody
THANKS = "お問い合わせいただき、ありがとうございます。"
OPENING = "次のとおりお答えします。"
CLOSING = "ご不明な点がありましたら、上の担当までお問い合わせください。"
NOT_FOUND = "このお尋ねの答えは、{owner}の文書には見つかりませんでした。下の担当にお問い合わせください。"
PART_NOT_FOUND = "「{said}」の答えは、{owner}の文書には見つかりませんでした。"


@dataclass(frozen=True, slots=True)
class Source:
    """出典: one place of a document, under the number that the letter gives it, and what is quoted from there."""

    number: int
    document_id: UUID
    title: str
    heading: str
    page: int | None
    revision: int
    valid_from: date
    sharer: str
    quotes: tuple[Citation, ...]

    @property
    def line(self) -> str:
        """The source as the letter lists it."""
        heading = f" {self.heading}" if self.heading and self.heading != self.title else ""
        page = f" {self.page}ページ" if self.page else ""
        sharer = f"{self.sharer}、" if self.sharer else ""
        since = format_date(self.valid_from, weekday=False)
        return f"［{self.number}］「{self.title}」{heading}{page}（{sharer}第{self.revision}版、{since}から）"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the reply, and the numbers of the sources that it stands on."""

    text: str
    numbers: tuple[int, ...]

    @property
    def line(self) -> str:
        """The sentence as it stands in the letter."""
        return self.text + "".join(f"［{number}］" for number in self.numbers)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to one question; no statement where the documents hold no answer."""

    words: str
    answer: Answer  # with those sentences alone that a resident may be told
    statements: tuple[Statement, ...] = ()
    missing: tuple[str, ...] = ()  # parts of the question that the documents do not answer


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure that the question leads to, and the things that it asks for, as its kata says them."""

    title: str
    url: str
    bring: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """A sentence that is shown beside the draft and is no part of it."""

    citation: Citation
    is_internal: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """下書き: the replies with what they stand on, and what only the writer may see."""

    owner: str
    replies: tuple[Reply, ...]
    sources: tuple[Source, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    contacts: tuple[Contact, ...] = ()
    internal: tuple[Citation, ...] = ()  # 職員用の文書の文: never part of the letter
    near: tuple[Noted, ...] = ()  # close entries, where there is no answer
    left_out: int = 0  # questions beyond those that are looked up
    by_model: bool = False
    shortened: bool = False  # whether a question was longer than what is looked up

    @property
    def found(self) -> bool:
        """Whether the documents answer any of it."""
        return any(reply.statements for reply in self.replies)


def is_verbatim(quote: str, words: str) -> bool:
    """Whether a sentence stands in the words of a document, letter for letter."""
    return bool(quote.strip()) and quote in words


def numbered(citations: Iterable[Citation]) -> tuple[Source, ...]:
    """The sources of all quotes in the order in which they are first quoted; one place has one number."""
    places: dict[tuple[object, ...], list[Citation]] = {}
    for one in citations:
        quotes = places.setdefault((one.document_id, one.location.heading, one.location.page), [])
        if one.quote not in {each.quote for each in quotes}:
            quotes.append(one)
    return tuple(_source(number, quotes) for number, quotes in enumerate(places.values(), 1))


def number_of(sources: Iterable[Source], citation: Citation) -> int:
    """Under which number a quote is listed."""
    return next(
        source.number
        for source in sources
        if citation.document_id == source.document_id
        and citation.quote in {each.quote for each in source.quotes}
    )


def letter(draft: Draft, *, site: str = "") -> str:
    """The whole letter, from the name to the signature; `site` goes before the addresses of procedures."""
    signed = " ".join(
        [draft.owner, *[each.section for each in draft.contacts[:1] if each.section != draft.owner]]
    )
    return "\n\n".join([ADDRESSEE, f"{THANKS}\n{OPENING}", *_blocks(draft, site), CLOSING, signed])


def message(draft: Draft, *, site: str = "") -> str:
    """The letter for a notice that brings name, opening and signature itself."""
    return "\n\n".join([THANKS, *_blocks(draft, site)])


def entry(draft: Draft) -> str:
    """The sentences alone, as an answer for everybody: 職員の回答（FAQ）."""
    return "\n".join(statement.text for reply in draft.replies for statement in reply.statements)


def _source(number: int, quotes: Sequence[Citation]) -> Source:
    first = quotes[0]
    return Source(
        number=number,
        document_id=first.document_id,
        title=first.title,
        heading=first.location.heading or "",
        page=first.location.page,
        revision=first.revision,
        valid_from=first.valid_from,
        sharer=first.sharer,
        quotes=tuple(quotes),
    )


def _blocks(draft: Draft, site: str) -> list[str]:
    several = len(draft.replies) > 1
    blocks: list[str] = []
    for at, reply in enumerate(draft.replies, 1):
        number = str(at) if several else ""
        blocks += [f"【お尋ね{number}】\n{reply.words}", f"【お答え{number}】\n{_said(reply, draft.owner)}"]
    listed: Mapping[str, list[str]] = {
        "出典": [source.line for source in draft.sources],
        "お手続": [_procedure(each, site) for each in draft.procedures],
        "担当": [_contact(each) for each in draft.contacts],
    }
    return [*blocks, *("\n".join([f"【{title}】", *lines]) for title, lines in listed.items() if lines)]


def _said(reply: Reply, owner: str) -> str:
    if not reply.statements:
        return NOT_FOUND.format(owner=owner)
    lines = [statement.line for statement in reply.statements]
    return "\n".join([*lines, *(PART_NOT_FOUND.format(said=said, owner=owner) for said in reply.missing)])


def _procedure(procedure: Procedure, site: str) -> str:
    lines = [f"「{procedure.title}」 {site}{procedure.url}"]
    if procedure.bring:
        lines += ["用意するもの", *(f"・{thing}" for thing in procedure.bring)]
    return "\n".join(lines)


def _contact(contact: Contact) -> str:
    hours = f"（{contact.hours}）" if contact.hours else ""
    return f"{contact.section} 電話 {contact.phone}{hours}"
