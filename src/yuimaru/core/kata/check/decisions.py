"""Checks of decision tables: names, types, gaps and overlaps, and that tables read only earlier ones."""

from __future__ import annotations

from yuimaru.core.kata.check.approval import check_route
from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.check.scope import Scope
from yuimaru.core.kata.expressions import Type
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.problems import Severity
from yuimaru.core.kata.source import Location
from yuimaru.core.kata.tables import TableFinding, TableProblem, check_table, gaps_and_overlaps
from yuimaru.core.kata.tables.policies import COLLECTED


def check_decisions(scope: Scope, findings: Findings) -> None:
    """Check all tables of a kata in their order."""
    decisions = scope.kata.decisions
    known = dict(scope.facts)
    for number, decision in enumerate(decisions):
        here: Location = ("kata", "decisions", number)
        _check_shape(scope, findings, here, decision)
        is_route = decision.id in scope.routes
        readable = scope.case if is_route else known
        problems = check_table(decision, readable)
        for problem in problems:
            findings.add(
                _place(here, decision, problem), problem.code, problem.message_ja, problem.message_en
            )
        if not problems and is_route:
            check_route(scope, findings, here, decision)
        elif not problems:
            _check_regions(scope, findings, here, decision, known)
        if not is_route:
            known[decision.id] = scope.decisions[decision.id]


def _check_shape(scope: Scope, findings: Findings, here: Location, decision: Decision) -> None:
    for part, ja, en in (("inputs", "列", "column"), ("outputs", "結果", "output"), ("rows", "行", "row")):
        findings.distinct((*here, part), (each.id for each in getattr(decision, part)), ja, en)
    groups = {
        step.repeat.id
        for form in scope.kata.forms
        if form.audience == "applicant"
        for step in form.steps
        if step.repeat
    }
    if decision.each is not None and decision.each not in groups:
        findings.unknown((*here, "each"), "くり返し", "repeat", decision.each, groups)
    for number, output in enumerate(decision.outputs):
        if output.aggregate is None:
            continue
        place = (*here, "outputs", number, "aggregate")
        if decision.each is None and decision.hit not in COLLECTED:
            findings.add(
                place,
                "aggregate_alone",
                "aggregate は、each のある表か、hit が C+、C<、C>、C# の表だけで使えます。",
                "aggregate can be used only in a table with each or with hit policy C+, C<, C> or C#.",
            )
        elif output.type != "int" and output.aggregate == "sum":
            findings.add(
                place,
                "aggregate_type",
                "合計（sum）は、種類が int の結果だけで使えます。",
                "sum can be used only for outputs of the type int.",
            )


def _check_regions(
    scope: Scope, findings: Findings, here: Location, decision: Decision, known: dict[str, Type]
) -> None:
    """A gap stops a unique table, for others it is a warning: a first-hit table may mean to say nothing."""
    values = {param.id: param.default for param in scope.kata.params}
    for finding in gaps_and_overlaps(decision, known, values):
        findings.add(
            _row_place(here, decision, finding),
            finding.kind,
            finding.message_ja,
            finding.message_en,
            _severity(finding, decision),
        )


def _severity(finding: TableFinding, decision: Decision) -> Severity:
    serious = finding.kind == "overlap" or (finding.kind == "gap" and decision.hit == "U")
    return "error" if serious else "warning"


def _row_place(here: Location, decision: Decision, finding: TableFinding) -> Location:
    for number, row in enumerate(decision.rows):
        if finding.rows and row.id == finding.rows[-1]:
            return (*here, "rows", number)
    return here


def _place(here: Location, decision: Decision, problem: TableProblem) -> Location:
    rows = {row.id: number for number, row in enumerate(decision.rows)}
    inputs = {column.id: number for number, column in enumerate(decision.inputs)}
    outputs = {output.id: number for number, output in enumerate(decision.outputs)}
    if problem.row in rows:
        place: Location = (*here, "rows", rows[problem.row])
        if problem.column in inputs:
            return (*place, "if", inputs[problem.column])
        return (*place, "then", outputs[problem.column]) if problem.column in outputs else place
    if problem.column in inputs:
        return (*here, "inputs", inputs[problem.column])
    return (*here, "when") if problem.column == "when" else here
