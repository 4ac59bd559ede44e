"""A token in every column of text of one town is found nowhere at its neighbours: no page, export, mail, index, log.

The columns are those of Django's registry of models: a new one takes part by itself, and one that no row of the
town fills fails here by its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import models
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.core.japan.test_laws import FEES as BYLAW
from tests.promises.test_api_isolation import ask, bodies, token_of
from tests.promises.test_isolation import (
    PUBLIC_OF_A_TOWN,
    TOWN_AND_KATA,
    WITHOUT_IDS,
    browser,
    pairs,
)
from tests.promises.test_protection import text
from tests.promises.test_sealing import live_through
from tests.promises.world import Foreign, foreign_world
from tests.services.cases import flow
from tests.services.knowledge.town import FEES, switch_on
from yuimaru.foundation.jobs.actions import run_next
from yuimaru.foundation.keys.fields import Sealed
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge import queries
from yuimaru.services.knowledge.actions import Incoming, add_documents, confirm, life, word
from yuimaru.services.knowledge.models import Prepared
from yuimaru.services.knowledge.rules.life import Marking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

TEXT = (models.CharField, models.TextField, models.JSONField)
MARK = "⸿"  # begins every token and stands nowhere else
PUBLIC = {
    "tenancy.Organisation": "name and contact of a town are public facts",
    "catalogue.Definition": "as public as a law",
    "catalogue.Publication": "offered to everybody",
}
# Whose rows a town's are, where the table does not say `owner`.
OWNER = {
    "audit.Delivery": "event__owner_id",
    "people.User": "assignments__organisation_id",
    "people.ApiToken": "organisation_id",
}
OUTSIDERS = (
    "", "oumi-clerk", "oumi-decider", "oumi-admin", "oumi-auditor", "tsukihama-clerk", "tsukihama-admin",
    "minato-agent", "shiomi-admin", "shiomi-platform",
)  # fmt: skip
NEIGHBOURS = (cast.OUMI, cast.TSUKIHAMA)


def columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of text and every sealed value of our models."""
    for model in apps.get_models():
        if model.__module__.startswith("yuimaru.") and model._meta.label not in PUBLIC:
            fields = model._meta.concrete_fields
            names = [field.attname for field in fields if isinstance(field, TEXT)]
            names += [name for name, value in vars(model).items() if isinstance(value, Sealed)]
            yield from ((model, name) for name in names)


def plant(town: Organisation, only: str = "") -> tuple[dict[str, str], list[str]]:
    """Put a token of its own into each column of one row of the town; gives token → column, and what has no row."""
    planted: dict[str, str] = {}
    missing: list[str] = []
    with scope(Actor.system(town)):
        sealed_first = sorted(
            columns(), key=lambda column: not isinstance(vars(column[0]).get(column[1]), Sealed)
        )
        for place, (model, name) in enumerate(sealed_first):
            column, token = f"{model._meta.label}.{name}", f"{MARK}{place:03d}"
            if only and column != only:
                continue
            owner = {OWNER.get(model._meta.label, "owner_id"): town.pk}
            rows: Any = model._default_manager
            row = rows.filter(**owner).first()
            if row is None:
                missing.append(column)
                continue
            _put(row, name, token)
            planted[token] = column
    return planted, missing


def _put(row: models.Model, name: str, token: str) -> None:
    sealed = vars(type(row)).get(name)
    if isinstance(sealed, Sealed):
        setattr(row, name, {token: token} if isinstance(sealed.empty, dict) else token)
        row.save(update_fields=[sealed.column])
        return
    is_json = isinstance(row._meta.get_field(name), models.JSONField)
    rows: Any = type(row)._default_manager
    rows.filter(pk=row.pk).update(**{name: {token: token} if is_json else token})


def lived() -> Foreign:
    """A town with a row in every table, and neighbours with documents of their own."""
    live_through()
    of = foreign_world()
    token_of(of.town)
    Client().post(f"/m/{of.town}/status", {"number": of.number, "check": "000000"})
    for code in NEIGHBOURS:
        town = get_municipality(code)
        by = Actor.system(town)
        with scope(by):
            item = Incoming(name="x.md", content="# 案内\n\n窓口は平日に開いています。\n".encode())
            add_documents(owner=town, items=[item], by=by, at=flow.NOW)
    while run_next(at=flow.NOW):
        pass
    _words_answers(get_municipality(of.town))
    return of


def _words_answers(town: Organisation) -> None:
    """The town has a model, which nobody reaches, and one line in its ledger."""
    by = Actor.system(town)
    with scope(by):
        switch_on(town, by, "http://127.0.0.1:9/v1")
        item = Incoming(name="fees.md", content=FEES.encode())
        add_documents(owner=town, items=[item], by=by, at=flow.NOW)
        _lives_on(town, by)
        Prepared(owner=town, digest=bytes(16)).save()  # SQLite keeps what it prepares in a file
        word(queries.ask(town, "粗大ごみの手数料はいくらですか", flow.NOW.date()), town, at=flow.NOW)


def _lives_on(town: Organisation, by: Actor) -> None:
    """The town has labels, an entry that rests on a document, a 例規 that changed, and declines what is shared."""
    told: dict[str, Any] = {"owner": town, "by": by, "at": flow.NOW}
    centre = town.parent
    assert centre is not None
    with scope(Actor.system(centre)):
        item = Incoming(name="centre.md", content=FEES.encode())
        (shared,) = add_documents(owner=centre, items=[item], by=Actor.system(centre), at=flow.NOW).added
        life.share(document_id=shared.id, on=True, by=Actor.system(centre), at=flow.NOW)
    life.decline(document_id=shared.id, reason="町の料金と違う", **told)
    life.set_labels(labels=[Marking("公開", "public")], **told)
    for words in (BYLAW, BYLAW.replace("申請のときに", "交付のときに")):
        items = [Incoming(name="reiki.md", content=words.encode(), title="みどり野町手数料条例")]
        (bylaw,) = add_documents(items=items, **told).added
    life.rest_on(document_id=bylaw.id, grounds=[bylaw.id], by=by, at=flow.NOW)
    confirm(subject=f"document:{bylaw.id}", cause="change:x", **told)


def test_what_one_town_holds_is_found_nowhere_at_its_neighbours(
    var: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = lived()
    monkeypatch.setattr("django.utils.timezone.now", lambda: flow.NOW)
    mail.outbox.clear()
    planted, missing = plant(get_municipality(of.town))
    assert missing == [], "no row of the town fills these columns: make one in `lived`"
    assert len(planted) > 75
    seen = dict(_pages(of)) | dict(_of_systems())
    seen |= {str(path): path.read_bytes().decode("utf-8", "replace") for path in _indexes(var)}
    seen |= {f"mail {sent.to}": f"{sent.subject}{sent.body}" for sent in mail.outbox} | {"log": caplog.text}
    found = {where: [planted[token] for token in planted if token in said] for where, said in seen.items()}
    assert {where: names for where, names in found.items() if names} == {}
    assert len(seen) > 500


def test_the_town_itself_does_find_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search above would pass on a server that shows nothing."""
    of = lived()
    monkeypatch.setattr("django.utils.timezone.now", lambda: flow.NOW)
    plant(get_municipality(of.town), only="knowledge.Document.title")
    assert MARK in text(Client().get(reverse("portal:documents", args=[of.town])))


def _pages(of: Foreign) -> Iterator[tuple[str, str]]:
    """Every address of the installation, as each outsider tries it."""
    addresses = sorted({*_their_own(), *(pair.foreign for pair in pairs(of))})
    for login in OUTSIDERS:
        client = browser(login)
        for address in addresses:
            for method in ("GET", "POST"):
                yield f"{login} {method} {address}", _said(client.generic(method, address))


def _their_own() -> Iterator[str]:
    """Pages that the neighbours do have."""
    for route in sorted(WITHOUT_IDS - {"account_logout"}):
        yield reverse(route)
    yield reverse("desk:joining_kata", args=["jidou-teate"])
    yield from ("/desk/?who=all", "/desk/log?verify=1", "/desk/queue.csv?who=all", "/desk/queue.xlsx?who=all")
    for code in NEIGHBOURS:
        yield from (reverse(route, args=[code]) for route in sorted(PUBLIC_OF_A_TOWN))
        yield f"/m/{code}/ask?q=窓口はいつ開いていますか"
        for route in sorted(TOWN_AND_KATA):
            position = {"position": 1} if route.endswith("_step") else {}
            yield reverse(route, kwargs={"code": code, "kata": "jidou-teate", **position})


def _of_systems() -> Iterator[tuple[str, str]]:
    for code in NEIGHBOURS:
        token = token_of(code)
        for route in ("api:submissions", "api:ask"):
            for place, body in enumerate(bodies()):
                said = ask(token, "POST", reverse(route, args=[code]), body, f"canary-{code}-{route}-{place}")
                yield f"{code} {route} {place}", _said(said)


def _said(response: HttpResponseBase) -> str:
    return f"{response.headers}{text(response)}"


def _indexes(var: Path) -> Sequence[Path]:
    found = [path for code in NEIGHBOURS for path in (var / "index" / code).rglob("*") if path.is_file()]
    assert len(found) >= 2 * len(NEIGHBOURS), "the neighbours have no index"
    return found
