"""An answer as the pages, the API and the command line show it: outcome, quotes and where they stand."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from yuimaru.services.knowledge.rules.outcome import Kind, Reason
from yuimaru.services.knowledge.rules.premise import Correction


@dataclass(frozen=True, slots=True)
class Location:
    """Where a quote stands in its file; None where the format knows no such place."""

    page: int | None
    sheet: str | None
    cell: str | None
    heading: str | None
    machine_read: bool = False  # recognised in a picture, where letters may be taken for others

    def as_json(self) -> dict[str, Any]:
        """Give the place in the shape of the contract."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Citation:
    """出典: a quote, word for word, with its document and place."""

    document_id: UUID
    title: str
    revision: int
    location: Location
    quote: str
    url: str  # of the document's page, with the quote marked
    valid_from: date
    sharer: str = ""  # the name of the body that shares the document, where it is not the asked one's own

    def as_json(self) -> dict[str, Any]:
        """Give the citation in the shape of the contract."""
        document = {
            "id": str(self.document_id),
            "title": self.title,
            "revision": self.revision,
            "valid_from": self.valid_from.isoformat(),
        }
        return {
            "document": document | ({"shared_by": self.sharer} if self.sharer else {}),
            "location": self.location.as_json(),
            "quote": self.quote,
            "url": self.url,
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """One shown sentence and the places that carry it."""

    text: str
    citations: tuple[Citation, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the sentence in the shape of the contract."""
        return {"text": self.text, "citations": [citation.as_json() for citation in self.citations]}


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a resident can ask instead."""

    section: str
    phone: str
    hours: str

    def as_json(self) -> dict[str, str]:
        """Give the contact in the shape of the contract."""
        return {"section": self.section, "phone": self.phone, "hours": self.hours}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in words, and whom to ask."""

    reason: Reason
    message: str
    message_en: str
    contact: Contact

    def as_json(self) -> dict[str, Any]:
        """Give the refusal in the shape of the contract."""
        return {"reason": self.reason, "message": self.message, "contact": self.contact.as_json()}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a municipality's documents say to a question; `contact` is whom to ask about its subject.

    With a `correction`, the first sentence is the one that says otherwise than the question takes for granted.
    """

    municipality: str
    question: str
    outcome: Kind
    sentences: tuple[Sentence, ...]
    close: tuple[Citation, ...]
    refusal: Refusal | None
    contact: Contact
    correction: Correction | None = None
    sureness: float = 0.0  # from 0 to 1
    unanswered: tuple[str, ...] = ()  # those of several questions in one that the documents do not answer

    def as_json(self) -> dict[str, Any]:
        """Give the answer in the shape of the contract, without the procedures it leads to."""
        return {
            "municipality": self.municipality,
            "question": self.question,
            "outcome": self.outcome,
            "answered": self.outcome == "answer",
            "sentences": [sentence.as_json() for sentence in self.sentences],
            "close": [citation.as_json() for citation in self.close],
            "refusal": self.refusal.as_json() if self.refusal else None,
            "correction": _as_json(self.correction) if self.correction else None,
            "unanswered": list(self.unanswered),
        }


def _as_json(correction: Correction) -> dict[str, str]:
    return {"said": correction.said, "holds": correction.holds, "message": correction.message}


def nothing_found(owner: str, owner_en: str, searched: int, *, for_staff: bool = False) -> tuple[str, str]:
    """Say in Japanese and English that none of the searched documents answers."""
    counted = f"庁内の文書を含む{searched}件" if for_staff else f"公開中の文書{searched}件"
    counted_en = (
        f"{searched} documents, internal ones too," if for_staff else f"{searched} published documents"
    )
    return (
        f"{owner}の文書には、答えが見つかりませんでした。{counted}を調べました。推測でのお答えはしていません。",
        f"The documents of {owner_en} hold no answer. {counted_en} were searched. "
        "We do not answer by guessing.",
    )


def only_close(missing: str) -> tuple[str, str]:
    """Say in Japanese and English that only close entries were found, and the word that they do not mention."""
    if missing:
        return (
            f"ぴったりの答えは見つかりませんでした。近い文書には「{missing}」のことが書かれていません。"
            "内容を確かめるか、担当の窓口にお尋ねください。",
            f"There is no exact answer. The nearest documents do not mention “{missing}”. "
            "Please check them, or ask the section in charge.",
        )
    return (
        "ぴったりの答えは見つかりませんでした。近い文書の内容を確かめるか、担当の窓口にお尋ねください。",
        "There is no exact answer. Please check the nearest documents, or ask the section in charge.",
    )


def which_is_meant() -> tuple[str, str]:
    """Ask in Japanese and English which of several subjects is meant."""
    return (
        "お尋ねに当てはまることが、いくつかあります。近いものを選んでください。",
        "Your question fits more than one subject. Please choose the nearest.",
    )
