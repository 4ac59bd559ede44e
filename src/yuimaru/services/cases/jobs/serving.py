"""What the machine does at its steps, and what it takes back from the cases it has called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from yuimaru.core.kata.models import ServiceKind
from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions
from yuimaru.services.cases.models import Task
from yuimaru.services.cases.ports import NotDone, StepKind, Work


def serve(payload: Mapping[str, Any], run: Run) -> None:
    """Try one step of the machine, or open the case that a step calls."""
    by = Actor.system(Organisation.objects.get(pk=run.owner_id))
    task_id = UUID(payload["task"])
    with scope(by):
        task = Task.objects.filter(pk=task_id).select_related("case__submission__key", "owner").first()
        if task is None or task.done_at is not None:
            return
        if task.waits_for == Task.Waits.CASE:
            actions.call(task_id=task_id, by=by, at=run.at)
        else:
            _attempt(task, by, run)


def returned(payload: Mapping[str, Any], run: Run) -> None:
    """Let a case go on whose called case has ended."""
    by = Actor.system(Organisation.objects.get(pk=run.owner_id))
    with scope(by):
        actions.take_back(case_id=UUID(payload["case"]), by=by, at=run.at)


def _attempt(task: Task, by: Actor, run: Run) -> None:
    service = actions.service_of(task)
    kind = step_kind(service.kind)
    is_done = kind.is_done(Work(task.pk, service, by, run.at))
    begun = actions.begin_attempt(task_id=task.pk, is_done=is_done, by=by, at=run.at)
    if begun is None:
        return
    failure: NotDone | None = None
    try:
        kind.carry_out(begun.work)
    except NotDone as refusal:
        failure = refusal
    actions.settle(begun, failure, at=run.at)


def step_kind(name: ServiceKind) -> StepKind:
    """The step kind of a name, as `settings.STEP_KINDS` has it."""
    kind: StepKind = import_string(settings.STEP_KINDS[name])()
    return kind
