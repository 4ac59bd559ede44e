"""Checks of the steps at which nobody acts: what the machine does, and what another case does."""

from __future__ import annotations

from collections.abc import Sequence

from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.check.scope import Scope
from yuimaru.core.kata.expressions import ANY
from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.source import Location
from yuimaru.core.kata.ways import Ways
from yuimaru.core.kata.workflow import APPLICANT, ERROR, OK

HERE: Location = ("kata", "workflow", "steps")
ENDS = ("accepted", "rejected", "withdrawn", "done")
_OF_PEOPLE = ("by", "not_by", "form", "edits", "sees", "decides", "stops_clock", "overdue")


def check_automatic(scope: Scope, findings: Findings, ways: Ways) -> None:
    """Check every step with `service` or `call`."""
    for number, step in enumerate(ways.workflow.steps):
        here: Location = (*HERE, number)
        if not step.is_automatic:
            continue
        _check_alone(findings, here, step)
        if step.service is not None:
            _check_service(scope, findings, here, step)
            _check_outcomes(findings, here, step, (OK, ERROR), required=(OK, ERROR))
        if step.call is not None:
            _check_call(scope, findings, here, step)
            _check_outcomes(findings, here, step, (*ENDS, ERROR), required=(ERROR,))
        _check_fallback(findings, here, step, ways)


def _check_alone(findings: Findings, here: Location, step: WorkStep) -> None:
    used = [word for word in _OF_PEOPLE if getattr(step, word)]
    if step.service is not None and step.call is not None:
        used.append("call")
    if step.end is not None:
        used.append("end")
    if used:
        findings.add(
            here,
            "automatic_work",
            f"工程「{step.id}」は自動で進みます。{'、'.join(used)} は書けません。",
            f"Nobody acts at the step “{step.id}”. Take out {', '.join(used)}.",
        )


def _check_service(scope: Scope, findings: Findings, here: Location, step: WorkStep) -> None:
    assert step.service is not None
    notices = [notice.id for notice in scope.kata.notices]
    if step.service.notice not in notices:
        findings.unknown((*here, "service", "notice"), "通知", "notice", step.service.notice or "", notices)


def _check_call(scope: Scope, findings: Findings, here: Location, step: WorkStep) -> None:
    assert step.call is not None
    if step.call.kata == scope.kata.kata:
        findings.add(
            (*here, "call", "kata"),
            "calls_itself",
            f"工程「{step.id}」は、この型そのものを呼び出しています。別の型を指定してください。",
            f"The step “{step.id}” calls this very kata. Name another one.",
        )
    for item, expression in step.call.answers.items():
        findings.expression((*here, "call", "answers", item), expression, scope.case, ANY)


def _check_outcomes(
    findings: Findings, here: Location, step: WorkStep, allowed: Sequence[str], required: Sequence[str]
) -> None:
    """The actions are outcomes of a closed list; nobody can write a reason, and none may lead nowhere."""
    for number, action in enumerate(step.actions):
        place: Location = (*here, "actions", number)
        if action.id not in allowed:
            findings.unknown((*place, "id"), "結果", "outcome", action.id, allowed)
        if action.needs_note:
            findings.add(
                (*place, "needs_note"),
                "automatic_note",
                f"工程「{step.id}」は自動で進むので、理由（needs_note）を書く人がいません。",
                f"Nobody acts at the step “{step.id}”, so nobody can write a reason (needs_note).",
            )
    sure = {action.id for action in step.actions if action.when is None}
    named = dict.fromkeys((*required, *(action.id for action in step.actions if action.id in allowed)))
    for outcome in named:
        if outcome not in sure:
            findings.add(
                (*here, "actions"),
                "outcome_missing",
                f"工程「{step.id}」に、結果「{outcome}」のときに必ず進める操作（when のないもの）がありません。",
                f"The step “{step.id}” has no action “{outcome}” without a condition, so it may stand still.",
            )


def _check_fallback(findings: Findings, here: Location, step: WorkStep, ways: Ways) -> None:
    """What the machine could not do waits for somebody of a role, never for the machine again."""
    for number, action in enumerate(step.actions):
        target = ways.steps.get(action.to)
        if action.id == ERROR and target is not None and target.by in (None, APPLICANT):
            findings.add(
                (*here, "actions", number, "to"),
                "no_fallback",
                f"うまくいかなかったとき（error）は、職員の役割が行う工程に進めてください。「{action.to}」は違います。",
                f"“error” must lead to a step that a role of the staff does; “{action.to}” is none.",
            )
