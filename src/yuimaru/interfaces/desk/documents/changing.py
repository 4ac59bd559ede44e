"""Changing a document without a new file, withdrawing it, sharing it, and using or not using what is shared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yuimaru.foundation.people.models import Section
from yuimaru.foundation.people.queries import list_sections, section_named
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, require
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.days import read_day
from yuimaru.interfaces.desk.documents import seeing, showing
from yuimaru.interfaces.desk.documents.words import AUDIENCES, Choice
from yuimaru.interfaces.desk.standing import Standing, official
from yuimaru.services.knowledge import actions
from yuimaru.services.knowledge.queries import Document, labels_of
from yuimaru.services.knowledge.rules.life import Unfit

FIELDS = ("section", "audience", "label", "valid_from", "valid_to")


@require_http_methods(["GET", "HEAD", "POST"])
@official
def change(request: HttpRequest, standing: Standing, document_id: UUID) -> HttpResponse:
    """The facts of a document in a form."""
    document = _own(standing, document_id)
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    unfit: Unfit | None = None
    if request.method == "POST":
        try:
            actions.change_document(
                document_id=document.pk,
                terms=read_terms(typed, first=document.valid_from),
                by=standing.actor,
                at=standing.at,
            )
        except Unfit as refused:
            unfit = refused
        else:
            return shell.see_other("desk:document", document.pk)
    else:
        typed = {
            "section": document.section.name if document.section else "",
            "audience": document.audience,
            "label": document.label,
            "valid_from": document.valid_from.isoformat(),
            "valid_to": document.valid_to.isoformat() if document.valid_to else "",
        }
    context = (
        shell.around(standing, here="documents") | {"document": document} | fields(standing, typed, unfit)
    )
    return render(request, "desk/documents/change.html", context, status=422 if unfit else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@official
def withdraw(request: HttpRequest, standing: Standing, document_id: UUID) -> HttpResponse:
    """Withdraw a document, once that is confirmed."""
    document = _own(standing, document_id)
    unsure = request.method == "POST" and request.POST.get("sure") != "yes"
    if request.method == "POST" and not unsure:
        actions.withdraw(document_id=document.pk, by=standing.actor, at=standing.at)
        return shell.see_other("desk:document", document.pk)
    context = shell.around(standing, here="documents") | {
        "document": document,
        "unsure": unsure,
        "members": standing.organisation.members.count() if document.is_shared else 0,
    }
    return render(request, "desk/documents/withdraw.html", context, status=422 if unsure else 200)


@require_POST
@official
def share(request: HttpRequest, standing: Standing, document_id: UUID) -> HttpResponse:
    """Share a document with the members, or stop that."""
    document = _own(standing, document_id)
    is_on = request.POST.get("share") == "yes"
    try:
        actions.share(document_id=document.pk, on=is_on, by=standing.actor, at=standing.at)
    except Unfit as unfit:
        return showing.show(request, standing, document, status=422, problem=in_words(unfit), target="share")
    return shell.see_other("desk:document", document.pk, anchor="#share")


@require_POST
@official
def use(request: HttpRequest, standing: Standing, document_id: UUID) -> HttpResponse:
    """Decline an inherited document with a reason, or use it again."""
    document = seeing.get_visible(standing, document_id)
    owner, by, at = standing.organisation, standing.actor, standing.at
    try:
        if request.POST.get("use") == "yes":
            actions.use_again(owner=owner, document_id=document.pk, by=by, at=at)
        else:
            reason = request.POST.get("reason", "")
            actions.decline(owner=owner, document_id=document.pk, reason=reason, by=by, at=at)
    except Unfit as unfit:
        return showing.show(request, standing, document, status=422, problem=in_words(unfit), target="reason")
    return shell.see_other("desk:document", document.pk, anchor="#use")


def fields(standing: Standing, typed: Mapping[str, str], unfit: Unfit | None) -> dict[str, object]:
    """What the fields of a document's facts need: what was typed, what can be chosen, and what is wrong."""
    return {
        "typed": typed,
        "sections": [
            Choice(one.name, one.name, one.name == typed["section"])
            for one in list_sections().filter(owner=standing.organisation)
        ],
        "audiences": [
            Choice(value, word, value == (typed["audience"] or "public")) for value, word in AUDIENCES.items()
        ],
        "labels": [
            Choice(one.name, f"{one.name}{_allows(one.widest)}", one.name == typed["label"])
            for one in labels_of(standing.organisation)
        ],
        "wrong": unfit.field if unfit else "",
        "error": in_words(unfit) if unfit else "",
    }


def read_terms(typed: Mapping[str, str], *, first: date) -> actions.DocumentTerms:
    """The facts as they were typed; raises Unfit."""
    if typed["audience"] not in AUDIENCES:
        raise Unfit("audience", "公開範囲を選んでください。", "Choose the audience.")
    return actions.DocumentTerms(
        section=read_section(typed["section"]),
        audience=typed["audience"],
        label=typed["label"],
        valid_from=_day(typed["valid_from"], "valid_from") or first,
        valid_to=_day(typed["valid_to"], "valid_to"),
    )


def read_section(name: str) -> Section | None:
    """The section that was chosen, if one was; raises Unfit."""
    section = section_named(name) if name else None
    if name and section is None:
        raise Unfit("section", "所属を一覧から選んでください。", "Choose a section of the list.")
    return section


def in_words(unfit: Unfit) -> str:
    """Why something was refused, in the language of the page."""
    return unfit.message if get_language() == "ja" else unfit.message_en


def _allows(widest: str) -> str:
    return _(" (at most: %(audience)s)") % {"audience": AUDIENCES[widest]}


def _day(typed: str, field: str) -> date | None:
    day = read_day(typed) if typed else None
    if typed and day is None:
        raise Unfit(
            "valid_from" if field == "valid_from" else "valid_to",
            "日付を8桁の数字で入力してください。例: 20270331",
            "Enter the day as eight digits, for example 20270331.",
        )
    return day


def _own(standing: Standing, document_id: UUID) -> Document:
    """A document of the own organisation that is in force, for somebody who may change it."""
    document = seeing.get_visible(standing, document_id)
    if document.owner_id != standing.organisation.pk:
        raise NotVisible(str(document_id))
    require(standing.actor, Verb.MANAGE_DOCUMENTS, document.owner_id)
    if document.superseded_at is not None or document.withdrawn_at is not None:
        raise NotVisible(str(document_id))
    return document
