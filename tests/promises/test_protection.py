"""A protected person's whereabouts reach nobody but the officials named for it, and no page tells that it is so.

The same application is sent in three worlds that differ in nothing else: it is not sent at all; it is sent, and a
measure protects somebody else; it is sent, and the measure protects the person who sends it.

- Whoever applies, or knows the numbers, or sends it by a system, reads the same in the last two worlds.
- Whoever works for the town or for its contractors reads in the third world what they read in the first.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.promises.test_api_isolation import ask, token_of
from tests.promises.test_isolation import NOWHERE, TASKS, Pair, browser, same
from tests.services.cases import flow
from tests.services.protections.test_measures import OFFICER, protect
from yuimaru.core.text.tables_out import XLSX_TYPE
from yuimaru.foundation.audit.jobs import deliver_next
from yuimaru.foundation.jobs.actions import run_next
from yuimaru.foundation.tenancy.actors import Role
from yuimaru.services.cases.actions import Receipt
from yuimaru.services.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

TOWN = cast.MIDORINO
APPLICANT = cast.RESIDENTS[5]
HER = {"name": APPLICANT.name, "kana": APPLICANT.kana, "born": date(1995, 3, 14)}
SOMEBODY = {"name": "識名 千夏", "kana": "シキナ チナツ", "born": date(1991, 8, 5)}
WHEREABOUTS = {
    "住所": "汐見県みどり野町金糸雀7391",
    "電話": "0599-41-7391",
    "メール": "kanaria7391@example.jp",
}
TOKENS = ("金糸雀7391", "41-7391", "kanaria7391")
NUMBER = "2611-0000-0001"
LISTS = (
    "/desk/", "/desk/?who=all", f"/desk/?municipality={TOWN}&who=all&page=2",
    "/desk/queue.csv?who=all", "/desk/queue.xlsx?who=all", "/desk/standing/",
)  # fmt: skip
LOGS = ("/desk/log", "/desk/log?verify=1")
OTHERS = [person.login for person in cast.PEOPLE if person.role is not Role.PROTECTION_OFFICER]
NEAR = [
    person.login for person in cast.PEOPLE if person.login in OTHERS and person.body in (TOWN, cast.CENTRE)
]

Seen = dict[str, tuple[int, str, str]]


class Undo(Exception):
    """Ends a world."""


@pytest.fixture(autouse=True)
def _same_moment_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = {at: f"2611-0000-{at:04d}" for at in range(1, 10)}
    monkeypatch.setattr("django.utils.timezone.now", lambda: flow.NOW + timedelta(hours=1))
    monkeypatch.setattr("yuimaru.services.procedures.queries.check_number", lambda submission: "123456")
    monkeypatch.setattr("yuimaru.interfaces.portal.receipts.check_number", lambda submission: "123456")
    monkeypatch.setattr(
        "yuimaru.services.procedures.actions.sending._free_number",
        lambda owner, at: numbers[Case.objects.filter(owner=owner).count() + 1],
    )


def world(look: Callable[[], Seen], *, of: dict[str, Any] = SOMEBODY, sent: bool = True) -> Seen:
    """What is seen in a world, which ends afterwards."""
    seen: Seen = {}
    try:
        with transaction.atomic():
            protect(**of)
            if sent:
                send()
            seen = look()
            raise Undo
    except Undo:
        return seen


def send() -> Receipt:
    return flow.send(flow.draft(TOWN, APPLICANT, **WHEREABOUTS))


def case() -> Case:
    return flow.case(TOWN, NUMBER)


def told(response: HttpResponseBase) -> tuple[int, str, str]:
    """Status, headers and body without what every request makes anew; all of these are of fixed length."""
    headers = dict(response.headers)
    if headers["Content-Type"] == XLSX_TYPE:  # a packed book holds the second at which it was made
        del headers["Content-Length"]
    return response.status_code, plain(str(sorted(headers.items()))), plain(text(response))


def text(response: HttpResponseBase) -> str:
    content: bytes = response.content  # type: ignore[attr-defined]
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/"))


def plain(said: str) -> str:
    said = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID", said)
    said = re.sub(r"[0-9a-f]{64}", "DIGEST", said)
    said = re.sub(r'(name="(?:csrfmiddlewaretoken|idempotency_key)" value=)"[\w-]+"', r"\1", said)
    return re.sub(r"(csrftoken|sessionid)=\w+", r"\1", said)


# --- whoever applies ---


def applicant() -> Seen:
    """Every page of an application, before and after a correction was asked for, the mails, and the API."""
    seen: Seen = {}
    for stage in ("sent", "to correct", "corrected"):
        if stage == "to correct":
            _ask_to_correct()
        household = Client()
        opened = household.post(f"/m/{TOWN}/status", {"number": NUMBER, "check": "123456"})
        seen[f"{stage}: door"] = told(opened)
        for who, client in (("household", household), ("stranger", Client())):
            for page in _resident_pages():
                seen[f"{stage}: {who} {page}"] = told(client.get(page))
        if stage == "to correct":
            post = {"idempotency_key": "correction-1"}
            seen["correction"] = told(household.post(f"/m/{TOWN}/status/{NUMBER}/correct/", post))
        for name, letter in _mails():
            seen[f"{stage}: {name}"] = (0, "", letter)
    return seen | _system()


def _resident_pages() -> Iterator[str]:
    yield f"/m/{TOWN}/receipts/{NUMBER}"
    yield f"/m/{TOWN}/status/{NUMBER}"
    yield f"/m/{TOWN}/status/{NUMBER}/correct/"
    yield from (f"/m/{TOWN}/status/{NUMBER}/correct/{position}" for position in range(1, 9))


def _ask_to_correct() -> None:
    [login] = [one for one in ("centre-agent", OFFICER) if _reaches(one)][:1]
    flow.act(login, case(), "補正を求める", "職業を確かめてください。")


def _reaches(login: str) -> bool:
    task = flow.waiting(case())
    return browser(login).get(reverse("desk:task", args=[task.pk])).status_code == 200


def _mails() -> Iterator[tuple[str, str]]:
    """Subject and body of the mails that have gone out since the last look."""
    at = flow.NOW + timedelta(hours=1)
    while deliver_next(at=at) or run_next(at=at):
        pass
    while mail.outbox:
        sent = mail.outbox.pop(0)
        yield f"mail {sent.subject}", f"{sent.subject}\n{sent.body}"


def _system() -> Seen:
    """The same application once more, by another system, with its replay."""
    answers = {**cast.answers(APPLICANT, sent_on=flow.TODAY), **WHEREABOUTS}
    body = json.dumps({"kata": "jidou-teate", "answers": answers}).encode()
    path, token = reverse("api:submissions", args=[TOWN]), token_of(TOWN)
    return {f"api {time}": told(ask(token, "POST", path, body, "from-a-system")) for time in (1, 2)}


def test_whoever_applies_reads_the_same_with_and_without_protection() -> None:
    plain_world, protected = world(applicant), world(applicant, of=HER)
    assert plain_world.keys() == protected.keys()
    assert len(plain_world) > 60
    for page, said in plain_world.items():
        assert said == protected[page], page
        assert not any(token in said[2] for token in TOKENS), page
    opened = [page for page, said in plain_world.items() if said[0] == 200 and "household" in page]
    assert len(opened) > 12
    assert sum(": mail " in page for page in plain_world) > 1


# --- whoever works there ---


def lists(logins: list[str] = OTHERS, paths: tuple[str, ...] = LISTS) -> Seen:
    """All lists and exports of everybody who is not named for it."""
    readers = {login: browser(login) for login in logins}
    return {f"{login} {path}": told(readers[login].get(path)) for login in logins for path in paths}


def next_tasks() -> Seen:
    """What taking the next task gives them."""
    return {f"{login} next": told(browser(login).post("/desk/next")) for login in OTHERS}


def test_to_everybody_else_who_works_there_it_is_as_if_nothing_had_been_sent() -> None:
    for look in (lists, next_tasks):
        nothing, protected = world(look, sent=False), world(look, of=HER)
        assert nothing == protected
        assert nothing != world(look), "nothing is to be seen here anyway"


def logs() -> Seen:
    return lists(paths=LOGS)


def test_the_log_reads_as_with_any_other_application() -> None:
    assert world(logs) == world(logs, of=HER)


def test_its_addresses_lead_where_unknown_ones_do() -> None:
    def compare() -> Seen:
        task = flow.waiting(case()).pk
        for login in OTHERS:
            client = browser(login)
            for route in sorted(TASKS):
                pair = Pair(
                    route,
                    reverse(route, args=[task]),
                    reverse(route, args=[NOWHERE]),
                    (str(task), str(NOWHERE)),
                )
                for method in ("GET", "POST"):
                    same(
                        client.generic(method, pair.foreign),
                        client.generic(method, pair.unknown),
                        pair,
                        f"{login} {method} {route}",
                    )
        return {}

    world(compare, of=HER)


def test_her_whereabouts_stand_on_no_page_in_no_file_and_in_no_log(
    var: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """From sending to the draft of a decision, with a token in each item that tells where she is."""
    bodies: dict[str, str] = {}

    def look() -> Seen:
        for action in ("", "不備なし", "認定案"):
            if action:
                flow.act(OFFICER, case(), action)
            bodies.update(
                {f"{action} {page}": said[2] for page, said in lists(NEAR, (*LISTS, *LOGS)).items()}
            )
            bodies.update({f"{action} {page}": letter for page, letter in _mails()})
            bodies.update(
                {f"{action} {path}": path.read_bytes().decode("utf-8", "replace") for path in _files(var)}
            )
        return {}

    world(look, of=HER)
    bodies["log"] = caplog.text
    assert len(bodies) > 100
    assert [where for where, said in bodies.items() if any(token in said for token in TOKENS)] == []


def _files(var: Path) -> Iterator[Path]:
    return (path for path in var.rglob("*") if path.is_file() and "keys" not in path.parts)


def test_the_officials_named_for_it_do_read_them() -> None:
    """The sweeps above would pass on a server that shows nothing to anybody."""

    def look() -> Seen:
        client, task = browser(OFFICER), flow.waiting(case()).pk
        page = reverse("desk:task", args=[task])
        assert not any(token in text(client.get(page)) for token in TOKENS)
        client.post(reverse("desk:reveal", args=[task]), {"item": "住所", "purpose": "決定の通知を送るため"})
        assert TOKENS[0] in text(client.get(page))
        return {}

    world(look, of=HER)
