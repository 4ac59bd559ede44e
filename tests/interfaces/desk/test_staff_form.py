"""The form that staff fill at a step: on the page of the task, sent with each act, read by the workflow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow, inquiry
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.models import Case, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(tmp_path: Path) -> Task:
    """The task of the tax section, the only one that waits."""
    inquiry.adopt(tmp_path, text=inquiry.with_form(inquiry.TEXT))
    case = inquiry.sent_case()
    inquiry.act("oumi-clerk", inquiry.waiting(case)[0], "照会する")
    welfare, tax = inquiry.waiting(case)
    inquiry.act("oumi-clerk", welfare, "答える")
    return tax


def stored(task: Task) -> Task:
    with scope(Actor.system(task.owner)):
        return Task.objects.select_related("key", "case__owner").get(pk=task.pk)


def case_of(task: Task) -> Case:
    found = stored(task).case
    return flow.case(found.owner.code, found.number)


def test_the_page_asks_what_the_answers_so_far_lead_to(sign_in: SignIn, task: Task) -> None:
    page = sign_in("oumi-clerk").get(f"/desk/tasks/{task.pk}").content.decode()
    assert "照会への回答" in page
    assert 'name="滞納"' in page
    assert 'name="滞納額"' not in page
    assert 'form="staff-form"' in page


def test_what_is_missing_is_said_and_what_was_typed_stays(sign_in: SignIn, task: Task) -> None:
    clerk = sign_in("oumi-clerk")
    empty = clerk.post(f"/desk/tasks/{task.pk}/act", {"action": "答える"})
    assert empty.status_code == 422
    page = empty.content.decode()
    assert 'href="#staff-form"' in page
    assert 'id="滞納-error"' in page
    more = clerk.post(f"/desk/tasks/{task.pk}/act", {"action": "答える", "滞納": "true"})
    page = more.content.decode()
    assert more.status_code == 422
    assert 'name="滞納額"' in page
    assert 'value="true" checked' in " ".join(page.split())
    assert stored(task).done_at is None


def test_the_answers_are_sealed_with_the_act_and_lead_the_way(sign_in: SignIn, task: Task) -> None:
    clerk = sign_in("oumi-clerk")
    sent = {"action": "答える", "滞納": "true", "滞納額": "12000"}
    assert clerk.post(f"/desk/tasks/{task.pk}/act", sent).status_code == 303
    done = stored(task)
    assert done.answers == {"滞納": True, "滞納額": 12000}
    assert "滞納" not in str(bytes(done.answers_sealed or b""))
    case = case_of(task)
    assert case.step == "決裁"
    [waiting] = inquiry.waiting(case)
    page = sign_in("oumi-decider").get(f"/desk/tasks/{waiting.pk}").content.decode()
    assert "滞納の額（円）" in page
    assert ">12000<" in page


def test_hidden_answers_are_dropped(sign_in: SignIn, task: Task) -> None:
    sent = {"action": "答える", "滞納": "false", "滞納額": "12000"}
    sign_in("oumi-clerk").post(f"/desk/tasks/{task.pk}/act", sent)
    assert stored(task).answers == {"滞納": False}
    assert case_of(task).step == "世帯の確認"
