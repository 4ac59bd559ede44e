"""取下げ: the applicant takes an application back, as long as nothing is decided about it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.services.cases import rules
from yuimaru.services.cases.actions import moving
from yuimaru.services.cases.models import Case
from yuimaru.services.cases.queries import lock_case, marking_of, program_of


class TooLate(Exception):
    """The case is decided or ended otherwise, or it is a 届出, which was done when it arrived."""


@transaction.atomic
def withdraw(*, case: Case, by: Actor, at: datetime) -> Case:
    """End the case as withdrawn; a second time changes nothing.

    :raises TooLate: it can no longer be withdrawn.
    """
    lock_case(case.pk)
    current = Case.objects.select_related("submission__key", "owner").get(pk=case.pk)
    if current.outcome == rules.WITHDRAWN:
        return current
    program = program_of(current)
    if current.closed_at is not None or not rules.may_withdraw(program.kata, marking_of(current)):
        raise TooLate(current.number)
    moving.withdraw(program=program, case=current, by=by, at=at)
    return current
