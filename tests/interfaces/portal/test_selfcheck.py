"""The self-check as a conversation: emergencies first, answers carried in the page, nothing stored."""

from __future__ import annotations

import html
import re

from django.contrib.sessions.models import Session
from django.test import Client

CHECK = "/m/990027/check/kansen-selfcheck/"
MILD = {
    "緊急症状": "どれもない", "だれ": "自分", "年齢": "30〜39歳", "重い症状": "どれもない",
    "接触": "どれもない", "症状": "せき", "入所": "false", "従事": "false",
}  # fmt: skip


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {
        html.unescape(name): html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"
    }


def _asked(page: str) -> str:
    return _hidden(page).get("@asked", "")


def _answer_all(browser: Client) -> str:
    page = browser.get(CHECK).content.decode()
    answered: set[str] = set()
    while (
        asked := _asked(page)
    ) and asked not in answered:  # the same question again: its answer was refused
        answered.add(asked)
        page = browser.post(CHECK, {**_hidden(page), asked: MILD[asked]}).content.decode()
    return page


def test_the_emergency_comes_first_and_leads_to_119_at_once(browser: Client) -> None:
    page = browser.get(CHECK).content.decode()
    assert _asked(page) == "緊急症状"
    result = browser.post(CHECK, {"@asked": "緊急症状", "緊急症状": "話せない"}).content.decode()
    assert "いますぐ、119番に電話してください" in result
    assert 'href="tel:119"' in result


def test_a_question_without_an_answer_is_asked_again_with_a_reason(browser: Client) -> None:
    page = browser.post(CHECK, {"@asked": "緊急症状"}).content.decode()
    assert re.search(r"<title>誤り:", page)
    assert "に答えてください。" in page


def test_mild_symptoms_end_in_advice_with_row_and_ground(browser: Client) -> None:
    page = _answer_all(browser)
    assert "自宅で休み、様子を見てください" in page
    assert "判定表「受診の目安」の" in page
    assert "診断ではありません" in page


def test_an_earlier_answer_is_chosen_again_and_later_ones_stay(browser: Client) -> None:
    page = _answer_all(browser)
    again = browser.post(CHECK, {**_hidden(page), "@again": "症状"}).content.decode()
    assert _asked(again) == "症状"
    carried = _hidden(again)
    assert carried["従事"] == "false"
    assert "症状" not in carried


def test_nothing_is_stored(browser: Client) -> None:
    _answer_all(browser)
    assert Session.objects.count() == 0
    assert "sessionid" not in browser.cookies
