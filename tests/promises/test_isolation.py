"""Foreign equals unknown: for every address that takes an id, for everybody, to the last byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import cast
from tests.promises.world import Foreign, foreign_world
from yuimaru.foundation.people.models import User

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

NOWHERE = UUID("00000000-0000-7000-8000-000000000000")
NO_NUMBER = "2601-0000-0000"

# Addresses without an id of anybody's: everything on them is public or the reader's own.
WITHOUT_IDS = {
    "healthz", "account_login", "account_logout", "portal:towns",
    "desk:queue", "desk:next", "desk:standing", "desk:change_standing", "desk:log",
    "desk:queue_csv", "desk:queue_xlsx", "desk:protections", "desk:moves", "desk:services", "desk:approvals",
    "desk:absences", "desk:model", "desk:switch_model", "desk:try_model",
    "desk:questions", "desk:gather_questions", "desk:needs", "desk:needs_csv", "desk:faq", "desk:faq_new",
    "desk:ask", "desk:easy", "desk:documents", "desk:add_documents", "desk:documents_review", "desk:articles",
    "desk:ask_reply", "desk:joining", "desk:joining_start", "desk:joining_body", "desk:joining_sections", "desk:joining_staff",
    "desk:joining_katas",
    "desk:joining_mandates", "desk:joining_documents", "desk:joining_opening",
    "api:openapi-json", "api:api-root",
}  # fmt: skip

# Public pages of a municipality: its code is no secret; one that has no pages equals one that does not exist.
PUBLIC_OF_A_TOWN = {
    "portal:home",
    "portal:ask",
    "portal:rate",
    "portal:documents",
    "portal:handling",
    "portal:procedures",
    "portal:status",
}

# Addresses that take the id of something that belongs to somebody.
TOWN_AND_KATA = {
    "portal:procedure", "portal:apply", "portal:apply_step", "portal:apply_confirm", "portal:apply_pause",
    "portal:check", "portal:apply_clear",
}  # fmt: skip
TOWN_AND_NUMBER = {
    "portal:receipt", "portal:case_status", "portal:correct", "portal:correct_step", "portal:withdraw",
    "portal:again",
}  # fmt: skip
TOWN_AND_TOKEN = {"portal:resume"}
DOCUMENTS = {"portal:document"}
DESK_DOCUMENTS = {
    "desk:document", "desk:document_file", "desk:change_document", "desk:withdraw_document",
    "desk:share_document", "desk:use_document", "desk:compare_document", "desk:document_summary",
}  # fmt: skip
TASKS = {
    "desk:task", "desk:take", "desk:return", "desk:act", "desk:reveal", "desk:draft", "desk:recall",
    "desk:restart_service", "desk:reply",
}  # fmt: skip
MARKS = {"desk:sign"}
ABSENCES = {"desk:end_absence"}
MEASURES = {"desk:protection", "desk:extend_protection", "desk:lift_protection", "desk:release_protection"}
TOPICS = {"desk:topic", "desk:settle_topic", "desk:hand_topic"}
ENTRIES = {"desk:faq_entry", "desk:publish_faq", "desk:end_faq"}
ATTACHMENTS = {"desk:attachment"}
FILES = {"desk:file"}
PEOPLE = {"desk:joining_invite"}
NEWCOMERS = {"desk:first_password"}
CATALOGUE = {"desk:joining_kata"}  # everybody's
OWN_KATA = {"desk:joining_mandate", "desk:move"}  # what the reader's own town has adopted
API = {  # by other systems, with and without tokens: test_api_isolation.py
    "api:ask", "api:submissions", "api:procedures", "api:procedure", "api:document",
}  # fmt: skip
COVERED = (
    WITHOUT_IDS | PUBLIC_OF_A_TOWN | TOWN_AND_KATA | TOWN_AND_NUMBER | TOWN_AND_TOKEN | DOCUMENTS | DESK_DOCUMENTS
    | TASKS | MARKS | ABSENCES | MEASURES | TOPICS | ENTRIES | ATTACHMENTS | FILES | API | PEOPLE | NEWCOMERS | CATALOGUE | OWN_KATA
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """One address asked twice: with somebody else's id, and with one that nobody has."""

    route: str
    foreign: str
    unknown: str
    ids: tuple[str, ...]


@pytest.fixture(scope="module")
def logins() -> list[str]:
    return ["", *(person.login for person in cast.PEOPLE)]


def routes() -> set[str]:
    """The names of all addresses of the installation."""
    return set(_names(get_resolver().url_patterns, ""))


def _names(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, inside)
        else:
            yield f"{prefix}{pattern.name}"


def test_every_address_is_covered_here() -> None:
    assert routes() - COVERED == set(), "say above which ids the new address takes"
    assert COVERED - routes() == set(), "these addresses are gone"


def pairs(of: Foreign) -> Iterator[Pair]:
    """All addresses with ids of the town `of.town`, as they can be tried from elsewhere."""
    for route in sorted(PUBLIC_OF_A_TOWN):
        for code in (cast.CENTRE, of.hidden_town):
            yield _pair(route, {"code": code}, {"code": "990500"})
    for route in sorted(TOWN_AND_KATA):
        more = {"position": 1} if route.endswith("_step") else {}
        here = {"code": of.bare_town, **more}
        yield _pair(route, {**here, "kata": "jidou-teate"}, {**here, "kata": "nothing-here"})
    for route in sorted(TOWN_AND_NUMBER):
        more = {"position": 1} if route.endswith("_step") else {}
        for code in (of.town, cast.OUMI):
            here = {"code": code, **more}
            yield _pair(route, {**here, "number": of.number}, {**here, "number": NO_NUMBER})
    for route in sorted(TOWN_AND_TOKEN):
        yield _pair(route, {"code": cast.OUMI, "token": of.token}, {"code": cast.OUMI, "token": "x:y:z"})
    for route in sorted(DOCUMENTS):
        here = {"code": cast.OUMI}
        yield _pair(route, {**here, "document_id": of.document}, {**here, "document_id": NOWHERE})
    yield from _pairs_of_staff(of)


def _pairs_of_staff(of: Foreign) -> Iterator[Pair]:
    for routes, name, foreign in (
        (TASKS, "task_id", of.task),
        (DESK_DOCUMENTS, "document_id", of.document),
        (ABSENCES, "absence_id", of.absence),
        (MEASURES, "measure_id", of.measure),
        (TOPICS, "topic_id", of.topic),
        (ENTRIES, "entry_id", of.entry),
        (PEOPLE, "user_id", of.newcomer),
        (FILES, "file_id", of.file),
    ):
        for route in sorted(routes):
            yield _pair(route, {name: foreign}, {name: NOWHERE})
    for route in sorted(MARKS):
        for task in (of.drafted, NOWHERE):
            yield _pair(
                route, {"task_id": of.drafted, "mark_id": of.mark}, {"task_id": task, "mark_id": NOWHERE}
            )
    for route in sorted(ATTACHMENTS):
        yield _pair(route, {"task_id": of.task, "file_id": of.file}, {"task_id": NOWHERE, "file_id": NOWHERE})
    for route in sorted(NEWCOMERS):
        yield _pair(route, {"user_id": of.newcomer, "secret": "x-y"}, {"user_id": NOWHERE, "secret": "x-y"})


def _pair(route: str, foreign: dict[str, object], unknown: dict[str, object]) -> Pair:
    ids = tuple(str(value) for values in (foreign, unknown) for value in values.values())
    return Pair(route, reverse(route, kwargs=foreign), reverse(route, kwargs=unknown), ids)


def browser(login: str) -> Client:
    """A browser, signed in as a person of the cast."""
    client = Client()
    if login:
        client.force_login(User.objects.get(login=login), backend=BACKEND)
    return client


def may_see(login: str, of: Foreign, route: str) -> bool:
    """Who works on the foreign town's case, its officials and the centre under its mandate; and who manages it."""
    if route in PEOPLE:
        return login == of.manager
    if route in ABSENCES | DESK_DOCUMENTS | TOPICS | ENTRIES and login == of.manager:
        return True
    return login in of.insiders and route.startswith("desk:")


def test_foreign_equals_unknown(var: Path, logins: list[str]) -> None:
    of = foreign_world()
    asked = 0
    for number, login in enumerate(_some(logins)):
        client = browser(login)
        for pair in pairs(of):
            if may_see(login, of, pair.route):
                continue
            for method in ("GET", "POST")[: 2 - number % 2]:  # every other one only reads
                foreign = client.generic(method, pair.foreign)
                unknown = client.generic(method, pair.unknown)
                same(foreign, unknown, pair, f"{login or 'anonymous'} {method} {pair.route}")
                asked += 2
    assert asked > 1000


def _some(logins: list[str]) -> list[str]:
    """Everybody on SQLite; on PostgreSQL, where a request costs three times as much, every third."""
    return logins if connection.vendor == "sqlite" else logins[::3]


def same(foreign: HttpResponseBase, unknown: HttpResponseBase, pair: Pair, who: str) -> None:
    assert foreign.status_code == unknown.status_code, f"{who}: {foreign.status_code} {unknown.status_code}"
    assert foreign.status_code in (302, 303, 403, 404, 405), f"{who}: {foreign.status_code}"
    assert _plain(str(foreign.headers), pair) == _plain(str(unknown.headers), pair), who
    assert _plain(_body(foreign), pair) == _plain(_body(unknown), pair), who


def _body(response: HttpResponseBase) -> str:
    assert not response.streaming, "a file was sent"
    content: bytes = response.content  # type: ignore[attr-defined]
    return content.decode()


def _plain(text: str, pair: Pair) -> str:
    """The text without the ids that the asker brought along (as in `?next=` of the sign-in page)."""
    for given in sorted(pair.ids, key=len, reverse=True):
        text = text.replace(given, "ID")
    return re.sub(r"'Content-Length': '\d+'", "", text)


def test_the_owners_and_the_mandated_do_see_it(var: Path) -> None:
    """The sweep above would pass on a server that refuses everything."""
    of = foreign_world()
    for login in of.insiders:
        response = browser(login).get(reverse("desk:task", kwargs={"task_id": of.task}))
        assert response.status_code == 200, login
        assert of.number in response.content.decode()
    assert browser("midorino-clerk").get(reverse("desk:file", kwargs={"file_id": of.file})).status_code == 200
    page = Client().get(reverse("portal:document", kwargs={"code": of.town, "document_id": of.document}))
    assert page.status_code == 200
    resumed = Client().get(reverse("portal:resume", kwargs={"code": of.town, "token": of.token}))
    assert resumed.headers["Location"].startswith(f"/m/{of.town}/apply/")


def test_a_kata_that_only_neighbours_have_adopted_is_unknown(var: Path) -> None:
    client = browser("tsukihama-admin")
    for route in sorted(OWN_KATA):
        pair = _pair(route, {"kata": "sodaigomi-moushikomi"}, {"kata": "nothing-here"})
        for method in ("GET", "POST"):
            foreign = client.generic(method, pair.foreign)
            assert foreign.status_code == 404
            same(foreign, client.generic(method, pair.unknown), pair, f"{method} {route}")
        assert browser("oumi-admin").get(pair.foreign).status_code == 200


def test_personal_pages_are_never_cached(var: Path, logins: list[str]) -> None:
    of = foreign_world()
    for login in logins[::3]:
        client = browser(login)
        for pair in pairs(of):
            response = client.get(pair.foreign)
            assert "no-store" in response.headers["Cache-Control"], f"{login} {pair.route}"
