"""Checks of examples: everything they name must exist, so that a slip is not taken for a failing rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.models import Example, Kata, Package
from yuimaru.core.kata.source import Location


def check_examples(package: Package, findings: Findings) -> None:
    """Check the names in all examples of a package."""
    kata = package.kata
    findings.distinct(("examples",), (example.id for example in package.examples), "例", "example")
    for number, example in enumerate(package.examples):
        here: Location = ("examples", number)
        try:
            date.fromisoformat(example.today)
        except ValueError:
            findings.add(
                (*here, "today"),
                "bad_date",
                "today は 2026-11-24 の形の日付で書いてください。",
                "Write today as a date such as 2026-11-24.",
            )
        _check_names(kata, findings, here, example)
        _check_acts(kata, findings, here, example)
    if not package.examples:
        findings.add(
            ("kata", "kata"),
            "no_examples",
            "例（examples）がありません。例がない型は、正しさを確かめられません。",
            "There are no examples. Without them nobody can tell whether the kata is right.",
            "warning",
        )


def _check_names(kata: Kata, findings: Findings, here: Location, example: Example) -> None:
    params = [param.id for param in kata.params]
    _known((*here, "params"), example.params, params, findings, "設定", "parameter")
    decisions = {decision.id: decision for decision in kata.decisions}
    expect: Location = (*here, "expect")
    _known((*expect, "decisions"), example.expect.decisions, decisions, findings, "判定表", "table")
    _known((*expect, "rows"), example.expect.rows, decisions, findings, "判定表", "table")
    for name, values in example.expect.decisions.items():
        outputs = [output.id for output in decisions[name].outputs] if name in decisions else []
        if outputs and values:
            _known((*expect, "decisions", name), values, outputs, findings, "結果", "output")
    for name, rows in example.expect.rows.items():
        known = [row.id for row in decisions[name].rows] if name in decisions else rows
        for row in rows:
            if row not in known:
                findings.unknown((*expect, "rows", name), "行", "row", row, known)
    approvals = [step.id for step in (kata.workflow.steps if kata.workflow else ()) if step.approval]
    _known(
        (*expect, "marks"), example.expect.marks, approvals, findings, "決裁の工程", "step with an approval"
    )
    for name in example.expect.notices or ():
        notices = [notice.id for notice in kata.notices]
        if name not in notices:
            findings.unknown((*expect, "notices"), "通知", "notice", name, notices)


def _check_acts(kata: Kata, findings: Findings, here: Location, example: Example) -> None:
    steps = {step.id: step for step in (kata.workflow.steps if kata.workflow else ())}
    for number, act in enumerate(example.acts):
        place: Location = (*here, "acts", number)
        if act.step not in steps:
            findings.unknown((*place, "step"), "工程", "step", act.step, steps)
            continue
        actions = [action.id for action in steps[act.step].actions]
        if act.action not in actions:
            findings.unknown((*place, "action"), "操作", "action", act.action, actions)
    for name in [example.expect.end, *(example.expect.route or ())]:
        if name is not None and name not in steps:
            findings.unknown((*here, "expect"), "工程", "step", name, steps)


def _known(
    here: Location, names: Iterable[str], known: Iterable[str], findings: Findings, ja: str, en: str
) -> None:
    for name in names:
        if name not in known:
            findings.unknown((*here, name), ja, en, name, known)
