"""The queue: one order for all, nothing in it that a mandate hides, and no query per line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.desk.deadlines import deadline
from yuimaru.services.cases.models import Case, Task

pytestmark = pytest.mark.django_db

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.mark.parametrize(
    ("due_on", "on", "state", "words"),
    [
        (date(2026, 11, 25), FRIDAY, "later", "あと2開庁日"),  # Monday 23 November is a holiday
        (date(2026, 11, 22), SATURDAY, "later", "あと0開庁日"),
        (FRIDAY, FRIDAY, "today", "きょう"),
        (date(2026, 11, 19), FRIDAY, "overdue", "1開庁日 超過"),
        (FRIDAY, SATURDAY, "overdue", "期限を過ぎています"),
        (None, FRIDAY, "none", "期限なし"),
    ],
)
def test_deadlines_are_told_in_opening_days(due_on: date | None, on: date, state: str, words: str) -> None:
    told = deadline(due_on, on=on, closed=frozenset())
    assert (told.state, told.words) == (state, words)


def test_a_stopped_clock_says_since_when() -> None:
    told = deadline(FRIDAY, on=date(2026, 12, 1), closed=frozenset(), stopped_since=date(2026, 11, 19))
    assert (told.state, told.day, told.words) == ("stopped", date(2026, 11, 19), "止まっています")


def _due(case: Case, due_on: date) -> None:
    with scope(Actor.system(case.owner)):
        Task.objects.filter(case=case).update(due_on=due_on)


def test_the_soonest_deadline_stands_first_and_is_offered_first(sign_in: SignIn) -> None:
    later, sooner = flow.sent_case(), flow.sent_case(cast.MIDORINO)
    _due(sooner, FRIDAY - timedelta(days=1))
    page = sign_in("centre-agent").get("/desk/").content.decode()
    assert page.index(sooner.number) < page.index(later.number)
    assert "次の1件：みどり野町の形式審査（1開庁日 超過）" in page


def test_a_name_outside_the_mandate_is_never_sent(sign_in: SignIn) -> None:
    case = flow.sent_case(cast.TSUKIHAMA)
    page = sign_in("centre-agent").get("/desk/").content.decode()
    assert case.number in page
    assert "委託の範囲外" in page
    assert case.submission.answers["氏名"] not in page


def test_filters_narrow_by_address(sign_in: SignIn) -> None:
    here, there = flow.sent_case(), flow.sent_case(cast.MIDORINO)
    agent = sign_in("centre-agent")
    page = agent.get("/desk/", {"municipality": cast.MIDORINO}).content.decode()
    assert there.number in page
    assert here.number not in page
    assert here.number not in agent.get("/desk/", {"step": "内容審査"}).content.decode()
    assert here.number not in agent.get("/desk/", {"kata": "kansen-selfcheck"}).content.decode()
    assert here.number not in agent.get("/desk/", {"who": "mine"}).content.decode()


def test_the_list_goes_on_over_pages(sign_in: SignIn) -> None:
    for number in range(21):
        flow.send(flow.draft(), key=f"key-{number:08d}")
    agent = sign_in("centre-agent")
    first = agent.get("/desk/").content.decode()
    assert first.count("/desk/tasks/") == 20
    assert 'rel="next" href="?page=2"' in first
    assert agent.get("/desk/", {"page": "2"}).content.decode().count("/desk/tasks/") == 1
    assert agent.get("/desk/", {"page": "一"}).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_list(sign_in: SignIn) -> None:
    agent = sign_in("centre-agent")
    flow.send(flow.draft(), key="key-00000000")
    agent.get("/desk/")  # whatever is kept in memory is there from now on
    with CaptureQueriesContext(connection) as few:
        agent.get("/desk/")
    for number in range(1, 8):
        flow.send(flow.draft(), key=f"key-{number:08d}")
    with CaptureQueriesContext(connection) as many:
        agent.get("/desk/")
    assert len(many) == len(few)


def test_taking_the_next_task_leads_to_it(sign_in: SignIn) -> None:
    task = flow.waiting(flow.sent_case())
    answer = sign_in("centre-agent").post("/desk/next")
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/tasks/{task.pk}")
    with scope(Actor.system(get_municipality(cast.OUMI))):
        task.refresh_from_db()
    assert task.taken_by is not None
    assert task.taken_by.login == "centre-agent"


def test_with_nothing_to_take_one_stays_at_the_queue(sign_in: SignIn) -> None:
    answer = sign_in("centre-agent").post("/desk/next")
    assert (answer.status_code, answer["Location"]) == (303, "/desk/")


def test_a_task_that_somebody_has_is_not_offered_to_others(sign_in: SignIn) -> None:
    flow.sent_case()
    sign_in("centre-lead").post("/desk/next")
    page = sign_in("centre-agent").get("/desk/").content.decode()
    assert "受け取れる担当タスクはありません" in page
    assert "新垣 涼" in page


@pytest.mark.parametrize("login", ["oumi-admin", "shiomi-platform", "minato-agent"])
def test_a_post_without_tasks_is_told_so(sign_in: SignIn, login: str) -> None:
    case = flow.sent_case()
    page = sign_in(login).get("/desk/").content.decode()
    assert "いまの職には、担当タスクが回ってきません" in page
    assert case.number not in page


def test_the_queue_is_also_there_in_english(sign_in: SignIn) -> None:
    flow.sent_case()
    agent = sign_in("centre-agent")
    agent.cookies["yuimaru_language"] = "en"
    page = agent.get("/desk/").content.decode()
    assert "2 opening days left" in page
    assert "Formal check" in page


def test_whoever_has_no_tasks_is_led_to_the_pages_of_their_post(sign_in: SignIn) -> None:
    admin = sign_in("oumi-admin").get("/desk/").content.decode()
    assert "いまの職には、担当タスクが回ってきません" in admin
    assert "この立場で使える画面" in admin
    assert "<span>担当タスク</span>" not in admin
    assert "<h2>団体の管理</h2>" in admin
    outsider = sign_in("minato-agent").get("/desk/").content.decode()
    assert "団体との受委託の定めが始まると、ここに担当タスクが並びます。" in outsider
    assert "この立場で使える画面" not in outsider


def test_bodies_are_named_in_the_language_of_the_page_and_one_alone_is_no_choice(sign_in: SignIn) -> None:
    flow.sent_case()
    assert 'name="municipality"' not in sign_in("oumi-clerk").get("/desk/").content.decode()
    flow.send(flow.draft(cast.MIDORINO), key="key-of-another-town")
    told = sign_in("centre-agent").get("/desk/?lang=en").content.decode()
    assert f'<option value="{cast.OUMI}">Oumi City</option>' in told
