"""The workflow on the pages of the desk: drawn twice, told once as a table, with where the case stands."""

from __future__ import annotations

import re

import pytest

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow, machine

pytestmark = pytest.mark.django_db


def pictures(page: str) -> list[str]:
    return re.findall(r'<svg[^>]*class="flow".*?</svg>', page, re.DOTALL)


def test_the_task_shows_where_the_case_stands(sign_in: SignIn) -> None:
    case = flow.sent_case()
    page = sign_in("oumi-clerk").get(f"/desk/tasks/{flow.waiting(case).pk}").content.decode()
    wide, narrow = pictures(page)
    assert (wide.count("いまここ"), narrow.count("いまここ")) == (1, 1)
    assert 'role="img"' in wide
    assert len(re.findall(r'<th role="rowheader"[^>]*>.*?いまここ', page)) == 1
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_taker_is_shown_its_own_step_and_not_where_else_the_case_is(sign_in: SignIn) -> None:
    case = machine.at_call()
    first = machine.done_task(case, "受付")
    machine.mandate(case, steps=["受付"])
    page = sign_in("centre-agent").get(f"/desk/tasks/{first.pk}").content.decode()
    assert len(pictures(page)) == 2
    assert "いまここ" not in page


def test_english_pages_draw_english_words(sign_in: SignIn) -> None:
    case = flow.sent_case(cast.MIDORINO)
    client = sign_in("midorino-clerk")
    client.cookies["yuimaru_language"] = "en"
    page = client.get(f"/desk/tasks/{flow.waiting(case).pk}").content.decode()
    assert "Now here" in page
    assert not re.search(r"[ぁ-ん]", "".join(re.findall(r"<text[^>]*>([^<]*)", pictures(page)[0])))


def test_before_adopting_the_way_of_a_kata_is_shown(sign_in: SignIn) -> None:
    page = sign_in("oumi-admin").get("/desk/joining/kata/juminhyo-seikyu").content.decode()
    assert len(pictures(page)) == 2
    without = sign_in("oumi-admin").get("/desk/joining/kata/kansen-selfcheck").content.decode()
    assert pictures(without) == []
