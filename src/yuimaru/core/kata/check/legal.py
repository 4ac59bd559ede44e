"""Checks of the legal nature of outcomes: a 届出 is not refused, a refusal gives reasons and 教示."""

from __future__ import annotations

from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.check.scope import Scope
from yuimaru.core.kata.legal import is_filing, is_refusal
from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.notices import APPEAL, REASON_FIELD, merge_fields
from yuimaru.core.kata.source import Location
from yuimaru.core.kata.ways import Ways, reach

# A kata that words 教示 itself names to whom to appeal and whom to sue.
OWN_WORDS = frozenset({"審査請求先", "訴訟の被告"})
HERE: Location = ("kata", "workflow", "steps")


def check_legal(scope: Scope, findings: Findings, ways: Ways) -> None:
    """Check every end, and that what is only a 届出 is treated as one."""
    for number, step in enumerate(ways.workflow.steps):
        here: Location = (*HERE, number)
        _check_grounds(scope, findings, here, step)
        if step.end is None:
            continue
        if step.nature is None:
            findings.add(
                here,
                "no_nature",
                f"終わりの工程「{step.id}」に、法的な性質（nature）を書いてください。",
                f"Say under “nature” what the end “{step.id}” is in law.",
            )
        if step.end == "rejected" and step.nature == "notification":
            findings.add(
                (*here, "nature"),
                "notification_refused",
                "届出は、届いた時点で済んでいます（行政手続法 第37条）。却下（rejected）では終えられません。",
                "A 届出 is complete on arrival (行政手続法 第37条) and cannot end as rejected.",
            )
        if is_refusal(step):
            _check_refusal(scope, findings, here, step, ways)
    if is_filing(scope.kata) and scope.kata.standard_period is not None:
        findings.add(
            ("kata", "standard_period"),
            "filing_period",
            "標準処理期間は、申請のためのものです（行政手続法 第6条）。届出だけの手続には書けません。",
            "A standard period belongs to applications (行政手続法 第6条), not to a procedure that is a 届出.",
        )


def _check_grounds(scope: Scope, findings: Findings, here: Location, step: WorkStep) -> None:
    tables = [decision.id for decision in scope.kata.decisions]
    for place, name in enumerate(step.grounds):
        if name not in tables:
            findings.unknown((*here, "grounds", place), "判定表", "table", name, tables)


def _check_refusal(scope: Scope, findings: Findings, here: Location, step: WorkStep, ways: Ways) -> None:
    bodies = [notice.body for notice in scope.kata.notices if notice.id in step.notify]
    told = [set(merge_fields(body)) for body in bodies]
    if not any(REASON_FIELD in fields for fields in told):
        findings.add(
            here,
            "refusal_reason",
            f"処分「{step.id}」の通知に、理由（«理由»）がありません（行政手続法 第8条）。",
            f"No notice of the refusal “{step.id}” gives the reason («理由»; 行政手続法 第8条).",
        )
    if not any(APPEAL in fields or fields >= OWN_WORDS for fields in told):
        findings.add(
            here,
            "refusal_appeal",
            f"処分「{step.id}」の通知に、教示（«教示»、または«審査請求先»と«訴訟の被告»）がありません（行政不服審査法 第82条）。",
            f"No notice of the refusal “{step.id}” says how to appeal («教示», or both «審査請求先» and «訴訟の被告»; "
            "行政不服審査法 第82条).",
        )
    if not step.grounds and step.id in reach(_without_reason(ways), [ways.workflow.start]):
        findings.add(
            here,
            "unreasoned",
            f"だれも理由を書かずに、処分「{step.id}」に着けます。操作に needs_note: true を書くか、grounds に判定表を書いてください。",
            f"The refusal “{step.id}” can be reached without a written reason. Give an action “needs_note”, or name "
            "tables under “grounds”.",
        )


def _without_reason(ways: Ways) -> dict[str, set[str]]:
    """The arrows along which nobody must write, apart from those that a condition guards."""
    free: dict[str, set[str]] = {}
    for name, step in ways.steps.items():
        guarded = {action.id for action in step.actions if action.when is not None}
        open_arrows = {
            action.to for action in step.actions if not action.needs_note and action.id not in guarded
        }
        free[name] = (open_arrows | set(step.parallel)) & ways.steps.keys()
    return free
