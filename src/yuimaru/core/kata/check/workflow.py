"""Checks of the workflow: names, ways through it, who decides, what is seen."""

from __future__ import annotations

from collections.abc import Mapping

from yuimaru.core.kata.check.approval import check_approval
from yuimaru.core.kata.check.automatic import check_automatic
from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.check.kata import check_period
from yuimaru.core.kata.check.legal import check_legal
from yuimaru.core.kata.check.parallel import check_parallel
from yuimaru.core.kata.check.scope import Scope
from yuimaru.core.kata.expressions import YESNO
from yuimaru.core.kata.models import Kata, WorkStep
from yuimaru.core.kata.source import Location
from yuimaru.core.kata.ways import Ways, reach
from yuimaru.core.kata.workflow import APPLICANT

HERE: Location = ("kata", "workflow")


def check_workflow(scope: Scope, findings: Findings) -> None:
    """Check the workflow of a kata, if it has one."""
    workflow = scope.kata.workflow
    if workflow is None:
        return
    ways = Ways(workflow)
    steps = ways.steps
    if workflow.start not in steps:
        findings.unknown((*HERE, "start"), "工程", "step", workflow.start, steps)
    for number, step in enumerate(workflow.steps):
        here: Location = (*HERE, "steps", number)
        _check_actor(scope.kata, findings, here, step)
        _check_references(scope, findings, here, step)
        _check_actions(scope, findings, here, step, steps)
        check_approval(scope, findings, here, step)
        if step.due is not None:
            check_period(findings, (*here, "due"), step.due, scope.case)
    if workflow.start in steps:
        _check_ways(findings, ways)
        check_parallel(scope, findings, ways)
        check_automatic(scope, findings, ways)
        check_legal(scope, findings, ways)


def _check_actor(kata: Kata, findings: Findings, here: Location, step: WorkStep) -> None:
    roles = {role.id: role for role in kata.roles}
    role = roles.get(step.by or "")
    if step.by is not None and role is None and step.by != APPLICANT:
        findings.unknown((*here, "by"), "役割", "role", step.by, [*roles, APPLICANT])
    if step.end is None and step.by is None and not step.parallel and not step.is_automatic:
        findings.add(
            here,
            "nobody",
            f"工程「{step.id}」を、だれが行うか決まっていません。by を書いてください。",
            f"Nobody acts at the step “{step.id}”. Add “by”.",
        )
    if step.decides and (role is None or role.scope != "municipality"):
        findings.add(
            (*here, "decides"),
            "decides_scope",
            "決定する工程（decides）の by は、市区町村の役割（scope: municipality）にしてください。",
            "A step that decides must be done by a role of the municipality (scope: municipality).",
        )
    if role is not None and role.scope == "joint" and not step.sees:
        findings.add(
            here,
            "sees_all",
            f"共同処理の役割が、工程「{step.id}」ですべての項目を見ます。見てよい項目を sees に書いてください。",
            f"A joint role sees every item at the step “{step.id}”. List what it may see under “sees”.",
            "warning",
        )
    if step.edits is not None and step.by != APPLICANT:
        findings.add(
            (*here, "edits"),
            "edits_by",
            "様式を直せる（edits）のは、by が「申請者」の工程だけです。",
            "Only a step with “by: 申請者” may reopen a form (edits).",
        )


def _check_references(scope: Scope, findings: Findings, here: Location, step: WorkStep) -> None:
    kata = scope.kata
    for number, name in enumerate(step.sees):
        if name not in scope.applicant_items:
            findings.unknown((*here, "sees", number), "項目", "item", name, scope.applicant_items)
    for word, audience in (("form", "staff"), ("edits", "applicant")):
        name = getattr(step, word)
        forms = [form.id for form in kata.forms if form.audience == audience]
        if name is not None and name not in forms:
            kind = "職員の様式" if audience == "staff" else "申請者の様式"
            findings.unknown((*here, word), kind, f"form of {audience}", name, forms)
    if step.form is not None:
        _check_staff_form(scope.kata, findings, here, step.form)
    if step.overdue is not None:
        _check_overdue(findings, here, step)
    notices = [notice.id for notice in kata.notices]
    for number, name in enumerate(step.notify):
        if name not in notices:
            findings.unknown((*here, "notify", number), "通知", "notice", name, notices)


def _check_staff_form(kata: Kata, findings: Findings, here: Location, name: str) -> None:
    """What stands on the one page of a task: no groups and no files."""
    steps = [step for form in kata.forms if form.id == name for step in form.steps]
    if any(step.repeat or any(item.type == "file" for item in step.items) for step in steps):
        findings.add(
            (*here, "form"),
            "staff_form",
            f"職員の様式「{name}」に、くり返し（repeat）とファイルは使えません。",
            f"The staff form “{name}” must hold neither groups nor files.",
        )


def _check_overdue(findings: Findings, here: Location, step: WorkStep) -> None:
    actions = [action.id for action in step.actions]
    if step.overdue not in actions:
        findings.unknown((*here, "overdue"), "操作", "action", step.overdue or "", actions)
    elif step.due is None or step.decides or any(a.needs_note for a in step.actions if a.id == step.overdue):
        findings.add(
            (*here, "overdue"),
            "overdue",
            "overdue は、期限（due）のある工程に書きます。決定する工程や、理由の要る操作には使えません。",
            "“overdue” needs a due date, and neither decides nor writes a reason.",
        )


def _check_actions(
    scope: Scope, findings: Findings, here: Location, step: WorkStep, steps: Mapping[str, WorkStep]
) -> None:
    if step.end is not None and step.actions:
        findings.add(
            (*here, "actions"),
            "end_actions",
            f"終わりの工程「{step.id}」には、操作を書けません。",
            f"The step “{step.id}” is an end and has no actions.",
        )
    if step.end is None and not step.actions:
        findings.add(
            here,
            "no_actions",
            f"工程「{step.id}」から先に進めません。操作（actions）か end を書いてください。",
            f"Nothing leads on from the step “{step.id}”. Add actions or “end”.",
        )
    decided: set[str] = set()
    for number, action in enumerate(step.actions):
        place: Location = (*here, "actions", number)
        if action.to not in steps:
            findings.unknown((*place, "to"), "工程", "step", action.to, steps)
        if action.when:
            findings.expression((*place, "when"), action.when, scope.case, YESNO)
        if action.id in decided:
            findings.add(
                place,
                "never_taken",
                f"操作「{action.id}」は、前に条件のない同じ操作があるので、選ばれません。",
                f"The action “{action.id}” is never taken: the same action stands before it without a condition.",
            )
        if not action.when:
            decided.add(action.id)


def _check_ways(findings: Findings, ways: Ways) -> None:
    """Every step is reached and comes to an end; the other person acted before; no decision is passed by."""
    start, steps = ways.workflow.start, ways.steps
    reached = reach(ways.after, [start])
    ending = reach(ways.before, [name for name, step in steps.items() if step.end is not None])
    undecided = reach(
        {name: set() if steps[name].decides else to for name, to in ways.after.items()}, [start]
    )
    for number, (name, step) in enumerate(steps.items()):
        here: Location = (*HERE, "steps", number)
        if name not in reached and step.end != "withdrawn":  # that one the applicant reaches
            findings.add(
                here,
                "unreachable",
                f"工程「{name}」には、どの操作からも進めません。",
                f"No action leads to the step “{name}”.",
            )
        elif name not in ending:
            findings.add(
                here,
                "no_exit",
                f"工程「{name}」から、終わり（end）の工程に着けません。",
                f"No way leads from the step “{name}” to an end.",
            )
        elif step.actions and all(action.when for action in step.actions):
            findings.add(
                here,
                "may_stand_still",
                f"工程「{name}」の操作には、すべて条件（when）があります。どれも成り立たないと、先に進めません。",
                f"Every action of the step “{name}” has a condition. When none holds, the case stands still.",
                "warning",
            )
        if step.end in ("accepted", "rejected") and step.nature == "disposition" and name in undecided:
            findings.add(
                here,
                "undecided",
                f"処分「{name}」に、決定する工程（decides）を通らずに着けます。",
                f"The disposition “{name}” can be reached without a step that decides.",
            )
        if step.not_by is not None:
            _check_other_person(findings, here, step, ways)


def _check_other_person(findings: Findings, here: Location, step: WorkStep, ways: Ways) -> None:
    """Somebody of the staff must have done the other step before, and not beside this one."""
    assert step.not_by is not None
    other = ways.steps.get(step.not_by)
    if other is None:
        findings.unknown((*here, "not_by"), "工程", "step", step.not_by, ways.steps)
    elif (
        step.id not in reach(ways.after, ways.after[other.id])
        or other.by in (None, APPLICANT)
        or other.id == step.id
        or _stand_beside(step.id, other.id, ways)
    ):
        findings.add(
            (*here, "not_by"),
            "not_by",
            f"「{other.id}」は、この工程より前に職員が行う工程ではありません。",
            f"“{other.id}” is not a step that staff do before this one.",
        )


def _stand_beside(one: str, other: str, ways: Ways) -> bool:
    """Whether two steps lie in different branches of one division, so that neither is sure to come first."""
    return any(
        one in branch and other not in branch and any(other in each for each in branches)
        for branches in ways.branches.values()
        for branch in branches
    )
