"""What a move would do to a case, in words: for an administrator who does not see the answers themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.moves import AnswerMove, NoticeMove, StepMove, TableMove
from yuimaru.core.kata.program import Program, UnknownName
from yuimaru.interfaces.desk.titles import step_title
from yuimaru.services.cases.queries import Looked


@dataclass(frozen=True)
class Way:
    """A step that waits, in both definitions, with its two due dates."""

    before: str
    after: str
    was_due: date | None
    due: date | None


@dataclass(frozen=True)
class Card:
    """One case on the page; `choice` is what chooses exactly this preview of it."""

    number: str
    version: str
    definition: str
    choice: str
    ok: bool
    ways: list[Way]
    was_due: date | None
    due: date | None
    kept: int
    changes: list[str]
    reasons: list[str]


def card(looked: Looked, after: Program, lang: str) -> Card:
    """A preview in words."""
    found, before, case = looked.preview, looked.before, looked.case
    return Card(
        number=case.number,
        version=case.definition.version,
        definition=before.sha256[:8],
        choice=f"{case.pk}.{looked.digest}",
        ok=found.ok,
        ways=[_way(each, before, after, lang) for each in found.steps],
        was_due=found.was_due,
        due=found.due,
        kept=sum(each.change in ("kept", "retyped", "unchecked") for each in found.answers),
        changes=[
            *_answers(found.answers),
            *(_table(each, before, after, lang) for each in found.tables),
            *map(_notice, found.notices),
        ],
        reasons=[each.ja if lang == "ja" else each.en for each in found.reasons],
    )


def vanished(looked: Iterable[Looked]) -> list[str]:
    """The steps of these cases that have no place in the new definition, or were given one."""
    found = (
        each.path.removeprefix("workflow.")
        for one in looked
        for each in one.preview.reasons
        if each.code in ("step_gone", "past_step_gone")
    )
    return list(dict.fromkeys(found))


def _way(move: StepMove, before: Program, after: Program, lang: str) -> Way:
    return Way(
        _title(before, move.before.step, lang), _title(after, move.after.step, lang), move.was_due, move.due
    )


def _title(program: Program, step: str, lang: str) -> str:
    """A step in words; its id where the definition does not have it."""
    try:
        return step_title(program, step, lang)
    except UnknownName:
        return step


def _answers(answers: Iterable[AnswerMove]) -> Iterator[str]:
    sentences = {
        "missing": _("“%(name)s” is newly required and has no answer."),
        "unchecked": _("The answer to “%(name)s” would not pass the new check. It is kept."),
        "retyped": _("“%(name)s” is of another type. The answer is kept."),
    }
    for each in answers:
        if each.change in sentences:
            yield sentences[each.change] % {"name": each.label}


def _table(move: TableMove, before: Program, after: Program, lang: str) -> str:
    names = {"name": move.title, "before": _outputs(move.table, move.before, before, lang)}
    names["after"] = _outputs(move.table, move.after, after, lang)
    if names["before"] == names["after"]:
        return _("The result of “%(name)s” stays %(after)s; another row gives it.") % names
    return _("The result of “%(name)s” changes from %(before)s to %(after)s.") % names


def _outputs(table: str, outputs: Mapping[str, Value] | None, program: Program, lang: str) -> str:
    if outputs is None:
        return _("no result")
    said = []
    for output in program.decision(table).outputs:
        here = f"decisions.{table}.outputs.{output.id}"
        label = program.text(f"{here}.label", output.label or output.id, lang)
        unit = program.text(f"{here}.unit", output.unit or "", lang)
        said.append(
            _("%(name)s: %(value)s") % {"name": label, "value": f"{_value(outputs.get(output.id))}{unit}"}
        )
    return _(", ").join(said)


def _value(value: Value) -> str:
    if value is None:
        return _("none")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, (list, tuple)):
        return _(", ").join(map(_value, value))
    return f"{value:,}" if isinstance(value, int) else str(value)


def _notice(move: NoticeMove) -> str:
    sentences = {
        "new": _("The notice “%(name)s” may be sent from now on."),
        "gone": _("The notice “%(name)s” is not sent any more."),
        "reworded": _("The wording of the notice “%(name)s” changes."),
    }
    return sentences[move.change] % {"name": move.title}
