"""Forms: screens of questions, each of one type from a closed list."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from yuimaru.core.kata.models.words import Expression, Line, Model, Name, Text

ItemType = Literal[
    "text", "longtext", "name", "kana", "date", "address", "phone", "mail",
    "yesno", "choice", "choices", "int", "number", "bank_account", "file", "consent",
    "money", "time", "month", "computed", "explanation", "individual_number", "signature",
]  # fmt: skip


class Option(Model):
    """One answer of a choice; a bare string in YAML stands for both id and label."""

    id: Line
    label: Line
    hint: Line | None = None
    alone: bool = False  # 「どれもない」: cannot be chosen together with others

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"id": value, "label": value} if isinstance(value, str) else value


PrefillSource = Literal["item", "today", "setting"]


class Prefill(Model):
    """Where the first value of a field comes from; `of` names the earlier item or the setting."""

    source: PrefillSource = Field(alias="from")
    of: Name | None = None


class Item(Model):
    """One question. `when` may name only earlier items; `check` may name itself and earlier items."""

    id: Name
    type: ItemType
    label: Line
    hint: Text | None = None
    required: bool = False
    when: Expression | None = None
    check: Expression | None = None
    message: Line | None = None  # shown when `check` is not true
    options: list[Option] = Field(default_factory=list, max_length=60)
    min: int | None = None
    max: int | None = None
    max_length: int | None = Field(default=None, ge=1, le=10_000)
    accept: list[Literal["pdf", "jpg", "png"]] = Field(default_factory=list)
    max_mb: int = Field(default=10, ge=1, le=50)
    partial: bool = False  # a date of which month and day may be unknown (不詳)
    expression: Expression | None = Field(default=None, alias="is")  # what a computed item comes to
    gives: Literal["text", "int", "number", "money", "yesno", "date"] = "int"  # kind of a computed value
    prefill: Prefill | None = None
    text: Text | None = None  # the Markdown of an explanation
    sensitive: bool = False  # never shown back in full, never in lists, exports or mails
    whereabouts: bool = (
        False  # tells where somebody is: a school, a shelter; addresses and the like do by type
    )

    @model_validator(mode="before")
    @classmethod
    def _always_sensitive(cls, value: Any) -> Any:
        """An individual number is sensitive whether its author says so or not (番号法12条)."""
        secret = isinstance(value, dict) and value.get("type") == "individual_number"
        return {**value, "sensitive": True} if secret else value

    @property
    def asks(self) -> bool:
        """Whether somebody answers it; the others are worked out or only read."""
        return self.type not in ("computed", "explanation")

    @property
    def readable(self) -> bool:
        """Whether expressions may read it."""
        return self.type not in ("individual_number", "explanation")

    @property
    def tells_whereabouts(self) -> bool:
        """Whether an answer tells where somebody is or can be reached."""
        return self.whereabouts or self.type in ("address", "phone", "mail")


class Repeat(Model):
    """A group of items asked several times (children, household members)."""

    id: Name
    title: Line
    min: int = Field(default=1, ge=0)
    max: int = Field(default=12, ge=1, le=50)
    counter: Annotated[str, StringConstraints(min_length=1, max_length=3)] = "人"  # 助数詞: 人, 台, 点


class Step(Model):
    """One screen. A step whose `when` is not true is left out."""

    id: Name
    title: Line
    lead: Text | None = None
    when: Expression | None = None
    repeat: Repeat | None = None
    items: list[Item] = Field(min_length=1, max_length=60)


class Form(Model):
    id: Name
    title: Line
    audience: Literal["applicant", "staff"] = "applicant"
    chat: bool = False  # the same form may also run as a conversation
    # What becomes of an answer, while it is a draft, whose question a later change hides; it is never sent.
    hidden: Literal["keep", "clear"] = "keep"
    steps: list[Step] = Field(min_length=1, max_length=40)
