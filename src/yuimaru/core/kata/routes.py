"""What a kata lays before those who decide: the route from its table, and the document with the texts to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from yuimaru.core.kata import workflow
from yuimaru.core.kata.approval import Kind
from yuimaru.core.kata.expressions import Facts, Value
from yuimaru.core.kata.expressions.names import cell_names
from yuimaru.core.kata.models import Approval, Cell, WorkStep
from yuimaru.core.kata.notices import fill
from yuimaru.core.kata.program import Program, compiled, holds
from yuimaru.core.kata.tables import Table, decided
from yuimaru.core.kata.tables.outputs import formula_in

POST, KIND, SECTION, ORDER = "職", "種別", "課", "順"
KINDS = {"回議": Kind.CIRCULATE, "合議": Kind.CONSULT, "決裁": Kind.DECIDE, "供覧": Kind.INFORM}


class RouteError(ValueError):
    """Raised when the table gives no route that could be gone: a line without a post, or not one decision."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the 決裁規程: what for, which post, of which section (None: of the drafter's), in which place."""

    kind: Kind
    post: str
    section: str | None
    order: int

    @property
    def words(self) -> str:
        """「回議 係長」, as examples write it."""
        word = next(word for word, kind in KINDS.items() if kind is self.kind)
        return f"{word} {self.post}"


@dataclass(frozen=True, slots=True)
class Route:
    """The lines that hold for a case, in the order in which they are gone, and the rows they come from."""

    lines: tuple[Line, ...]
    rows: tuple[str, ...]


def approval_of(step: WorkStep) -> Approval:
    """The approval of a step that has one; raises LookupError."""
    if step.approval is None:
        raise LookupError(f"{step.id} is decided without an approval")
    return step.approval


def route_of(program: Program, step: WorkStep, facts: Facts) -> Route:
    """The route of a case, by what is known of it now; raises RouteError, TableError."""
    table = program.table(approval_of(step).route)
    result = decided(table, facts)
    columns = result.outputs or {}
    found = [
        _line(dict(zip(columns, values, strict=True)), place)
        for place, values in enumerate(zip(*map(_listed, columns.values()), strict=True), start=1)
    ]
    deciding = [line for line in found if line.kind is Kind.DECIDE]
    if len(deciding) != 1:
        raise RouteError(f"{table.decision.id} gives {len(deciding)} decisions")
    phases = {Kind.DECIDE: 1, Kind.INFORM: 2}
    found.sort(key=lambda line: (phases.get(line.kind, 0), line.order))
    return Route(tuple(found), tuple(result.rows))


def drafts_of(program: Program, step: WorkStep, facts: Facts) -> list[str]:
    """The notices whose texts are laid before those who sign."""
    found = approval_of(step).drafts
    return [one.notice for one in found if holds(compiled(one.when) if one.when else None, facts)]


def end_of(program: Program, step: WorkStep, notice: str, facts: Facts) -> WorkStep:
    """The step on whose arrival a drafted notice goes out; the step itself where the approval leads elsewhere."""
    approved = approval_of(step).approved
    following = program.work_step(workflow.follow(program, step.id, approved, facts))
    if notice in following.notify or program.kata.workflow is None:
        return following
    return next((each for each in program.kata.workflow.steps if notice in each.notify), following)


def document(step: WorkStep, fields: Mapping[str, str]) -> tuple[str, str]:
    """件名 and 伺い文 with their merge fields filled in."""
    approval = approval_of(step)
    return fill(approval.subject, fields).replace("\n", " "), fill(approval.inquiry, fields).strip()


def posts_named(program: Program) -> list[tuple[Kind, str, str | None]]:
    """Every post that a route of the kata may come to with the settings it runs with: what for, post, section.

    What only a running case can tell, a post that is worked out from answers, is not among them.
    """
    found = [
        named
        for step in (program.kata.workflow.steps if program.kata.workflow else ())
        if step.approval is not None
        for named in _named(program, program.table(step.approval.route))
    ]
    return list(dict.fromkeys(found))


def _named(program: Program, table: Table) -> Iterator[tuple[Kind, str, str | None]]:
    settings = program.params.keys()
    places = {output.id: place for place, output in enumerate(table.decision.outputs)}
    for number, row in enumerate(table.decision.rows):
        closed = (
            column.tests[number](column.read(program.params), program.params) is not True
            for column in table.columns
            if set(column.names) | cell_names(column.cells[number]) <= settings | {column.id}
        )
        if any(closed):
            continue
        outputs = [_settled(row.then[places[name]], program) for name in (POST, SECTION) if name in places]
        if outputs[0]:
            kind = KINDS[str(row.then[places[KIND]])]
            yield kind, outputs[0], (outputs[1] if len(outputs) > 1 else None) or None


def _settled(cell: Cell, program: Program) -> str:
    """What a cell says before any case is known; empty when it reads more than the settings."""
    formula = formula_in(cell)
    if formula is None:
        return str(cell or "")
    value = compiled(formula)(_Settings(program.params))
    return value if isinstance(value, str) else ""


class _Settings(dict[str, Value]):
    """Facts of which only the settings are known; all else is unknown."""

    def __missing__(self, name: str) -> Value:
        return None


def _line(outputs: Mapping[str, Value], place: int) -> Line:
    post, kind = outputs.get(POST), outputs.get(KIND)
    if not isinstance(post, str) or not post or kind not in KINDS:
        raise RouteError(f"line {place} names no post")
    section, order = outputs.get(SECTION), outputs.get(ORDER, place)
    return Line(
        KINDS[str(kind)],
        post,
        section if isinstance(section, str) and section else None,
        order if isinstance(order, int) else place,
    )


def _listed(value: Value) -> Iterable[Value]:
    return value if isinstance(value, (list, tuple)) else ()
