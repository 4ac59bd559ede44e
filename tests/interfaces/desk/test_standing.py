"""In whose name somebody acts is looked up anew on every request."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from yuimaru.foundation.people.models import Assignment, Post, User
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope

pytestmark = pytest.mark.django_db

PAGES = ["/desk/", "/desk/log", "/desk/standing/", "/files/01a20370-de48-7735-b3a1-0e46806f76ef"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_the_door(page: str) -> None:
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={page}"


def test_somebody_without_a_post_is_told_so_in_words(sign_in: SignIn) -> None:
    Assignment.objects.filter(user__login="oumi-clerk").update(until=date(2026, 11, 19))
    answer = sign_in("oumi-clerk").get("/desk/")
    assert answer.status_code == 403
    assert "就いている職がない" in answer.content.decode()


def test_an_assignment_that_ends_closes_the_next_request(sign_in: SignIn) -> None:
    clerk = sign_in("oumi-clerk")
    assert clerk.get("/desk/").status_code == 200
    Assignment.objects.filter(user__login="oumi-clerk").update(until=date(2026, 11, 19))
    assert clerk.get("/desk/").status_code == 403


@pytest.mark.parametrize(
    "ended",
    [{"revoked_at": flow.NOW}, {"valid_to": flow.TODAY - timedelta(days=1)}],
    ids=["revoked", "expired"],
)
def test_a_mandate_that_ends_closes_the_next_request(sign_in: SignIn, ended: dict[str, object]) -> None:
    task = flow.waiting(flow.sent_case())
    agent = sign_in("centre-agent")
    assert agent.get(f"/desk/tasks/{task.pk}").status_code == 200
    Mandate.objects.filter(owner__code=cast.OUMI).update(**ended)
    assert agent.get(f"/desk/tasks/{task.pk}").status_code == 404
    assert str(task.pk) not in agent.get("/desk/").content.decode()


def _second_post(login: str, code: str) -> None:
    body = get_organisation(code)
    with scope(Actor.system(body)):
        post = Post.objects.get(title="手当係 主事")
        Assignment.objects.create(
            user=User.objects.get(login=login), organisation=body, post=post, since=date(2026, 4, 1)
        )


def test_who_works_for_two_bodies_sees_one_at_a_time(sign_in: SignIn) -> None:
    _second_post("oumi-clerk", cast.MIDORINO)
    case = flow.sent_case(cast.MIDORINO)
    flow.act("centre-agent", case, "不備なし")
    clerk = sign_in("oumi-clerk")
    assert case.number not in clerk.get("/desk/").content.decode()
    assert "みどり野町" in clerk.get("/desk/standing/").content.decode()

    answer = clerk.post("/desk/standing", {"standing": cast.MIDORINO})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/")
    assert case.number in clerk.get("/desk/").content.decode()


def test_nobody_acts_for_a_body_without_a_post_there(sign_in: SignIn) -> None:
    clerk = sign_in("oumi-clerk")
    assert clerk.post("/desk/standing", {"standing": cast.MIDORINO}).status_code == 404
    assert "青海市" in clerk.get("/desk/").content.decode()
