"""案件移行: running cases go on under the definition that is in use today, one by one, as previewed or not at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.core.kata import workflow
from yuimaru.core.kata.moves import Preview, Reason, renamed_branch
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.services.cases import events, rules
from yuimaru.services.cases.actions import moving
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.cases.queries import lock_case
from yuimaru.services.cases.queries.moves import Looked, case_to_move, look_at, movable
from yuimaru.services.catalogue.models import Adoption
from yuimaru.services.catalogue.queries import adoption_on, running
from yuimaru.services.procedures.models import Draft

Result = Literal["moved", "already", "stale", "refused", "unknown"]


@dataclass(frozen=True)
class Moved:
    """What came of moving one case: `stale` when it is not as it was previewed."""

    case_id: UUID
    number: str
    result: Result
    reasons: tuple[Reason, ...] = ()


@transaction.atomic
def preview_moves(
    *,
    owner: Organisation,
    kata: str,
    by: Actor,
    at: datetime,
    steps: Mapping[str, str],
    numbers: Collection[str] = (),
    most: int | None = None,
) -> list[Looked]:
    """Look at what a move to the definition in use would do, oldest case first; the log keeps whose cases were.

    :raises NotVisible: the municipality does not use such a kata.
    :raises Forbidden: only who manages adoptions may move cases.
    """
    require(by, Verb.MANAGE_ADOPTIONS, owner.pk)
    on = localdate(at)
    to = _in_use(owner, kata, at).definition_id
    cases = list(movable(owner, kata, to, by=by, on=on, numbers=numbers)[:most])
    looked = look_at(owner, cases, to, steps, on=on)
    if cases:
        record(
            events.PREVIEWED,
            owner_id=owner.pk,
            owner=owner.code,
            by=by.ref,
            at=at,
            about=f"kata:{kata}",
            data={"to": to, "cases": [str(case.pk) for case in cases]},
        )
    return looked


def move_cases(
    *,
    owner: Organisation,
    kata: str,
    chosen: Mapping[UUID, str],
    steps: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> list[Moved]:
    """Move chosen cases, each with the digest of its preview and in a commit of its own.

    A case that moved before is left alone; one that changed since its preview is not touched.

    :raises NotVisible, Forbidden: see `preview_moves`.
    """
    require(by, Verb.MANAGE_ADOPTIONS, owner.pk)
    to = _in_use(owner, kata, at).definition_id
    return [
        _move(owner, kata, case_id, digest, to, steps, by=by, at=at) for case_id, digest in chosen.items()
    ]


@transaction.atomic
def _move(
    owner: Organisation,
    kata: str,
    case_id: UUID,
    digest: str,
    to: str,
    steps: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> Moved:
    lock_case(case_id)
    on = localdate(at)
    case = case_to_move(owner, kata, case_id, by=by, on=on)
    if case is None:
        return Moved(case_id, "", "unknown")
    if case.definition_id == to:
        return Moved(case_id, case.number, "already")
    (looked,) = look_at(owner, [case], to, steps, on=on)
    if looked.digest != digest:
        return Moved(case_id, case.number, "stale")
    if not looked.preview.ok:
        return Moved(case_id, case.number, "refused", looked.preview.reasons)
    _carry_over(case, to, looked.preview, steps, by=by, at=at)
    return Moved(case_id, case.number, "moved")


def _carry_over(
    case: Case, to: str, preview: Preview, steps: Mapping[str, str], *, by: Actor, at: datetime
) -> None:
    """Put the case, its tasks and a correction under way onto the new definition; nothing else about them changes."""
    came_from = case.definition_id
    _rename(case, to, preview, steps)
    case.definition_id, case.step = to, steps.get(case.step, case.step)
    case.due_on = preview.due
    case.save(update_fields=["definition", "step", "due_on"])
    Draft.objects.filter(corrects=case.submission).update(definition_id=to)
    record(
        events.MIGRATED,
        owner_id=case.owner_id,
        owner=case.owner.code,
        by=by.ref,
        at=at,
        about=f"case:{case.pk}",
        data={
            "number": case.number,
            "from": came_from,
            "to": to,
            "steps": [f"{old}={new}" for old, new in sorted(steps.items())],
        },
    )


def _rename(case: Case, to: str, preview: Preview, steps: Mapping[str, str]) -> None:
    """Tasks go by the new names; what waits also gets what the new step says of it."""
    program = running(to)
    due = {(each.before.step, each.before.branch): each.due for each in preview.steps}
    for task in Task.objects.select_for_update(of=("self",)).filter(case=case):
        old = (task.step, rules.branch_of(task.branch))
        task.step = steps.get(task.step, task.step)
        task.branch = rules.branch_text(renamed_branch(old[1], steps))
        if task.done_at is None:
            step = workflow.step(program, task.step)
            if task.due_on != due[old]:
                task.due_on, task.escalated_at = due[old], None
            task.decides, task.stops_clock = step.decides, step.stops_clock
            task.waits_for = moving.waits_for(program, step)
        task.save(
            update_fields=[
                "step",
                "branch",
                "due_on",
                "escalated_at",
                "decides",
                "stops_clock",
                "waits_for",
            ]
        )


def _in_use(owner: Organisation, kata: str, at: datetime) -> Adoption:
    adoption = adoption_on(owner, kata, on=localdate(at))
    if adoption is None:
        raise NotVisible(kata)
    return adoption
