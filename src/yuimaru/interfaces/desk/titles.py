"""What steps, acts and mandates are called at the desk, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from yuimaru.core.kata.models import Action
from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.services.cases.rules import branch_of


def step_title(program: Program, step: str, lang: str) -> str:
    """A step of the workflow."""
    return program.text(f"workflow.{step}.title", program.work_step(step).title, lang)


def task_title(program: Program, step: str, branch: str, lang: str) -> str:
    """The step of a task; work that is done for each member of a group also says for which."""
    title = step_title(program, step, lang)
    for fork, number in branch_of(branch):
        group = program.work_step(fork).each
        if group is not None:
            counter = _counter(program, group)
            title += _(" (number %(number)s)") % {"number": number + 1, "counter": counter}
    return title


def _counter(program: Program, group: str) -> str:
    steps = (step for form in program.kata.forms for step in form.steps)
    return next(step.repeat.counter for step in steps if step.repeat and step.repeat.id == group)


def action_title(program: Program, step: str, action: str, lang: str) -> str:
    """What stands on the button of an act; an act without a title is called by its id."""
    found = next((one for one in program.work_step(step).actions if one.id == action), None)
    return offered_title(program, step, found, lang) if found else action


def offered_title(program: Program, step: str, action: Action, lang: str) -> str:
    """What stands on the button of an act that is offered now: of several with one id its own title."""
    return program.text(f"workflow.{step}.actions.{action.id}.title", action.title or action.id, lang)


def mandate_title(mandate: Mandate) -> str:
    """A mandate by its legal form and number: 「民間委託 第12号」."""
    forms = {
        Mandate.LegalForm.OUTSOURCING: _("Outsourcing contract"),
        Mandate.LegalForm.DELEGATION: _("Delegation of affairs"),
        Mandate.LegalForm.SUBSTITUTION: _("Execution on behalf"),
        Mandate.LegalForm.JOINT_ORGAN: _("Joint organ"),
    }
    return f"{forms[Mandate.LegalForm(mandate.legal_form)]} {mandate.number}"
