"""Settling one entry: what is not there is made, what is there as it should be is left, what differs is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.timezone import localdate

from yuimaru.core.kata.models import Cell, Package
from yuimaru.core.kata.overlays import NoSuchPlace
from yuimaru.core.kata.problems import KataErrors
from yuimaru.foundation.people import actions as people
from yuimaru.foundation.people import queries as people_queries
from yuimaru.foundation.people.models import User
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.models import Mandate, Organisation
from yuimaru.foundation.tenancy.queries import list_takers, live_mandates_of
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.services.catalogue import actions as catalogue
from yuimaru.services.catalogue import queries as catalogue_queries
from yuimaru.services.catalogue import rules as catalogue_rules
from yuimaru.services.catalogue.models import Adoption
from yuimaru.services.joining.rules.faults import Fault, Refused
from yuimaru.services.joining.rules.sheet import ALL, KataEntry, MandateEntry, SectionEntry, StaffEntry

LOGIN_TAKEN = Fault(
    ("login",),
    "login_taken",
    "このサインイン名はもう使われています。ほかの名前にしてください。",
    "This sign-in name is taken. Choose another one.",
)


def differs(*path: str) -> Fault:
    """What stands in the file is registered already, but otherwise."""
    return Fault(
        path,
        "differs",
        "違う内容で登録されています。ファイルでは上書きしません。画面で変更するか、ファイルを登録に合わせてください。",
        "It is registered otherwise, and a file overwrites nothing. Change it on the screen, or mend the file.",
    )


def settle_section(*, owner: Organisation, entry: SectionEntry, by: Actor, at: datetime) -> bool:
    """Add a section; whether it was added. Raises Refused."""
    facts = entry.model_dump(exclude={"general", "name"})
    known = people_queries.section_named(entry.name)
    if known is None:
        people.create_section(owner=owner, name=entry.name, is_general=entry.general, by=by, at=at, **facts)
        return True
    wrong = [name for name, value in facts.items() if getattr(known, name) != value]
    if known.is_general != entry.general:
        wrong.append("general")
    if wrong:
        raise Refused([differs(name) for name in wrong])
    return False


def settle_person(*, owner: Organisation, entry: StaffEntry, by: Actor, at: datetime) -> User | None:
    """Bring somebody in; the person when they are new. Raises Refused."""
    section = people_queries.section_named(entry.section)
    if section is None:
        raise NotVisible(entry.section)
    try:
        return people.employ(
            section=section,
            title=entry.post,
            role=Role(entry.role),
            login=entry.login,
            name=entry.name,
            name_en=entry.name_en,
            since=localdate(at),
            by=by,
            at=at,
        )
    except people.LoginTaken:
        held = {
            (
                member.user.login,
                member.user.name,
                member.post.section.name,
                member.post.title,
                member.post.role,
            )
            for member in people_queries.members(owner, on=localdate(at))
        }
        if (entry.login, entry.name, entry.section, entry.post, entry.role) not in held:
            raise Refused([LOGIN_TAKEN]) from None
        return None


def settle_kata(*, owner: Organisation, entry: KataEntry, by: Actor, at: datetime) -> bool:
    """Adopt the newest version of a kata; whether it was adopted now. Raises Refused, with every wrong parameter."""
    live = live_adoption(owner, entry.kata)
    if live is not None:
        if live.params != entry.parameters:
            raise Refused([differs("parameters")])
        return False
    adopt(owner=owner, kata=entry.kata, params=entry.parameters, by=by, at=at)
    return True


def adopt(*, owner: Organisation, kata: str, params: Mapping[str, Cell], by: Actor, at: datetime) -> Adoption:
    """Put the newest version of a kata to use from today, also in place of an earlier adoption. Raises Refused."""
    try:
        publication = catalogue_queries.latest_publication(kata)
    except NotVisible:
        raise Refused([_unknown_kata(kata)]) from None
    package = Package.model_validate_json(publication.definition.text)
    if faults := _wrong_parameters(package, params):
        raise Refused(faults)
    try:
        return catalogue.adopt(
            owner=owner, publication=publication, params=params, valid_from=localdate(at), by=by, at=at
        )
    except catalogue.ExamplesFail as failed:
        raise Refused([_failing(failed)]) from None
    except NoSuchPlace:
        raise Refused([_overlay_lost()]) from None
    except KataErrors as wrong:
        told = [Fault(("kata",), each.code, each.message_ja, each.message_en) for each in wrong.problems]
        raise Refused(told) from None
    except Forbidden as refused:
        raise Refused([Fault(("kata",), "forbidden", refused.reason, refused.reason_en)]) from None


def _overlay_lost() -> Fault:
    return Fault(
        ("kata",),
        "overlay",
        "独自変更の場所が、新しい版にありません。catalogue adopt で独自変更を改めてから採用してください。",
        "The overlay names a place that the new version does not have. Change it with “catalogue adopt” first.",
    )


def live_adoption(owner: Organisation, kata: str) -> Adoption | None:
    """What the municipality has adopted of a kata and not retired."""
    return next((each for each in catalogue_queries.live_adoptions(owner) if each.kata == kata), None)


def settle_mandate(*, owner: Organisation, entry: MandateEntry, by: Actor, at: datetime) -> bool:
    """Let somebody work on an adopted kata; whether the mandate was given now. Raises Refused."""
    adoption = live_adoption(owner, entry.kata)
    taker = list_takers(owner).filter(code=entry.taker).first()
    if adoption is None:
        raise Refused([_unknown_kata(entry.kata)])
    if taker is None:
        raise Refused([_unknown_taker(entry.taker)])
    if faults := _wrong_words(Package.model_validate_json(adoption.definition.text), entry):
        raise Refused(faults)
    today = localdate(at)
    if known := _same_number(owner, taker, entry, live_mandates_of(owner.pk, on=today)):
        if not _is_as_written(known, entry):
            raise Refused([differs()])
        return False
    try:
        catalogue.give_mandate(
            adoption=adoption,
            taker=taker,
            terms=catalogue.Terms(
                title=entry.title,
                number=entry.number,
                legal_form=entry.form,
                steps=entry.steps,
                fields=entry.fields,
                masked=entry.masked,
                valid_from=entry.valid_from or today,
                valid_to=entry.valid_to,
            ),
            by=by,
            at=at,
        )
    except Forbidden as refused:
        raise Refused([Fault(("form",), "forbidden", refused.reason, refused.reason_en)]) from None
    return True


def _same_number(
    owner: Organisation, taker: Organisation, entry: MandateEntry, mandates: list[Mandate]
) -> Mandate | None:
    key = (taker.pk, entry.kata, entry.number)
    return next((each for each in mandates if (each.taker_id, each.kata, each.number) == key), None)


def _is_as_written(known: Mandate, entry: MandateEntry) -> bool:
    return (known.title, known.legal_form, known.steps, known.fields, known.masked, known.valid_to) == (
        entry.title, entry.form, entry.steps, entry.fields, entry.masked, entry.valid_to
    ) and entry.valid_from in (None, known.valid_from)  # fmt: skip


def _wrong_parameters(package: Package, params: Mapping[str, Cell]) -> list[Fault]:
    faults = []
    for name, value in params.items():
        try:
            catalogue_rules.effective(package, {name: value})
        except catalogue_rules.InvalidParam as refused:
            faults.append(Fault(("parameters", name), "parameter", refused.reason, refused.reason_en))
    return faults


def _wrong_words(package: Package, entry: MandateEntry) -> list[Fault]:
    """Steps that the kata does not have, items it does not ask for, and days in the wrong order."""
    kata = package.kata
    steps = {step.id for step in kata.workflow.steps} if kata.workflow else set()
    asked = [step for form in kata.forms for step in form.steps]
    items = {item.id for step in asked for item in step.items}
    items |= {step.repeat.id for step in asked if step.repeat} | {ALL}
    faults = [
        *(_no_such(("steps", place), step) for place, step in enumerate(entry.steps) if step not in steps),
        *(_no_such(("fields", place), item) for place, item in enumerate(entry.fields) if item not in items),
        *(_no_such(("masked", place), item) for place, item in enumerate(entry.masked) if item not in items),
    ]
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        faults.append(
            Fault(
                ("to",), "period", "終わりの日が始まりの日より前です。", "The last day is before the first."
            )
        )
    return faults


def _no_such(path: tuple[str | int, ...], name: str) -> Fault:
    return Fault(
        path,
        "unknown_word",
        f"「{name}」は、この型の工程や項目にありません。名前を確かめてください。",
        f"The kata has no step or item “{name}”. Check the name.",
    )


def _failing(failed: catalogue.ExamplesFail) -> Fault:
    named = "、".join(failed.failed[:5])
    return Fault(
        ("parameters",),
        "examples",
        f"この値では、型の例が通りません（{named}）。値を確かめてください。",
        f"With these values examples of the kata fail ({', '.join(failed.failed[:5])}). Check the values.",
    )


def _unknown_kata(kata: str) -> Fault:
    return Fault(
        ("kata",),
        "unknown_kata",
        f"型「{kata}」は公開されていません。catalogue list で名前を確かめてください。",
        f"The kata “{kata}” is not published. Look its name up with catalogue list.",
    )


def _unknown_taker(code: str) -> Fault:
    return Fault(
        ("taker",),
        "unknown_taker",
        f"「{code}」は受託者として登録されていません。受託者か、加わる共同利用団体の番号を書いてください。",
        f"“{code}” is not registered as an operator. Name an operator or your own consortium.",
    )
