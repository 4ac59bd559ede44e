"""Registering organisations; giving and ending mandates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from yuimaru.core.japan import codes
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate, Organisation
from yuimaru.foundation.tenancy.rules import Forbidden, Verb, refuse_deciding_steps, require

Facts = Mapping[str, str | int | None]


class InvalidCode(ValueError):
    """A code whose check digit or length is wrong."""


@transaction.atomic
def register(
    *,
    code: str,
    kind: str,
    name: str,
    at: datetime,
    parent: Organisation | None = None,
    facts: Facts | None = None,
    is_public: bool = True,
    by: Actor | None = None,
) -> tuple[Organisation, bool]:
    """Register an organisation by its code; returns it and whether it is new (the same code twice is one).

    `facts` may hold name_en, kana, population, postal_code, address, phone, hours, hours_en, closing_days,
    own_closing_days, theme.
    `by` is who starts a municipality for its consortium; otherwise the installation does. Raises InvalidCode.
    """
    if len(code) == 6 and not codes.is_municipality_code(code):
        raise InvalidCode(code)
    if len(code) == 13 and not codes.is_corporate_number(code):
        raise InvalidCode(code)
    if len(code) not in (6, 13):
        raise InvalidCode(code)
    organisation, created = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "kind": kind,
            "name": name,
            "parent": parent,
            "is_public": is_public,
            "created_at": at,
            **(facts or {}),
        },
    )
    if created:
        record(
            "organisation.registered",
            owner_id=organisation.pk,
            owner=code,
            by=(by or Actor.system(organisation)).ref,
            at=at,
            about=f"organisation:{code}",
            data={"kind": kind, "parent": parent.code if parent else None},
        )
    return organisation, created


@transaction.atomic
def change_facts(*, owner: Organisation, facts: Facts, by: Actor, at: datetime) -> bool:
    """Change what an organisation says of itself (the names of `register`'s facts, and name); whether any differed."""
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    changed = sorted(name for name, value in facts.items() if getattr(owner, name) != value)
    if changed:
        for name in changed:
            setattr(owner, name, facts[name])
        owner.save(update_fields=changed)
        _record_own("organisation.changed", owner, by=by, at=at, facts=changed)
    return bool(changed)


@transaction.atomic
def open_portal(*, owner: Organisation, by: Actor, at: datetime) -> bool:
    """Let residents in; whether they were not let in before."""
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    opened = Organisation.objects.filter(pk=owner.pk, is_public=False).update(is_public=True) == 1
    owner.is_public = True
    if opened:
        _record_own("portal.opened", owner, by=by, at=at)
    return opened


@transaction.atomic
def give_mandate(
    *,
    owner: Organisation,
    taker: Organisation,
    title: str,
    number: str,
    legal_form: str,
    kata: str,
    steps: list[str],
    deciding_steps: list[str],
    fields: list[str],
    masked: list[str],
    valid_from: date,
    valid_to: date | None,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Let another organisation do these steps. `deciding_steps` are those of the kata that make a disposition.

    :raises Forbidden: a private contractor would decide, or the taker is a contractor under a public form.
    """
    require(by, Verb.MANAGE_ORGANISATION, owner.pk)
    refuse_deciding_steps(legal_form, steps, deciding_steps)
    if taker.kind == Organisation.Kind.OPERATOR and legal_form != Mandate.LegalForm.OUTSOURCING:
        raise Forbidden(
            "民間の受託者との定めは「民間委託」だけです。", "A firm can only take outsourced work."
        )
    mandate = Mandate.objects.create(
        owner=owner,
        taker=taker,
        title=title,
        number=number,
        legal_form=legal_form,
        kata=kata,
        steps=steps,
        fields=fields,
        masked=masked,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _record_mandate("mandate.given", mandate, by=by, at=at)
    return mandate


@transaction.atomic
def revoke_mandate(*, mandate: Mandate, by: Actor, at: datetime) -> None:
    """End a mandate at once: the next request of the taker already finds nothing."""
    require(by, Verb.MANAGE_ORGANISATION, mandate.owner_id)
    mandate.revoked_at = at
    mandate.save(update_fields=["revoked_at"])
    _record_mandate("mandate.revoked", mandate, by=by, at=at)


def _record_own(kind: str, owner: Organisation, *, by: Actor, at: datetime, **data: list[str]) -> None:
    about = f"organisation:{owner.code}"
    record(kind, owner_id=owner.pk, owner=owner.code, by=by.ref, at=at, about=about, data=data)


def _record_mandate(kind: str, mandate: Mandate, *, by: Actor, at: datetime) -> None:
    """Both sides keep the act in their own log; always in one order, so that two such acts cannot block each other."""
    for organisation in sorted((mandate.owner, mandate.taker), key=lambda side: side.pk):
        record(
            kind,
            owner_id=organisation.pk,
            owner=organisation.code,
            by=by.ref,
            at=at,
            about=f"mandate:{mandate.pk}",
            data={
                "from": mandate.owner.code,
                "to": mandate.taker.code,
                "kata": mandate.kata,
                "steps": list(mandate.steps),
                "fields": list(mandate.fields),
                "masked": list(mandate.masked),
            },
        )
