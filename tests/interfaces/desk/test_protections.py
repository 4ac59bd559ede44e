"""The pages on which support measures are looked after."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from tests.services.protections.test_measures import HER, OFFICER, protect, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

GIVEN = {
    "name": HER, "kana": "モリシタ ダイチ", "born": "19950314", "since": "２０２６年11月20日", "until": "2027-11-20",
}  # fmt: skip
LIST = "/desk/protections/"


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_recorded_extended_and_lifted_on_the_pages(var: Path, sign_in: SignIn) -> None:
    officer, agent = sign_in(OFFICER), sign_in("centre-agent")
    number = sent()
    task = reverse("desk:task", args=[flow.waiting(flow.case(cast.MIDORINO, number)).pk])
    assert agent.get(task).status_code == 200
    recorded = officer.post(LIST, GIVEN)
    assert recorded.status_code == 303
    page = recorded.headers["Location"]
    assert agent.get(task).status_code == 404
    assert task in text(officer, page)
    assert number in text(officer, "/desk/")
    assert HER in text(officer, LIST)
    assert "支援措置の対象の方に関わる申請です" in text(officer, task)
    assert "みどり野町川上" not in text(officer, task)
    extended = officer.post(f"{page}/extend", {"until": "2028-11-20"})
    assert extended.status_code == 303
    assert "令和10年" in text(officer, page)
    assert officer.post(f"{page}/lift").status_code == 422
    assert officer.post(f"{page}/lift", {"sure": "yes"}).status_code == 303
    assert agent.get(task).status_code == 200
    assert HER not in text(officer, LIST)


def test_an_application_of_somebody_else_is_given_back_on_the_page(sign_in: SignIn) -> None:
    measure = protect()
    case = flow.case(cast.MIDORINO, sent())
    page = reverse("desk:protection", args=[measure.pk])
    assert case.number in text(sign_in(OFFICER), page)
    for subject, status in (("x", 404), (str(measure.key_id), 404), (str(case.submission.key_id), 303)):
        assert sign_in(OFFICER).post(f"{page}/release", {"subject": subject}).status_code == status
    assert case.number not in text(sign_in(OFFICER), page)
    assert case.number in text(sign_in("midorino-clerk"), "/desk/?who=all")


@pytest.mark.parametrize("field", ["name", "born", "since", "until"])
def test_what_is_missing_is_named_and_what_was_typed_stays(sign_in: SignIn, field: str) -> None:
    response = sign_in(OFFICER).post(LIST, {**GIVEN, field: ""})
    assert response.status_code == 422
    page = response.content.decode()
    assert f'href="#{field}"' in page
    assert 'aria-invalid="true"' in page
    assert all(value in page for name, value in GIVEN.items() if name != field)


def test_a_measure_that_has_ended_stays_as_it_is(sign_in: SignIn) -> None:
    page = reverse("desk:protection", args=[protect().pk])
    officer = sign_in(OFFICER)
    assert officer.post(f"{page}/extend", {"until": "2030-01-01"}).status_code == 422
    officer.post(f"{page}/lift", {"sure": "yes"})
    again = officer.post(f"{page}/lift", {"sure": "yes"})
    assert again.status_code == 422
    assert "もう終わっています" in again.content.decode()


@pytest.mark.parametrize("login", [one.login for one in cast.PEOPLE if one.login != OFFICER])
def test_for_everybody_else_the_pages_are_not_here(sign_in: SignIn, login: str) -> None:
    measure = protect()
    client = sign_in(login)
    page = reverse("desk:protection", args=[measure.pk])
    unknown = client.get("/desk/tasks/00000000-0000-7000-8000-000000000000")
    for path in (LIST, page, f"{page}/extend", f"{page}/lift", f"{page}/release"):
        for response in (client.get(path), client.post(path, GIVEN)):
            assert response.status_code == 404
            assert response.content == unknown.content
    assert LIST not in text(client, "/desk/")
