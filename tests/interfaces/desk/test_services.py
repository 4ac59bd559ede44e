"""Steps of the machine on the desk: what it is at, why it could not, and the button of the administration."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow, machine
from yuimaru.foundation.notices.actions import NotSent
from yuimaru.services.cases.jobs import notice
from yuimaru.services.cases.models import Case

pytestmark = pytest.mark.django_db
PAGE = "/desk/services/"


def failed_once() -> Case:
    """A case whose notice could not be sent the first time."""
    case = machine.at_machine()
    with patch.object(notice, "hand_over", side_effect=NotSent("unreachable")):
        machine.run()
    return case


def test_the_administration_sees_why_and_has_it_tried_again(sign_in: SignIn) -> None:
    case = failed_once()
    task = flow.waiting(case)
    client = sign_in("oumi-admin")
    page = client.get(PAGE).content.decode()
    for words in ("お知らせの送信", case.number, "メールサーバーにつながりませんでした。", "次の実行待ち"):
        assert words in page
    assert "青葉 陽菜" not in page, "the administration sees no case"
    assert client.post(f"{PAGE}{task.pk}/restart").status_code == 303
    machine.run(flow.NOW + machine.ENDLESS)
    assert machine.now(case).outcome == "done"
    assert client.post(f"{PAGE}{task.pk}/restart").status_code == 409
    assert case.number not in client.get(PAGE).content.decode(), "what is done is not left undone"


def test_what_was_handed_over_is_told_with_its_reason(sign_in: SignIn) -> None:
    case = machine.at_machine(answers={"氏名": "青葉 陽菜"})
    machine.run()
    page = sign_in("oumi-admin").get(PAGE).content.decode()
    for words in (
        case.number,
        "申請にメールアドレスがありません。",
        "職員に引継ぎ済み",
        "いまの工程：電話で知らせる",
    ):
        assert words in page
    assert "/restart" not in page


@pytest.mark.parametrize(
    ("login", "status"), [("oumi-clerk", 403), ("centre-agent", 403), ("midorino-admin", 200)]
)
def test_others_do_not_see_it(sign_in: SignIn, login: str, status: int) -> None:
    case = failed_once()
    client = sign_in(login)
    answer = client.get(PAGE)
    assert answer.status_code == status
    assert case.number not in answer.content.decode()
    expected = 404 if login != "oumi-clerk" else 403
    assert client.post(f"{PAGE}{flow.waiting(case).pk}/restart").status_code == expected


def test_the_task_says_that_the_machine_is_at_it(sign_in: SignIn) -> None:
    case = failed_once()
    client = sign_in("oumi-clerk")
    page = client.get(f"/desk/tasks/{flow.waiting(case).pk}").content.decode()
    for words in ("自動処理中", "操作は要りません", "メールサーバーにつながりませんでした。"):
        assert words in page
    assert 'value="ok"' not in page
    assert str(flow.waiting(case).pk) not in client.get("/desk/?who=all").content.decode()


def test_called_and_calling_case_lead_to_each_other_for_whoever_sees_both(sign_in: SignIn) -> None:
    case = machine.at_call()
    machine.run()
    child = machine.child_of(case)
    clerk = sign_in("oumi-clerk")
    above, below = (f"/desk/tasks/{flow.waiting(each).pk}" for each in (case, child))
    assert below in clerk.get(above).content.decode()
    assert above in clerk.get(below).content.decode()
    assert "ほかの手続の終わりを待っています" in clerk.get(above).content.decode()


def test_a_right_on_one_of_the_two_shows_nothing_of_the_other(sign_in: SignIn) -> None:
    case = machine.at_call()
    machine.run()
    child = machine.child_of(case)
    machine.mandate(case, steps=["現地の確認"])
    page = sign_in("centre-agent").get(f"/desk/tasks/{flow.waiting(case).pk}").content.decode()
    assert case.number in page
    assert child.number not in page
