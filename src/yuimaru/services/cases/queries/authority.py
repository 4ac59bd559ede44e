"""処分庁: in whose name a case is decided, and to whom an appeal goes."""

from __future__ import annotations

from yuimaru.core.kata.legal import Authority, head_of
from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.models import Mandate, Organisation
from yuimaru.services.cases.models import Case, Task

GOVERNOR = {"ja": "都道府県知事", "en": "the Governor of the prefecture"}


def authority_of(
    program: Program, case: Case, lang: str, *, about_to: tuple[Organisation, str] | None = None
) -> Authority:
    """Who decided, or is `about_to` decide at a step. Under 事務の委託 that is the taker, in its own name; else the
    municipality, whoever worked for it.
    """
    body = _in_whose_name(case, *about_to) if about_to else _deciding_body(case)
    name = head_of(body.kind, _name(body, lang), lang)
    reviewer = _governor(body, lang) if program.kata.appeal == "governor" else name
    return Authority(name, _name(body, lang), reviewer)


def _deciding_body(case: Case) -> Organisation:
    decided = Task.objects.filter(case=case, decides=True).exclude(action="").select_related("done_for")
    last = decided.order_by("-done_at").first()
    if last is None or last.done_for is None:
        return case.owner
    return _in_whose_name(case, last.done_for, last.step)


def _in_whose_name(case: Case, body: Organisation, step: str) -> Organisation:
    if body.pk == case.owner_id:
        return case.owner
    in_own_name = Mandate.objects.filter(
        owner=case.owner,
        taker=body,
        kata=case.kata,
        legal_form=Mandate.LegalForm.DELEGATION,
    )
    return body if any(step in mandate.steps for mandate in in_own_name) else case.owner


def _governor(body: Organisation, lang: str) -> str:
    """The governor reviews what a mayor decides in 法定受託事務 (地方自治法第255条の2)."""
    over = body.parent
    if over is not None and over.kind == Organisation.Kind.PREFECTURE:
        return head_of(over.kind, _name(over, lang), lang)
    return GOVERNOR["ja" if lang == "ja" else "en"]


def _name(body: Organisation, lang: str) -> str:
    return body.name if lang == "ja" else body.name_en or body.name
