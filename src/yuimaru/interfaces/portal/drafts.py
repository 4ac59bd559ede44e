"""Which draft a browser is filling in: its id lives in the session, its answers, sealed, in `procedures`.

A slot is a kata for an application, a 受付番号 for the correction of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest

from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.services.procedures import queries
from yuimaru.services.procedures.rules import DRAFT_LIFE

DRAFTS = "drafts"
EARLIER = "earlier drafts"  # ids of drafts that this browser has begun before, and may have sent
CASES = "cases"
SALT = "portal.resume"


def _slot(municipality: Organisation, name: str) -> str:
    return f"{municipality.code}/{name}"


@dataclass(frozen=True)
class Begun:
    """A draft as the pages need it."""

    id: UUID
    kata: str
    program: Program
    answers: Mapping[str, Any]
    visited: tuple[str, ...]
    expires_at: datetime
    carried: Mapping[str, str]  # item → 受付番号 of the application it came from


def load(draft_id: UUID, *, at: datetime, corrects: UUID | None = None) -> Begun:
    """The draft with its program; raises NotVisible when it is gone."""
    draft = queries.get_draft(draft_id, at=at, corrects=corrects)
    program = queries.program_of(draft)
    return Begun(
        draft.pk,
        program.kata.kata,
        program,
        draft.answers,
        tuple(draft.visited),
        draft.expires_at,
        queries.carried_items(draft),
    )


def draft_id(request: HttpRequest, municipality: Organisation, name: str) -> UUID | None:
    """The id of the draft that this browser began, sent or not."""
    known = request.session.get(DRAFTS, {}).get(_slot(municipality, name))
    return UUID(known) if known else None


def current(
    request: HttpRequest,
    municipality: Organisation,
    name: str,
    *,
    at: datetime,
    corrects: UUID | None = None,
) -> Begun | None:
    """The draft that this browser is filling in, while it lives."""
    known = draft_id(request, municipality, name)
    if known is None:
        return None
    try:
        return load(known, at=at, corrects=corrects)
    except NotVisible:
        return None


def remember(request: HttpRequest, municipality: Organisation, name: str, draft: UUID) -> None:
    """Let this browser go on with a draft."""
    drafts, slot = request.session.get(DRAFTS, {}), _slot(municipality, name)
    if slot in drafts:
        request.session[EARLIER] = [*request.session.get(EARLIER, []), drafts[slot]]
    request.session[DRAFTS] = {**drafts, slot: str(draft)}


def resume_token(draft: UUID) -> str:
    """A signed word that opens the draft again on any device, for as long as drafts live."""
    return signing.dumps(str(draft), salt=SALT)


def resumed(token: str) -> UUID:
    """The draft of a resume word; raises NotVisible when it is forged or too old."""
    try:
        return UUID(signing.loads(token, salt=SALT, max_age=DRAFT_LIFE))
    except signing.BadSignature:
        raise NotVisible(token) from None


def open_case(request: HttpRequest, municipality: Organisation, number: str) -> None:
    """Let this browser see a receipt and its status: whoever sits there knows both numbers."""
    known = request.session.get(CASES, [])
    slot = _slot(municipality, number)
    if slot not in known:
        request.session[CASES] = [*known, slot]


def may_see_case(request: HttpRequest, municipality: Organisation, number: str) -> bool:
    """Whether this browser knew both numbers, or has itself sent the application.

    The latter is read from what was sent and not noted in the session: sending costs no further commit.
    """
    if _slot(municipality, number) in request.session.get(CASES, []):
        return True
    return sent_here(request, municipality, number)


def sent_here(request: HttpRequest, municipality: Organisation, number: str) -> bool:
    """Whether this browser itself has sent the application."""
    own = [*request.session.get(DRAFTS, {}).values(), *request.session.get(EARLIER, [])]
    return queries.was_sent_from(municipality, number, own)
