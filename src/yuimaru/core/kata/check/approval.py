"""Checks of approvals: the step can end by them, what goes out was approved, and every case has one who decides."""

from __future__ import annotations

from collections.abc import Iterator

from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.check.notices import check_fields, merge_names
from yuimaru.core.kata.check.scope import Scope
from yuimaru.core.kata.expressions import YESNO
from yuimaru.core.kata.models import Approval, Decision, WorkStep
from yuimaru.core.kata.routes import KIND, KINDS, ORDER, POST, SECTION
from yuimaru.core.kata.source import Location
from yuimaru.core.kata.tables import gaps_and_overlaps
from yuimaru.core.kata.workflow import APPLICANT

HITS = ("R", "C")
DECIDING = "決裁"
WORDS = "」「".join(KINDS)


def check_approval(scope: Scope, findings: Findings, here: Location, step: WorkStep) -> None:
    """Check the approval of a step, if it has one."""
    approval = step.approval
    if approval is None:
        return
    place: Location = (*here, "approval")
    tables = [decision.id for decision in scope.kata.decisions]
    if approval.route not in tables:
        findings.unknown((*place, "route"), "判定表", "table", approval.route, tables)
    fields = merge_names(scope.kata)
    for word in ("subject", "inquiry"):
        check_fields(scope, findings, (*place, word), getattr(approval, word), fields)
    _check_ends(scope, findings, here, step, approval)
    _check_drafts(scope, findings, here, step, approval)


def _check_ends(scope: Scope, findings: Findings, here: Location, step: WorkStep, approval: Approval) -> None:
    """Nothing but the decision and the return leads on, and a return goes back to staff."""
    ids = {action.id for action in step.actions}
    for word in ("approved", "returned"):
        name = getattr(approval, word)
        if name not in ids:
            findings.unknown((*here, "approval", word), "操作", "action", name, ids)
    by_applicant = {each.id for each in _steps(scope) if each.by == APPLICANT or each.end is not None}
    for number, action in enumerate(step.actions):
        place: Location = (*here, "actions", number)
        if action.id not in (approval.approved, approval.returned):
            findings.add(
                place,
                "approval_action",
                f"決裁の工程から先に進む操作は、「{approval.approved}」と「{approval.returned}」だけです。",
                f"Only “{approval.approved}” and “{approval.returned}” lead on from an approval.",
            )
        elif action.id == approval.returned and (action.to in by_applicant or action.to == step.id):
            findings.add(
                (*place, "to"),
                "approval_return",
                f"差戻しの先（{action.to}）は、案を作り直す職員の工程にしてください。",
                f"A return must lead to a step at which staff draft anew, not to “{action.to}”.",
            )
    if step.form is not None:
        findings.add(
            (*here, "form"),
            "approval_form",
            "決裁の工程に、職員の様式は置けません。前の工程で記入してください。",
            "A step with an approval has no form. Have it filled at the step before.",
        )


def _check_drafts(
    scope: Scope, findings: Findings, here: Location, step: WorkStep, approval: Approval
) -> None:
    """Drafts are notices that are sent, and what is sent right after the decision is among them."""
    notices = [notice.id for notice in scope.kata.notices]
    drafted = {draft.notice for draft in approval.drafts}
    for number, draft in enumerate(approval.drafts):
        place: Location = (*here, "approval", "drafts", number)
        if draft.notice not in notices:
            findings.unknown((*place, "notice"), "通知", "notice", draft.notice, notices)
        if draft.when is not None:
            findings.expression((*place, "when"), draft.when, scope.case, YESNO)
    following = {action.to for action in step.actions if action.id == approval.approved}
    for each in _steps(scope):
        for notice in each.notify if each.id in following else ():
            if notice in notices and notice not in drafted:
                findings.add(
                    (*here, "approval", "drafts"),
                    "undrafted",
                    f"決裁のすぐ後に送る通知「{notice}」が、案文（drafts）にありません。決裁を受けない文が送られます。",
                    f"The notice “{notice}” goes out right after the decision but is not among the drafts: "
                    "nobody would have approved it.",
                )


def check_route(scope: Scope, findings: Findings, here: Location, decision: Decision) -> None:
    """Check a table of the 決裁規程: its outputs, its kinds, and that in every case exactly one row decides."""
    places = {output.id: number for number, output in enumerate(decision.outputs)}
    kinds = {POST: "text", KIND: "text", SECTION: "text", ORDER: "int"}
    wrong = [
        output.id for output in decision.outputs if kinds.get(output.id) != output.type or output.aggregate
    ]
    if (
        decision.hit not in HITS
        or decision.each
        or decision.when
        or wrong
        or not {POST, KIND} <= places.keys()
    ):
        findings.add(
            here,
            "route_shape",
            f"決裁の経路の表「{decision.id}」は、hit を R か C にし、結果に {POST}（text）と {KIND}（text）、"
            f"要るときは {SECTION}（text）と {ORDER}（int）を置きます。each と when は使えません。",
            f"The route “{decision.id}” needs hit R or C and the outputs {POST} (text) and {KIND} (text), "
            f"if need be {SECTION} (text) and {ORDER} (int); neither each nor when.",
        )
        return
    if list(_unknown_kinds(findings, here, decision, places[KIND])):
        return
    deciding = [row for row in decision.rows if row.then[places[KIND]] == DECIDING]
    if not deciding:
        findings.add(
            here,
            "route_undecided",
            f"経路の表「{decision.id}」に、{KIND}が「{DECIDING}」の行がありません。",
            f"No row of the route “{decision.id}” decides ({KIND}: {DECIDING}).",
        )
        return
    _check_one_decides(scope, findings, here, decision.model_copy(update={"hit": "U", "rows": deciding}))


def _unknown_kinds(findings: Findings, here: Location, decision: Decision, place: int) -> Iterator[str]:
    for number, row in enumerate(decision.rows):
        kind = str(row.then[place])
        if kind not in KINDS:
            findings.add(
                (*here, "rows", number, "then", place),
                "route_kind",
                f"{KIND}は「{WORDS}」のどれかです。「{kind}」は使えません。",
                f"“{kind}” is no kind of mark. Write one of {', '.join(KINDS)}.",
            )
            yield kind


def _check_one_decides(scope: Scope, findings: Findings, here: Location, deciding: Decision) -> None:
    """The deciding rows by themselves must fit every case once, as a unique table does."""
    values = {param.id: param.default for param in scope.kata.params}
    for finding in gaps_and_overlaps(deciding, scope.case, values):
        if finding.kind == "gap":
            ja = f"{finding.region_ja}のときに、{DECIDING}をする職がありません。"
            en = f"Nobody decides when {finding.region_en}."
        elif finding.kind == "overlap":
            rows = "」「".join(finding.rows)
            ja = f"{finding.region_ja}のときに、{DECIDING}の行「{rows}」が両方とも当てはまります。"
            en = f"Two rows decide when {finding.region_en}: {', '.join(finding.rows)}."
        else:
            findings.add(here, finding.kind, finding.message_ja, finding.message_en, "warning")
            continue
        findings.add(here, f"route_{finding.kind}", ja, en)


def _steps(scope: Scope) -> list[WorkStep]:
    return list(scope.kata.workflow.steps) if scope.kata.workflow else []
