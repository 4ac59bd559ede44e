"""Checks of what stands at the top of a kata: parameters, periods, roles, its kind."""

from __future__ import annotations

from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.check.scope import Scope
from yuimaru.core.kata.expressions import Type
from yuimaru.core.kata.models import Param, Period
from yuimaru.core.kata.source import Location
from yuimaru.core.kata.workflow import APPLICANT

_DAYS = Type("number", whole=True)
_PARAM_TYPES: dict[str, type] = {"text": str, "int": int, "yesno": bool}


def check_kata(scope: Scope, findings: Findings) -> None:
    """Check what belongs to no form, table or workflow."""
    kata = scope.kata
    for number, param in enumerate(kata.params):
        _check_param(findings, ("kata", "params", number), param)
    findings.distinct(("kata", "roles"), (role.id for role in kata.roles), "役割", "role")
    for number, role in enumerate(kata.roles):
        if role.id == APPLICANT:
            findings.add(
                ("kata", "roles", number),
                "role_built_in",
                "「申請者」は初めからある役割です。roles には書きません。",
                "The role 申請者 is built in. Do not list it under roles.",
            )
    for word in ("filing_period", "standard_period", "target"):
        period = getattr(kata, word)
        if period is not None:
            check_period(findings, ("kata", word), period, scope.facts)
    if kata.kind != "self_check" and kata.workflow is None:
        findings.add(
            ("kata", "kata"),
            "no_workflow",
            "手続には処理の流れ（workflow）が必要です。セルフチェックなら kind: self_check と書いてください。",
            "A procedure needs a workflow. For a self-check write “kind: self_check”.",
        )
    if kata.kind == "self_check" and kata.workflow is not None:
        findings.add(
            ("kata", "workflow"),
            "self_check_workflow",
            "セルフチェックに処理の流れ（workflow）は書けません。",
            "A self-check has no workflow.",
        )


def check_period(findings: Findings, here: Location, period: Period, known: dict[str, Type]) -> None:
    """Check the length of a period and the date it counts from."""
    if isinstance(period.days, str):
        findings.expression((*here, "days"), period.days, known, _DAYS)
    elif not 0 <= period.days <= 3650:
        findings.add(
            (*here, "days"),
            "days",
            "日数は0から3650までにしてください。",
            "The number of days must be from 0 to 3650.",
        )
    if period.after is not None and known.get(period.after, _DAYS).kind != "date":
        dates = [name for name, of in known.items() if of.kind == "date"]
        findings.unknown((*here, "after"), "日付の項目", "date item", period.after, dates)


def _check_param(findings: Findings, here: Location, param: Param) -> None:
    value = param.default
    if type(value) is not _PARAM_TYPES[param.type]:
        findings.add(
            (*here, "default"),
            "param_type",
            f"初期値「{value}」は、種類 {param.type} に合いません。",
            f"The default “{value}” does not fit the type {param.type}.",
        )
    elif isinstance(value, int) and not isinstance(value, bool):
        low, high = param.min, param.max
        if (low is not None and value < low) or (high is not None and value > high):
            findings.add(
                (*here, "default"),
                "param_range",
                f"初期値「{value}」が min から max の範囲にありません。",
                f"The default “{value}” is not between min and max.",
            )
