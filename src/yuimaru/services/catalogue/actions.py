"""Publishing and adopting kata; giving mandates over their steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.core.kata import examples
from yuimaru.core.kata.check import check
from yuimaru.core.kata.check.calls import calling, check_calls
from yuimaru.core.kata.models import LANGUAGE_VERSION, Cell, Package
from yuimaru.core.kata.overlays import Overlay
from yuimaru.core.kata.package import Loaded, canonical, digest
from yuimaru.core.kata.problems import KataErrors, errors
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.tenancy import actions as tenancy_actions
from yuimaru.foundation.tenancy import queries as tenancy_queries
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate, Organisation
from yuimaru.foundation.tenancy.rules import Verb, refuse_deciding_steps, require
from yuimaru.services.catalogue import queries, rules
from yuimaru.services.catalogue.models import Adoption, Definition, Publication

_MOST_REMEMBERED = 1024
_failing: dict[
    str, list[str]
] = {}  # of packages by hash: where many towns adopt the same one, its examples run once


class ExamplesFail(Exception):
    """The kata's own examples do not hold with the chosen parameters."""

    def __init__(self, failed: list[str]) -> None:
        super().__init__("、".join(failed))
        self.failed = failed


class VersionTaken(Exception):
    """What is published never changes: other content needs a new version number."""


@transaction.atomic
def publish(*, loaded: Loaded, publisher: Organisation, by: Actor, at: datetime) -> Publication:
    """Offer a version to all; the same version again is the same publication.

    :raises KataErrors: the static check finds a mistake.
    :raises ExamplesFail: an example of the kata does not hold.
    :raises VersionTaken: this version was published before with other content.
    """
    require(by, Verb.PUBLISH_KATA, publisher.pk)
    if mistakes := errors(check(loaded.package, loaded.sources)):
        raise KataErrors(mistakes)
    _refuse_failing_examples(loaded.package)
    kata = loaded.package.kata
    definition = _keep(loaded.canonical, loaded.sha256, kata.kata, kata.version, at)
    publication, created = Publication.objects.get_or_create(
        publisher=publisher,
        kata=kata.kata,
        version=kata.version,
        defaults={"definition": definition, "published_at": at},
    )
    if publication.definition_id != loaded.sha256:
        raise VersionTaken(kata.version)
    if created:
        record(
            "kata.published",
            owner_id=publisher.pk,
            owner=publisher.code,
            by=by.ref,
            at=at,
            about=f"kata:{kata.kata}",
            data={"version": kata.version, "sha256": loaded.sha256},
        )
    return publication


@transaction.atomic
def adopt(
    *,
    owner: Organisation,
    publication: Publication,
    params: Mapping[str, Cell],
    overlay: Overlay | None = None,
    valid_from: date,
    by: Actor,
    at: datetime,
) -> Adoption:
    """Put a publication to use from a day on; drafts, cases and corrections under way keep their own definition.

    What was in use is retired on that day, and what was to come later at once. Without an `overlay` that of the
    adoption before stays: an upgrade does not lose what the municipality words in its own way.

    :raises InvalidParam, NoSuchPlace: see `rules.effective`.
    :raises KataErrors: with the overlay the kata has a mistake.
    :raises ExamplesFail: an example of the kata no longer holds.
    :raises KataErrors: it calls what is not in use here, or others can no longer call it.
    :raises Forbidden: a live 民間委託 would cover a step that decides in this version.
    """
    require(by, Verb.MANAGE_ADOPTIONS, owner.pk)
    before = queries.latest_adoption(owner, publication.kata)
    kept: Overlay = overlay if overlay is not None else before.overlay if before else {}
    package = rules.effective(Package.model_validate_json(publication.definition.text), params, kept)
    if kept and (mistakes := errors(check(package))):
        raise KataErrors(mistakes)
    _refuse_failing_examples(package)
    _refuse_wrong_calls(owner, package)
    _refuse_crossing_mandates(owner, package, on=at.date())
    text = canonical(package)
    definition = _keep(text, digest(text), publication.kata, publication.version, at)
    _retire(owner, publication.kata, valid_from=valid_from, at=at)
    adoption = Adoption.objects.create(
        owner=owner,
        kata=publication.kata,
        publication=publication,
        definition=definition,
        params=dict(params),
        overlay=dict(kept),
        valid_from=valid_from,
        adopted_at=at,
    )
    record(
        "kata.adopted",
        owner_id=owner.pk,
        owner=owner.code,
        by=by.ref,
        at=at,
        about=f"kata:{publication.kata}",
        data={
            "version": publication.version,
            "definition": definition.sha256,
            "from": valid_from.isoformat(),
        },
    )
    return adoption


@dataclass(frozen=True)
class Terms:
    """What a mandate says: its name, legal form, steps, visible and masked items, and period."""

    title: str
    number: str
    legal_form: str
    steps: list[str]
    fields: list[str]
    masked: list[str]
    valid_from: date
    valid_to: date | None = None


def give_mandate(
    *, adoption: Adoption, taker: Organisation, terms: Terms, by: Actor, at: datetime
) -> Mandate:
    """Let another organisation work on an adopted kata; the deciding steps are read from what runs and is to come."""
    deciding = [
        step
        for live in queries.adoptions_of(adoption.owner, adoption.kata)
        for step in rules.deciding_steps(Package.model_validate_json(live.definition.text).kata)
    ]
    return tenancy_actions.give_mandate(
        owner=adoption.owner,
        taker=taker,
        title=terms.title,
        number=terms.number,
        legal_form=terms.legal_form,
        kata=adoption.kata,
        steps=terms.steps,
        deciding_steps=deciding,
        fields=terms.fields,
        masked=terms.masked,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        by=by,
        at=at,
    )


def _retire(owner: Organisation, kata: str, *, valid_from: date, at: datetime) -> None:
    """Close what no day is left for: all that begins on that day or later, and today's unless it begins later."""
    live = Adoption.objects.filter(owner=owner, kata=kata, retired_at=None)
    today = localdate(at)
    if valid_from > today:
        in_use = queries.adoption_on(owner, kata, on=today)
        live = live.exclude(pk=in_use.pk) if in_use else live
    live.update(retired_at=at)


def _keep(text: str, sha256: str, kata: str, version: str, at: datetime) -> Definition:
    definition, _ = Definition.objects.get_or_create(
        sha256=sha256,
        defaults={
            "kata": kata,
            "version": version,
            "language": LANGUAGE_VERSION,
            "text": text,
            "stored_at": at,
        },
    )
    return definition


def _refuse_failing_examples(package: Package) -> None:
    sha256 = digest(canonical(package))
    if sha256 not in _failing:
        if len(_failing) >= _MOST_REMEMBERED:
            _failing.clear()
        _failing[sha256] = [result.id for result in examples.run_all(package).failed]
    if _failing[sha256]:
        raise ExamplesFail(_failing[sha256])


def _refuse_wrong_calls(owner: Organisation, package: Package) -> None:
    """Look at the calls of a kata, and at those of kata in use here that call it."""
    live = Adoption.objects.filter(owner=owner, retired_at=None).values_list("kata", "definition_id")
    used = {name: queries.running(sha256).kata for name, sha256 in live}
    used[package.kata.kata] = package.kata
    mistakes = [problem for kata in calling(used, package.kata.kata) for problem in check_calls(kata, used)]
    if mistakes:
        raise KataErrors(mistakes)


def _refuse_crossing_mandates(owner: Organisation, package: Package, *, on: date) -> None:
    deciding = rules.deciding_steps(package.kata)
    for mandate in tenancy_queries.live_mandates_of(owner.pk, on=on):
        if mandate.kata == package.kata.kata:
            refuse_deciding_steps(mandate.legal_form, mandate.steps, deciding)
