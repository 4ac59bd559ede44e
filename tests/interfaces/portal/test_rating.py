"""Asking leaves a trace without a person, and an opinion marks it: without JavaScript, once, and only here."""

from __future__ import annotations

import re
from html import unescape
from unittest.mock import patch

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests import cast
from tests.services.cases import flow
from tests.services.knowledge.town import add, note, town
from tests.services.questions.town import kept
from yuimaru.interfaces.look.noting import noted
from yuimaru.services.knowledge import queries
from yuimaru.services.questions.actions import keep_for
from yuimaru.services.questions.models import Question, Rating

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
TOWN = f"/m/{cast.OUMI}"
FEE = "粗大ごみの手数料はいくらですか"
ASKED = f"{TOWN}/ask?q={FEE}"


@pytest.fixture(autouse=True)
def _documents() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())


def _page(address: str = ASKED, browser: Client | None = None) -> str:
    response = (browser or Client()).get(address)
    assert response.status_code == 200
    return response.content.decode()


def _fields(page: str) -> dict[str, str]:
    """The hidden fields of the first form of the rating."""
    form = page[page.index(f'action="{TOWN}/ask/rating"') :].partition("</form>")[0]
    return {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}


def _log() -> list[Question]:
    with town() as (owner, _):
        return kept(owner)


def _ratings() -> list[tuple[bool, str, str]]:
    with town():
        return [(one.helpful, one.reason, one.said) for one in Rating.objects.select_related("key")]


def test_an_answer_is_kept_after_it_was_given_and_reloading_does_not_count() -> None:
    for _ in range(3):
        _page()
    Client().get(ASKED, headers={"Sec-Purpose": "prefetch;prerender"})
    Client().head(f"{TOWN}/ask?q=住民票はどこですか")
    [question] = _log()
    assert (question.words, question.outcome, question.times, question.channel) == (
        FEE,
        "answer",
        1,
        "portal",
    )


def test_the_page_does_not_wait_for_the_log() -> None:
    with patch("yuimaru.interfaces.look.noting.note_quietly") as noting:
        response = Client().get(ASKED)
        assert "この回答は役に立ちましたか" in response.content.decode()
    noting.assert_called_once()
    broken = patch("yuimaru.services.questions.actions.noting.note", side_effect=OSError)
    with broken:
        assert Client().get(ASKED).status_code == 200


def test_where_the_town_asks_back_nothing_is_counted_yet() -> None:
    with town() as (owner, _):
        answer = queries.ask(owner, FEE, flow.TODAY).as_json()
    request = RequestFactory().get(ASKED)
    response = noted(
        HttpResponse(), request, owner, answer | {"choices": [{"label": "料金"}]}, channel="portal"
    )
    response.close()
    assert _log() == []
    noted(HttpResponse(), request, owner, answer, channel="portal").close()
    assert len(_log()) == 1


def test_yes_is_thanked_for_on_the_same_page() -> None:
    browser = Client(enforce_csrf_checks=True)
    fields = _fields(_page(browser=browser))
    sent = browser.post(f"{TOWN}/ask/rating", fields)
    assert (sent.status_code, sent["Location"].partition("#")[2]) == (303, "rating")
    page = _page(sent["Location"].partition("#")[0], browser)
    assert "ありがとうございました" in page
    assert "1点につき300円" in page
    assert _ratings() == [(True, "", "")]
    assert len(_log()) == 1, "the page that thanks is no further question"


def test_an_opinion_sent_twice_is_one_and_is_masked() -> None:
    fields = {
        **_fields(_page()),
        "helpful": "no",
        "reason": "outdated",
        "said": " 0599-40-0145で400円と聞きました ",
    }
    for _ in range(2):
        assert Client().post(f"{TOWN}/ask/rating", fields).status_code == 303
    assert _ratings() == [(False, "outdated", "〔電話1〕で400円と聞きました")]


def test_what_is_sent_leads_nowhere_else_and_is_not_taken_at_its_word() -> None:
    fields = {**_fields(_page()), "back": "https://example.jp/?q=x", "helpful": "no", "reason": "<b>"}
    sent = Client().post(f"{TOWN}/ask/rating", fields)
    assert sent["Location"] == f"{TOWN}/ask?q=x&rated=1#rating"
    assert _ratings() == [(False, "", "")]
    assert Client().post(f"{TOWN}/ask/rating", {**fields, "form": "7"}).status_code == 404
    assert Client(enforce_csrf_checks=True).post(f"{TOWN}/ask/rating", fields).status_code == 403


def test_the_town_says_what_it_keeps_and_may_keep_nothing() -> None:
    told = _page(f"{TOWN}/data")
    assert "400日間保存し" in told
    assert "伏せ字" in told
    with town() as (owner, actor):
        keep_for(owner=owner, days=0, by=actor, at=flow.NOW)
    told = _page(f"{TOWN}/data")
    assert "お尋ねの内容は、保存しません" in told
    assert "この回答は役に立ちましたか" not in _page()
    assert _log() == []


def test_where_nothing_was_found_no_opinion_is_asked() -> None:
    assert "役に立ちましたか" not in _page(f"{TOWN}/ask?q=カレーの作り方")
    assert [question.outcome for question in _log()] == ["none"]
