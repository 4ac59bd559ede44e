"""What may stand in a kata: one pydantic model per word of the language, nothing more (`extra=forbid`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

LANGUAGE_VERSION = 1

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
# Ids are names in expressions: letters of any script, digits and underscore, never starting with a digit.
Name = Annotated[str, StringConstraints(pattern=r"^[^\W\d]\w{0,40}$")]
Version = Annotated[str, StringConstraints(pattern=r"^\d{1,4}\.\d{1,4}\.\d{1,4}$")]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Cell = str | int | bool | None

HitPolicy = Literal["U", "A", "P", "F", "R", "O", "C", "C+", "C<", "C>", "C#"]

ItemType = Literal[
    "text", "longtext", "name", "kana", "date", "address", "phone", "mail",
    "yesno", "choice", "choices", "int", "number", "bank_account", "file", "consent",
    "money", "time", "month", "computed", "explanation", "individual_number", "signature",
]  # fmt: skip


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


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


class TableInput(Model):
    """A column of conditions; `is` is the expression tested, the id itself when left out."""

    id: Name
    label: Line | None = None
    expression: Expression | None = Field(default=None, alias="is")


class TableOutput(Model):
    id: Name
    label: Line | None = None
    type: Literal["text", "int", "yesno", "date"] = "text"
    unit: Line | None = None
    aggregate: Literal["sum", "max", "min", "list"] | None = None
    values: list[Cell] = Field(
        default_factory=list, max_length=60
    )  # all there are; under P and O the first wins


class Row(Model):
    """One rule: unary tests, outputs (text beginning with `=` is an expression), ground (law, article)."""

    id: Name
    tests: list[Cell] = Field(alias="if")
    then: list[Cell]
    ground: Line | None = None
    note: Line | None = None  # the rule in everyday words, shown to residents as the reason


class Decision(Model):
    """A DMN decision table. With `each`, it runs once per member of a repeat group."""

    id: Name
    title: Line
    hit: HitPolicy = "U"
    each: Name | None = None
    when: Expression | None = None  # the table applies only when this is true
    inputs: list[TableInput] = Field(min_length=1, max_length=30)
    outputs: list[TableOutput] = Field(min_length=1, max_length=20)
    rows: list[Row] = Field(min_length=1, max_length=2000)
    statutory: bool = False  # fixed by law: a local change is shown as 独自変更あり


class Period(Model):
    """A length of time in calendar days (暦日) or opening days (開庁日); first day not counted (民法140条)."""

    days: int | Expression
    calendar: Literal["calendar", "opening"] = "opening"
    after: Name | None = None  # the date item it counts from (filing periods)


class Action(Model):
    """What the person at a step may do. Of several with one id the first whose `when` is true is taken."""

    id: Name
    title: Line | None = None
    to: Name
    when: Expression | None = None
    needs_note: bool = False  # a reason must be written (correction, refusal)
    weight: Literal["main", "other", "stop"] = "other"


class WorkStep(Model):
    """A state of a case: who acts, until when, what they see, what they may do; or an end."""

    id: Name
    title: Line
    by: Name | None = None  # a role of the kata, or 申請者
    not_by: Name | None = None  # somebody else than who did this earlier step
    decides: bool = False  # a disposition (処分) or final decision: never under 民間委託
    due: Period | None = None
    overdue: Name | None = None  # the action that is done by itself when the due date has passed
    sees: list[str] = Field(default_factory=list)  # item or group ids; empty = all of them
    form: Name | None = None  # a staff form filled at this step
    edits: Name | None = None  # the applicant's form, reopened for correction (補正)
    stops_clock: bool = False  # the standard period does not run (行政手続法 the time for 補正)
    notify: list[Name] = Field(default_factory=list)  # notices sent on arrival at this step
    resident_title: Line | None = None  # how the resident's status page names this step
    resident_text: Text | None = None
    parallel: list[Name] = Field(default_factory=list, max_length=20)  # the branches that start here at once
    each: Name | None = None  # one such branch for each member of this repeat group
    join: Literal["all", "any"] = "all"  # the actions of the step are followed when so many have come back
    actions: list[Action] = Field(default_factory=list)
    end: Literal["accepted", "rejected", "withdrawn", "done"] | None = None
    # 申請に対する処分・届出・事実行為・行政指導・内部
    nature: Literal["disposition", "notification", "fact", "guidance", "internal"] | None = None
    grounds: list[Name] = Field(
        default_factory=list
    )  # tables whose rows and grounds are the reason of this end


class Role(Model):
    id: Name
    title: Line
    scope: Literal["municipality", "joint"] = "municipality"


class Workflow(Model):
    start: Name
    steps: list[WorkStep] = Field(min_length=1, max_length=100)


class Notice(Model):
    """A message to the applicant. Merge fields 「«項目»」 name items, params, table outputs, 受付番号, 理由, 団体名."""

    id: Name
    title: Line
    subject: Line
    body: Text


class Param(Model):
    """What an adopting municipality sets freely."""

    id: Name
    label: Line
    type: Literal["text", "int", "yesno"]
    default: Cell
    min: int | None = None
    max: int | None = None


class Facts(Model):
    """The four facts of the procedure card."""

    deadline: Line
    fee: Line
    minutes: int = Field(ge=1, le=240)
    result: Line


class ExampleAct(Model):
    """One act in an example's workflow."""

    step: Name
    action: Name
    note: Line | None = None
    answers: dict[str, Any] | None = None  # what the applicant corrects, or the step's own form


class Expected(Model):
    """What must come out: refused items of the first answers; decisions and rows of the last, corrected ones."""

    decisions: dict[str, dict[str, Any] | None] = Field(default_factory=dict)
    rows: dict[str, list[str]] = Field(default_factory=dict)
    problems: list[str] = Field(default_factory=list)  # paths of items that are refused
    end: Name | None = None
    route: list[Name] | None = None
    notices: list[Name] | None = None


class Example(Model):
    """A test of the kata: answers in, decisions, route and notices out."""

    id: Slug
    title: Line
    today: str
    params: dict[str, Cell] = Field(default_factory=dict)
    answers: dict[str, Any]
    acts: list[ExampleAct] = Field(default_factory=list)
    expect: Expected


class Kata(Model):
    """The whole of `kata.yaml`; guidance, translations and examples stand beside it in the package."""

    kata: Slug
    version: Version
    language: Literal[1] = 1
    title: Line
    kind: Literal["procedure", "self_check"] = "procedure"
    summary: Text
    law: Line | None = None
    disclaimer: Text | None = None
    life_events: list[Slug] = Field(default_factory=list)
    keywords: list[Line] = Field(default_factory=list, max_length=60)  # everyday words that lead here
    facts: Facts
    bring: list[Line] = Field(default_factory=list)
    params: list[Param] = Field(default_factory=list)
    roles: list[Role] = Field(default_factory=list)
    filing_period: Period | None = None
    standard_period: Period | None = None
    target: Period | None = None  # 目標: what the municipality wants to reach, promised to nobody
    appeal: Literal["own", "governor"] = (
        "own"  # 審査請求先: the deciding head, or the governor (法定受託事務)
    )
    forms: list[Form] = Field(min_length=1, max_length=20)
    decisions: list[Decision] = Field(default_factory=list, max_length=60)
    workflow: Workflow | None = None
    notices: list[Notice] = Field(default_factory=list)
    receipt_notice: Name | None = None


class Package(Model):
    """A kata with everything that travels with it; its canonical JSON is what is hashed and run."""

    kata: Kata
    i18n: dict[str, dict[str, str]] = Field(default_factory=dict)  # language → path of ids → text
    guidance: dict[str, str] = Field(default_factory=dict)  # "ja", "easy", "en" → Markdown
    examples: list[Example] = Field(default_factory=list)
