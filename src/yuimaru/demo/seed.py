"""Founds the demo world: organisations, people, kata and mandates, through the actions that people use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localdate

from yuimaru.core.kata import package
from yuimaru.core.kata.models import Cell
from yuimaru.demo import cast
from yuimaru.foundation.people import actions as people
from yuimaru.foundation.people.models import Section, User
from yuimaru.foundation.tenancy import actions as tenancy
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.catalogue import actions as catalogue
from yuimaru.services.catalogue.models import Adoption, Publication
from yuimaru.services.catalogue.queries import latest_publication

KATAS = Path(__file__).resolve().parents[3] / "katas"

Progress = Callable[[str], None]


@transaction.atomic
def build_cast(*, at: datetime, progress: Progress) -> None:
    """Organisations, sections, people, adopted kata and mandates: what every test and the demo stand on."""
    progress("団体と職員を登録しています / organisations and people")
    for body in cast.BODIES:
        _body(body, at)
    password = make_password(cast.PASSWORD)  # the same for all: hashing is slow by design
    for person in cast.PEOPLE:
        _person(person, password, since=date(2026, 4, 1), at=at)
    progress("型を公開し、採用しています / kata")
    _kata(at)
    _mandates(at)


def _body(facts: cast.Body, at: datetime) -> None:
    parent = None
    if facts.code in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA):
        parent = get_organisation(cast.CONSORTIUM)
    details = {
        "name_en": facts.name_en,
        "population": facts.population,
        "postal_code": facts.postal_code,
        "address": facts.address,
        "phone": facts.phone,
        "hours": cast.HOURS,
        "hours_en": cast.HOURS_EN,
        "closing_days": cast.CLOSING_DAYS,
        "kana": facts.kana,
        "theme": facts.theme,
    }
    organisation, _ = tenancy.register(
        code=facts.code, kind=facts.kind, name=facts.name, parent=parent, facts=details, at=at
    )
    by = Actor.system(organisation)
    with scope(by):
        for section in facts.sections:
            people.create_section(
                owner=organisation,
                name=section.name,
                name_en=section.name_en,
                phone=section.phone,
                place=section.place,
                place_en=section.place_en,
                is_general=section.is_general,
                by=by,
                at=at,
            )


def _person(facts: cast.Person, password: str, *, since: date, at: datetime) -> None:
    organisation = get_organisation(facts.body)
    by = Actor.system(organisation)
    with scope(by):
        section = Section.objects.get(name=facts.section)
        post = people.create_post(section=section, title=facts.post, role=facts.role, by=by, at=at)
        user = User.objects.create(
            login=facts.login,
            password=password,
            name=facts.name,
            name_en=facts.name_en,
            email=f"{facts.login}@example.jp",
        )
        people.assign(user=user, post=post, since=since, by=by, at=at)


def publish_all(*, at: datetime, progress: Progress) -> None:
    """Offer every kata of katas/ that is not published yet, so that towns may adopt more than the demo needs."""
    consortium = get_organisation(cast.CONSORTIUM)
    published = set(Publication.objects.filter(publisher=consortium).values_list("kata", flat=True))
    waiting = sorted({folder.name for folder in KATAS.iterdir() if folder.is_dir()} - published)
    if waiting:
        progress("そのほかの型を公開しています / further kata")
    for kata in waiting:
        loaded = package.load(KATAS / kata)
        catalogue.publish(loaded=loaded, publisher=consortium, by=Actor.system(consortium), at=at)


def adopt_further(*, at: datetime, progress: Progress) -> None:
    """Let the towns adopt what the story does not need: what is adopted already stays as it is."""
    waiting = [
        (kata, get_organisation(code), params)
        for kata, adoptions in cast.FURTHER.items()
        for code, params in adoptions.items()
        if not _is_adopted(kata, code)
    ]
    if waiting:
        progress("災害、職員、情報公開の型を採用しています / kata for crisis, staff and disclosure")
    for kata, town, params in waiting:
        _adopt(kata, town, params, at)


def _is_adopted(kata: str, code: str) -> bool:
    town = get_organisation(code)
    with scope(Actor.system(town)):
        return Adoption.objects.filter(owner=town, kata=kata, retired_at=None).exists()


def _kata(at: datetime) -> None:
    consortium = get_organisation(cast.CONSORTIUM)
    for kata, adoptions in cast.ADOPTED.items():
        catalogue.publish(
            loaded=package.load(KATAS / kata), publisher=consortium, by=Actor.system(consortium), at=at
        )
        for code, params in adoptions.items():
            _adopt(kata, get_organisation(code), params, at)


def _adopt(kata: str, town: Organisation, params: Mapping[str, Cell], at: datetime) -> None:
    by = Actor.system(town)
    with scope(by):
        catalogue.adopt(
            owner=town,
            publication=latest_publication(kata),
            params=params,
            valid_from=localdate(at),
            by=by,
            at=at,
        )


def _mandates(at: datetime) -> None:
    centre = get_organisation(cast.CENTRE)
    for facts in cast.MANDATES:
        town = get_organisation(facts.giver)
        by = Actor.system(town)
        with scope(by):
            catalogue.give_mandate(
                adoption=Adoption.objects.get(kata=facts.kata, retired_at=None),
                taker=centre,
                terms=catalogue.Terms(
                    title=facts.title,
                    number=facts.number,
                    legal_form="outsourcing",
                    steps=["形式審査"],
                    fields=list(facts.fields),
                    masked=list(facts.masked),
                    valid_from=localdate(at),
                    valid_to=localdate(at) + timedelta(days=3 * 365),
                ),
                by=by,
                at=at,
            )
