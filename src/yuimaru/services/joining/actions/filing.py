"""Joining from a file: everything it names is there afterwards, or nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.foundation.people import actions as people
from yuimaru.foundation.people.models import User
from yuimaru.foundation.people.queries import section_named
from yuimaru.foundation.tenancy import actions as tenancy
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.joining.actions.adding import (
    differs,
    settle_kata,
    settle_mandate,
    settle_person,
    settle_section,
)
from yuimaru.services.joining.queries import gaps
from yuimaru.services.joining.rules.crossing import crossed
from yuimaru.services.joining.rules.faults import Fault, Refused
from yuimaru.services.joining.rules.sheet import Body, Sheet
from yuimaru.services.knowledge.actions import Batch, Incoming, read, take_in
from yuimaru.services.knowledge.queries import list_documents

E = TypeVar("E")


@dataclass
class Counts:
    """How much of each part is new, and the secrets with which new people choose their first password."""

    municipality: int = 0
    sections: int = 0
    staff: int = 0
    kata: int = 0
    mandates: int = 0
    documents: int = 0
    public: int = 0
    invited: list[tuple[User, str]] = field(default_factory=list)


def join(*, sheet: Sheet, contents: Mapping[str, bytes], at: datetime) -> Counts:
    """Set up a municipality as its sheet says; `contents` are the files that its documents name.

    What is there already as the sheet says is left alone. Raises Refused with every fault, and then writes nothing.
    """
    if faults := crossed(sheet):
        raise Refused(faults)
    # Reading takes seconds, so it is done before the transaction.
    incoming = [
        Incoming(name=entry.file, content=contents[entry.file], title=entry.title)
        for entry in sheet.documents
    ]
    batch = read(incoming, known=_known_documents(sheet.municipality.code))
    with transaction.atomic():
        town, is_new = _body(sheet.municipality, at)
        with scope(Actor.system(town)):
            counts, faults = _fill(town, sheet, batch, at)
        if faults:
            raise Refused(faults)
    return replace(counts, municipality=int(is_new))


def _known_documents(code: str) -> dict[str, str]:
    try:
        town = get_organisation(code)
    except NotVisible:
        return {}
    with scope(Actor.system(town)):
        return dict(list_documents(town).values_list("name", "sha256"))


def _body(body: Body, at: datetime) -> tuple[Organisation, bool]:
    parent = _consortium(body.consortium)
    town, is_new = tenancy.register(
        code=body.code,
        kind=body.kind,
        name=body.name,
        parent=parent,
        facts=body.facts,
        is_public=False,
        at=at,
    )
    facts = {**body.facts, "name": body.name, "kind": body.kind}
    wrong = [name for name, value in facts.items() if getattr(town, name) != value]
    if town.parent_id != (parent.pk if parent else None):
        wrong.append("consortium")
    if wrong:
        raise Refused([differs("municipality", name) for name in wrong])
    return town, is_new


def _consortium(code: str | None) -> Organisation | None:
    if code is None:
        return None
    try:
        consortium = get_organisation(code)
    except NotVisible:
        consortium = None
    if consortium is None or consortium.kind != Organisation.Kind.CONSORTIUM:
        raise Refused([
            Fault(
                ("municipality", "consortium"),
                "unknown_consortium",
                f"「{code}」は共同利用団体として登録されていません。番号を確かめてください。",
                f"“{code}” is not registered as a consortium. Check the number.",
            )
        ])  # fmt: skip
    return consortium


def _fill(town: Organisation, sheet: Sheet, batch: Batch, at: datetime) -> tuple[Counts, list[Fault]]:
    """Settle every entry and gather all faults: the transaction around it takes everything back if there are any."""
    by = Actor.system(town)
    counts, faults = Counts(), _unreadable(sheet, batch)

    def settled(part: str, entries: Iterable[E], settle: Callable[[E], object]) -> int:
        made = 0
        for place, entry in enumerate(entries):
            try:
                made += bool(settle(entry))
            except Refused as refused:
                faults.extend(fault.under(part, place) for fault in refused.faults)
        return made

    def welcomed(user: User | None) -> bool:
        if user is not None:
            counts.invited.append((user, people.invite(owner=town, user=user, by=by, at=at)))
        return user is not None

    counts.sections = settled(
        "sections", sheet.sections, lambda entry: settle_section(owner=town, entry=entry, by=by, at=at)
    )
    counts.staff = settled(
        "staff", sheet.staff, lambda entry: welcomed(settle_person(owner=town, entry=entry, by=by, at=at))
    )
    counts.kata = settled(
        "kata", sheet.kata, lambda entry: settle_kata(owner=town, entry=entry, by=by, at=at)
    )
    broken = {fault.path[1] for fault in faults if fault.path[0] == "kata"}
    adopted = {entry.kata for place, entry in enumerate(sheet.kata) if place not in broken}
    counts.mandates = settled(
        "mandates",
        sheet.mandates,
        lambda entry: entry.kata in adopted and settle_mandate(owner=town, entry=entry, by=by, at=at),
    )
    if not faults:
        counts.documents = _documents(town, sheet, batch, by, at)
        counts.public = _opened(town, sheet, faults, by, at)
    return counts, faults


def _unreadable(sheet: Sheet, batch: Batch) -> list[Fault]:
    places = {entry.file: place for place, entry in enumerate(sheet.documents)}
    return [
        Fault(
            ("documents", places[turned.name], "file"),
            turned.refused.code,
            turned.refused.message_ja,
            turned.refused.message_en,
        )
        for turned in batch.refused
    ]


def _documents(town: Organisation, sheet: Sheet, batch: Batch, by: Actor, at: datetime) -> int:
    sections = {entry.file: section_named(entry.section) for entry in sheet.documents if entry.section}
    batch.readable = [(replace(item, section=sections.get(item.name)), told) for item, told in batch.readable]
    return len(take_in(owner=town, batch=batch, by=by, at=at).added)


def _opened(town: Organisation, sheet: Sheet, faults: list[Fault], by: Actor, at: datetime) -> int:
    if not sheet.public or town.is_public:
        return 0
    missing = [gap.code for gap in gaps(town, on=localdate(at)) if gap.is_needed]
    if missing:
        named = ", ".join(missing)
        faults.append(
            Fault(
                ("public",),
                "not_ready",
                f"公開の前に要るものが足りません（{named}）。書き足すか、public: false にしてください。",
                f"Something is missing before it can be public ({named}). Add it, or write public: false.",
            )
        )
        return 0
    return int(tenancy.open_portal(owner=town, by=by, at=at))
