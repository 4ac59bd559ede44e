"""A kata made ready to run from its canonical text: expressions compiled, tables compiled, words by language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from yuimaru.core.kata.expressions import Compiled, Facts, Value, compile_expression
from yuimaru.core.kata.models import Decision, Form, Item, Kata, Notice, Package, Step, WorkStep
from yuimaru.core.kata.package import digest
from yuimaru.core.kata.tables import Table, compile_table

JAPANESE = "ja"

K = TypeVar("K", str, tuple[str, str])
T = TypeVar("T")


class UnknownName(LookupError):
    """Raised for an id that the kata does not have: a form, step, item, table, action or notice."""


@dataclass(frozen=True, slots=True)
class Question:
    """An item with its conditions compiled."""

    item: Item
    asks: bool  # as its item says, kept here because every answer asks for it
    when: Compiled | None
    check: Compiled | None
    formula: Compiled | None


@dataclass(frozen=True, slots=True)
class Screen:
    """A form step with its conditions compiled."""

    step: Step
    when: Compiled | None
    questions: tuple[Question, ...]


class Program:
    """One kata, ready to run. Everything in it stays as it is: programs are shared between threads."""

    def __init__(self, canonical: str) -> None:
        package = Package.model_validate_json(canonical)
        self.kata: Kata = package.kata
        self.sha256: str = digest(canonical)
        self.params: dict[str, Value] = {param.id: param.default for param in package.kata.params}
        compiled_tables = {each.id: compile_table(each) for each in package.kata.decisions}
        routes = route_tables(package.kata)
        # What answers alone decide, and the routes of approvals, which read what was done in the case.
        self.tables: dict[str, Table] = {
            name: of for name, of in compiled_tables.items() if name not in routes
        }
        self.routes: dict[str, Table] = {name: of for name, of in compiled_tables.items() if name in routes}
        self._translations = package.i18n
        self._guidance = package.guidance
        self._forms = {form.id: form for form in package.kata.forms}
        self._screens = {form.id: tuple(map(_screen, form.steps)) for form in package.kata.forms}
        self._by_step = {
            (form_id, screen.step.id): screen
            for form_id, screens in self._screens.items()
            for screen in screens
        }
        workflow = package.kata.workflow
        self._work_steps = {step.id: step for step in workflow.steps} if workflow else {}
        self._notices = {notice.id: notice for notice in package.kata.notices}

    @property
    def applicant_form(self) -> Form:
        """The form that residents fill in."""
        for form in self.kata.forms:
            if form.audience == "applicant":
                return form
        raise UnknownName(f"{self.kata.kata} has no form for applicants")

    def form(self, form_id: str) -> Form:
        """A form by its id; raises UnknownName."""
        return _found(self._forms, form_id)

    def screens(self, form_id: str) -> tuple[Screen, ...]:
        """The compiled steps of a form; raises UnknownName."""
        return _found(self._screens, form_id)

    def screen(self, form_id: str, step_id: str) -> Screen:
        """One compiled step of a form; raises UnknownName."""
        return _found(self._by_step, (form_id, step_id))

    def work_step(self, step_id: str) -> WorkStep:
        """A step of the workflow; raises UnknownName."""
        return _found(self._work_steps, step_id)

    def table(self, table_id: str) -> Table:
        """A decision table by its id; raises UnknownName."""
        return _found({**self.tables, **self.routes}, table_id)

    def decision(self, table_id: str) -> Decision:
        """The definition of a decision table; raises UnknownName."""
        return self.table(table_id).decision

    def notice(self, notice_id: str) -> Notice:
        """A notice by its id; raises UnknownName."""
        return _found(self._notices, notice_id)

    def title(self, lang: str = JAPANESE) -> str:
        """The title of the kata."""
        return self.text("title", self.kata.title, lang)

    def text(self, path: str, default: str, lang: str = JAPANESE) -> str:
        """A text by its path of ids; the Japanese one given as default where there is no translation."""
        return default if lang == JAPANESE else self._translations.get(lang, {}).get(path, default)

    def item_text(self, form_id: str, step_id: str, item: Item, word: str, lang: str = JAPANESE) -> str:
        """`label`, `hint` or `message` of an item; empty when it has none."""
        default = getattr(item, word) or ""
        return self.text(f"forms.{form_id}.{step_id}.{item.id}.{word}", default, lang)

    def option_text(self, form_id: str, step_id: str, item: Item, option: str, lang: str = JAPANESE) -> str:
        """The label of an option; an id that is no option is given back as it is."""
        for each in item.options:
            if each.id == option:
                path = f"forms.{form_id}.{step_id}.{item.id}.options.{option}.label"
                return self.text(path, each.label, lang)
        return option

    def guidance(self, lang: str = JAPANESE) -> str:
        """The guidance as Markdown ("ja", "easy", "en"); Japanese where there is none, else empty."""
        return self._guidance.get(lang) or self._guidance.get(JAPANESE, "")


@lru_cache(maxsize=256)
def program(canonical: str) -> Program:
    """The program of a canonical text; compiled once and kept."""
    return Program(canonical)


@lru_cache(maxsize=4096)
def compiled(expression: str) -> Compiled:
    """The compiled form of an expression; compiled once and kept."""
    return compile_expression(expression)


def holds(condition: Compiled | None, facts: Facts) -> bool:
    """Whether a `when` is true; no condition always is, false and unknown are not."""
    return condition is None or condition(facts) is True


def route_tables(kata: Kata) -> frozenset[str]:
    """The tables that are the routes of approvals."""
    steps = kata.workflow.steps if kata.workflow else ()
    return frozenset(step.approval.route for step in steps if step.approval is not None)


def _screen(step: Step) -> Screen:
    questions = tuple(_question(item) for item in step.items)
    return Screen(step, _condition(step.when), questions)


def _question(item: Item) -> Question:
    return Question(
        item, item.asks, _condition(item.when), _condition(item.check), _condition(item.expression)
    )


def _condition(expression: str | None) -> Compiled | None:
    return None if expression is None else compiled(expression)


def _found(known: dict[K, T], name: K) -> T:
    try:
        return known[name]
    except KeyError:
        raise UnknownName(name) from None
