"""Step 4: letting a joint desk or a firm do steps of an adopted kata."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.program import Program
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.foundation.tenancy.queries import list_takers, live_mandates_of
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.joining import frame
from yuimaru.interfaces.desk.joining.questions import (
    Option,
    Question,
    Values,
    attempt,
    given,
    group,
    sentence,
    summary,
    typed,
)
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.interfaces.desk.titles import step_title
from yuimaru.interfaces.look.templatetags.look import said
from yuimaru.services.catalogue.queries import get_adopted, list_adopted
from yuimaru.services.joining import actions
from yuimaru.services.joining.queries import Stage, joint_steps
from yuimaru.services.joining.rules.faults import Fault
from yuimaru.services.joining.rules.sheet import MandateEntry

FORMS = (
    Option("outsourcing", gettext_lazy("Outsourcing"), gettext_lazy("outsourcing words")),
    Option("delegation", gettext_lazy("Delegation"), gettext_lazy("delegation words")),
    Option("substitution", gettext_lazy("Substitution"), gettext_lazy("substitution words")),
    Option("joint_organ", gettext_lazy("Joint organ"), gettext_lazy("joint organ words")),
)


@require_GET
@frame.of_a_municipality
def mandates(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What others do already, and which kata have steps that they could do."""
    lang, owner = get_language() or "ja", standing.organisation
    works = [each for each in list_adopted(owner, on=standing.on) if each.program.kata.workflow]
    titles = {each.kata_id: each.program.title(lang) for each in works}
    given_now = [
        {"mandate": mandate, "kata": titles.get(mandate.kata, mandate.kata)}
        for mandate in live_mandates_of(owner.pk, on=standing.on)
    ]
    return frame.page(request, standing, Stage.MANDATES, "mandates.html", given=given_now, katas=titles)


@require_http_methods(["GET", "POST"])
@frame.of_a_municipality
def mandate(request: HttpRequest, standing: Standing, kata: str) -> HttpResponse:
    """The terms of one mandate."""
    program = get_adopted(standing.organisation, kata, on=standing.on).program
    if program.kata.workflow is None:
        raise NotVisible(kata)
    asked = _questions(program, standing)
    values: Values = _proposed(program, standing)
    faults: list[Fault] = []
    if request.method == "POST":
        values = typed(asked, request.POST)
        settled, faults = attempt(lambda: _settle(kata, values, standing))
        if settled is not None:
            return shell.see_other("desk:joining_mandates")
    groups = [group("", asked, values, faults)]
    names = {each.name for each in asked}
    general = [fault for fault in faults if fault.path[:1] == () or fault.path[0] not in names]
    return frame.page(
        request,
        standing,
        Stage.MANDATES,
        "form.html",
        groups=groups,
        general=[sentence(fault) for fault in general],
        errors=summary(groups, general),
        lead=_("What may be done for you in %(kata)s, by whom, and what they see.")
        % {"kata": program.title(get_language() or "ja")},
        submit=_("Give this mandate"),
    )


def _questions(program: Program, standing: Standing) -> tuple[Question, ...]:
    lang = get_language() or "ja"
    takers = tuple(Option(each.code, said(each, "name")) for each in list_takers(standing.organisation))
    items = tuple(_items(program, lang))
    return (
        Question("taker", _("Who does it"), type="select", options=takers),
        Question("title", _("Subject"), max_length=100),
        Question("number", _("Number of the contract or agreement"), max_length=40),
        Question("form", _("Legal form"), type="choice", options=FORMS),
        Question("steps", _("Steps that they do"), type="choices", options=tuple(_steps(program, lang))),
        Question("fields", _("Items that they see"), _("mandate items words"), type="choices", options=items),
        Question(
            "masked",
            _("Items that stay hidden until a purpose is written"),
            required=False,
            type="choices",
            options=items,
        ),
        Question("to", _("Last day"), _("last day words"), required=False, max_length=10),
    )


def _steps(program: Program, lang: str) -> Iterator[Option]:
    roles = {role.id for role in program.kata.roles}
    for step in _work_steps(program):
        if step.by in roles:
            hint = _("A decision: a private firm never makes it.") if step.decides else ""
            yield Option(step.id, step_title(program, step.id, lang), hint)


def _items(program: Program, lang: str) -> Iterator[Option]:
    form = program.applicant_form
    for step in form.steps:
        if step.repeat is not None:
            yield Option(step.repeat.id, program.text(f"forms.{form.id}.{step.id}.title", step.title, lang))
            continue
        for item in step.items:
            if item.asks and item.type not in ("consent", "individual_number"):
                yield Option(item.id, program.item_text(form.id, step.id, item, "label", lang))


def _proposed(program: Program, standing: Standing) -> dict[str, str | list[str]]:
    """What the kata foresees: its joint steps, and the items that these need."""
    joint = joint_steps(program.kata)
    named = {item for step in _work_steps(program) if step.id in joint for item in step.sees}
    known = [option.value for option in _items(program, "ja")]
    subject = _("%(kata)s: joint processing") % {"kata": program.title(get_language() or "ja")}
    return {
        "title": subject,
        "form": Mandate.LegalForm.OUTSOURCING.value,
        "steps": list(joint),
        "fields": [item for item in known if item in named],
        "masked": [],
    }


def _work_steps(program: Program) -> list[WorkStep]:
    return program.kata.workflow.steps if program.kata.workflow else []


def _settle(kata: str, values: Values, standing: Standing) -> bool:
    entry = MandateEntry.model_validate({"kata": kata, **given(values)})
    return actions.settle_mandate(owner=standing.organisation, entry=entry, by=standing.actor, at=standing.at)
