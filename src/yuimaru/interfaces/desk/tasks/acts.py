"""What can be done with a task now, and when nothing can, why not."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yuimaru.core.kata import workflow
from yuimaru.core.kata.models import Action
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.rules import Forbidden, Verb, require
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.interfaces.desk.tasks.filling import NOTHING_FILLED, Filled
from yuimaru.interfaces.desk.titles import offered_title, step_title
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.cases import rules
from yuimaru.services.cases.queries import Access, done_by_step, facts_of


@dataclass(frozen=True)
class Typed:
    """What somebody typed before the page came back: act, note and form; the item to reveal, its purpose."""

    action: str = ""
    note: str = ""
    item: str = ""
    purpose: str = ""
    filled: Filled = NOTHING_FILLED


@dataclass(frozen=True)
class Act:
    """One button of the action bar; `is_open` shows the field for its note at once."""

    id: str
    title: str
    weight: str
    needs_note: bool
    note: str
    is_open: bool


@dataclass(frozen=True)
class Acts:
    """The action bar; `why` says in words why the acts are closed."""

    acts: list[Act]
    why: str
    can_take: bool
    can_give_back: bool

    @property
    def notes(self) -> list[Act]:
        return [act for act in self.acts if act.needs_note]


def acts(opened: Access, standing: Standing, typed: Typed, lang: str) -> Acts:
    """The acts of the step as this person finds them; who may is decided by the service, here it is foretold."""
    task = opened.task
    if task.done_at is not None:
        return Acts([], "", can_take=False, can_give_back=False)
    if task.waits_for == task.Waits.APPLICANT:
        return Acts([], _("The applicant has been asked to correct it."), can_take=False, can_give_back=False)
    if task.waits_for == task.Waits.MACHINE:
        return Acts(
            [], _("The machine does this step. Nobody has to act."), can_take=False, can_give_back=False
        )
    if task.waits_for == task.Waits.CASE:
        why = _("This step goes on when the case of the other procedure has ended.")
        return Acts([], why, can_take=False, can_give_back=False)
    if opened.program.work_step(task.step).approval is not None:  # its own bar: desk.approvals.sheet
        is_draft = task.waits_for == task.Waits.DRAFT
        mine, free = task.taken_by_id == standing.actor.user_id, task.taken_by_id is None
        return Acts([], "", can_take=is_draft and free, can_give_back=is_draft and mine)
    why = _why_not(opened, standing.actor, lang)
    is_mine = task.taken_by_id == standing.actor.user_id
    return Acts(
        [_act(opened, one, typed, lang) for one in _offered(opened)],
        why,
        can_take=not why and task.taken_by_id is None,
        can_give_back=is_mine,
    )


def _offered(opened: Access) -> list[Action]:
    facts = facts_of(opened.program, opened.task.case)
    offered = workflow.actions(opened.program, opened.task.step, facts)
    order = {"main": 0, "other": 1, "stop": 2}
    return sorted(offered, key=lambda one: order[one.weight])


def _act(opened: Access, one: Action, typed: Typed, lang: str) -> Act:
    is_typed = typed.action == one.id
    return Act(
        id=one.id,
        title=offered_title(opened.program, opened.task.step, one, lang),
        weight=one.weight,
        needs_note=one.needs_note,
        note=typed.note if is_typed else "",
        is_open=is_typed,
    )


def _why_not(opened: Access, actor: Actor, lang: str) -> str:
    """The refusal that an act would meet, in words; empty when the way is free."""
    task, mandate = opened.task, opened.mandate
    if task.taken_by is not None and task.taken_by_id != actor.user_id:
        return _("%(name)s is working on this task.") % {"name": said(task.taken_by, "name")}
    step = workflow.step(opened.program, task.step)
    earlier = step_title(opened.program, step.not_by, lang) if step.not_by else ""
    verb = Verb.DECIDE if task.decides and mandate is None else Verb.WORK_ON_TASKS
    try:
        rules.require_may_decide(task.decides, mandate.legal_form if mandate else None)
        require(actor, verb, task.owner_id, mandated=mandate is not None)
        rules.require_other_person(
            not_by=step.not_by,
            done_by=done_by_step(task.case),
            actor=actor.user_id,
            step_title=earlier,
        )
    except Forbidden as refusal:
        return refusal.reason_en if lang == "en" else refusal.reason
    return ""
