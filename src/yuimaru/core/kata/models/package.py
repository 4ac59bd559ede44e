"""The whole of a kata and what travels with it: parameters, notices, examples, translations."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from yuimaru.core.kata.models.decisions import Decision
from yuimaru.core.kata.models.forms import Form
from yuimaru.core.kata.models.words import Cell, Line, Model, Name, Slug, Text, Version
from yuimaru.core.kata.models.workflow import Period, Role, Workflow


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
    marks: dict[Name, list[Line]] = Field(
        default_factory=dict
    )  # approval step → 「回議 係長」 in their order


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
    # 手続, セルフチェック, 職員の手続: staff apply, residents never see it
    kind: Literal["procedure", "self_check", "staff"] = "procedure"
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
