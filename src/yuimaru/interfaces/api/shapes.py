"""What goes in and comes out, as OpenAPI describes it."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field


class Question(Schema):
    """A question in everyday words."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(
        description="尋ねたいこと。500文字まで読みます。 / The first 500 characters are read."
    )
    before: list[str] = Field(
        default_factory=list,
        max_length=100,
        description="その前に尋ねたこと、古い順。終わりの4つを読みます。 / What was asked before, oldest first; the last four are read.",
    )


class Application(Schema):
    """The answers of an application, by the ids of the kata's items."""

    model_config = ConfigDict(extra="forbid")

    kata: str = Field(description="団体が採用している型の名前 / a kata that the municipality has adopted")
    answers: dict[str, Any] = Field(description="項目の名前と値 / answers by the id of the item")


class Received(Schema):
    """受付: the number of the submission, and where its applicant sees how it goes."""

    number: str
    status_url: str


class Fault(Schema):
    """One thing to put right; `item` is the path of an answer, null when it is about the request."""

    item: str | None
    message: str


class Errors(Schema):
    """Every refusal."""

    errors: list[Fault]


class DocumentReference(Schema):
    """The revision that a quote stands in."""

    id: str
    title: str
    revision: int
    valid_from: str = Field(description="この版が有効になった日 / the first day of this revision, YYYY-MM-DD")


class Location(Schema):
    """Where in the document; null where its format knows no such place."""

    page: int | None
    sheet: str | None
    cell: str | None
    heading: str | None
    machine_read: bool = False  # recognised in a picture, where letters may be taken for others


class Citation(Schema):
    """出典: a quote, word for word."""

    document: DocumentReference
    location: Location
    quote: str
    url: str


class Sentence(Schema):
    """A sentence of the answer with its sources."""

    text: str
    citations: list[Citation]


class Contact(Schema):
    """A person to turn to."""

    section: str
    phone: str
    hours: str


class Refusal(Schema):
    """Why there is no answer."""

    reason: Literal["off_topic", "not_covered", "unsure"]
    message: str
    contact: Contact


class Correction(Schema):
    """What the question takes for granted, and what the first sentence says instead."""

    said: str
    holds: str
    message: str


class Match(Schema):
    """A procedure that the question leads to."""

    kata: str
    title: str
    url: str


class Choice(Schema):
    """One of the subjects that a question may mean; ask `question`, with the question before in `before`."""

    label: str
    question: str


class NextStep(Schema):
    """担当の窓口: whom to turn to, whether they can be reached now, and when that changes."""

    section: str
    phone: str
    hours: str
    open: bool | None = Field(
        description="受付時間が読み取れないときはnull / null where the hours are not plain"
    )
    changes_at: str | None = Field(
        description="閉まる時刻、または次に開く時刻 / when it closes, or opens next"
    )


class Answered(Schema):
    """The answer, of the municipality's own sentences only."""

    municipality: str
    question: str
    outcome: Literal["answer", "close", "none"]
    answered: bool
    sentences: list[Sentence]
    close: list[Citation]
    refusal: Refusal | None
    correction: Correction | None
    unanswered: list[str]
    understood: str = Field(description="前の質問を補って調べた言葉 / the words that were looked up")
    choices: list[Choice]
    contact: NextStep
    procedures: list[Match]


class Facts(Schema):
    """The four facts of a procedure, in words."""

    deadline: str
    fee: str
    minutes: int
    result: str


class Listed(Schema):
    """A procedure that residents can apply for."""

    kata: str
    title: str
    summary: str
    facts: Facts
    bring: list[str] = Field(description="用意するもの / what to have at hand")
    url: str


class Procedures(Schema):
    """Everything that residents can apply for today."""

    municipality: str
    procedures: list[Listed]


class Procedure(Listed):
    """A procedure with its guidance."""

    guidance: str = Field(description="Markdown")


class Text(Schema):
    """Part of a document's text."""

    document: DocumentReference
    url: str
    text: str
    offset: int
    next_offset: int | None = Field(description="続きがないときはnull / null where nothing follows")
