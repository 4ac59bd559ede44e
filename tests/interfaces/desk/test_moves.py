"""The pages on which running cases are looked at and moved to the definition in use."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from tests.services.cases.test_moves import adopt, publish
from tests.services.protections.test_measures import protect, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
LIST, PAGE, ADMIN = "/desk/moves/", "/desk/moves/jidou-teate", "oumi-admin"


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def values(page: str, name: str) -> list[str]:
    return re.findall(f'name="{name}" value="([^"]+)"', page)


def test_a_case_is_looked_at_in_words_chosen_and_moved(sign_in: SignIn) -> None:
    case = flow.sent_case()
    adopt(overlay={"workflow.形式審査.due.days": 9, "workflow.形式審査.title": "はじめの審査"})
    admin = sign_in(ADMIN)
    assert f'href="{PAGE}"' in text(admin, LIST)
    page = text(admin, PAGE)
    assert "移行できます" in page
    assert "形式審査 → はじめの審査" in page
    assert case.submission.answers["氏名"] not in page
    (choice,) = values(page, "case")
    posted = admin.post(PAGE, {"case": choice})
    assert posted.status_code == 303
    assert "1件を移行しました。" in text(admin, posted.headers["Location"])
    assert flow.case(cast.OUMI, case.number).definition_id != case.definition_id
    assert f'href="{PAGE}"' not in text(admin, LIST)
    again = admin.post(PAGE, {"case": choice})
    assert "1件は、すでに移行していました。" in text(admin, again.headers["Location"])


def test_all_that_can_move_moves_in_one_act_and_what_changed_does_not(sign_in: SignIn) -> None:
    first = flow.sent_case()
    flow.send(flow.draft(), key="key-of-another")
    publish()
    admin = sign_in(ADMIN)
    offered = values(text(admin, PAGE), "offered")
    assert len(offered) == 2
    flow.act("centre-agent", first, "不備なし")
    posted = admin.post(PAGE, {"all": "yes", "offered": offered})
    told = text(admin, posted.headers["Location"])
    assert "1件を移行しました。" in told
    assert "1件は、表示したあとに内容が変わったため、移行していません。" in told
    nothing = admin.post(PAGE)
    assert "案件が選ばれていません。" in text(admin, nothing.headers["Location"])
    assert admin.post(PAGE, {"case": "x"}).status_code == 400


def test_a_step_that_vanished_is_given_a_place_on_the_page(sign_in: SignIn) -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "不備なし")
    publish(('"内容審査"', '"担当審査"'), ("内容審査.操作", "担当審査.操作"))
    admin = sign_in(ADMIN)
    page = text(admin, PAGE)
    assert "移行先にない工程" in page
    assert 'name="step.内容審査"' in page
    assert values(page, "case") == []
    page = text(admin, f"{PAGE}?step.内容審査=担当審査")
    (choice,) = values(page, "case")
    admin.post(PAGE, {"case": choice, "step.内容審査": "担当審査"})
    assert flow.waiting(case).step == "担当審査"


def test_a_lost_answer_is_told_by_its_name(sign_in: SignIn) -> None:
    flow.sent_case()
    publish(('"フリガナ"', '"読み方"'))
    page = text(sign_in(ADMIN), PAGE)
    assert "項目「フリガナ」が移行先にないため、答えが失われます。" in page
    assert "移行できません" in page


def test_results_of_tables_are_shown_before_and_after(sign_in: SignIn) -> None:
    flow.sent_case()
    publish(('"then":[10000]', '"then":[11000]'), ('"then":[15000]', '"then":[16000]'))
    page = text(sign_in(ADMIN), PAGE)
    assert re.search("判定「手当の月額」の結果が、月額 [0-9,]+円から月額 [0-9,]+円に変わります。", page)


@pytest.mark.parametrize("login", ["oumi-clerk", "oumi-auditor", "centre-lead"])
def test_the_pages_are_for_who_manages_adoptions(sign_in: SignIn, login: str) -> None:
    assert text(sign_in(login), LIST, 403)
    assert text(sign_in(login), PAGE, 403)
    assert sign_in(login).post(PAGE).status_code == 403
    assert LIST not in text(sign_in(login), "/desk/")


def test_a_protected_persons_case_is_not_on_the_page(sign_in: SignIn) -> None:
    number, ordinary = sent(), flow.send(flow.draft(cast.MIDORINO), key="key-of-another").number
    protect()
    adopt(params={"補正期限日数": 25}, town_code=cast.MIDORINO)
    page = text(sign_in("midorino-admin"), PAGE)
    assert ordinary in page
    assert number not in page


def test_english_is_whole(sign_in: SignIn) -> None:
    flow.sent_case()
    publish(('"フリガナ"', '"読み方"'))
    admin = sign_in(ADMIN)
    admin.cookies["yuimaru_language"] = "en"
    page = text(admin, PAGE)
    assert "Why this case stays where it is" in page
    assert "Cannot move" in page
