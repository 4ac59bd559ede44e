"""A resident asks on in few words, is asked back, opens the source, and hands it all to a person at the desk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import inspection, resident
from tests.journeys.resident import TOWN
from tests.journeys.visits import DESKTOP, PHONE, Visits, follow

pytestmark = pytest.mark.journey

FIRST, SECOND = "住民票の写しの手数料はいくらですか", "郵送だと？"
ENQUIRY = {"分野": "住民票", "急ぎ": "false", "返事の方法": "不要"}


def _asks(page: Page, question: str) -> None:
    page.fill("#q", question)
    with page.expect_navigation():
        page.press("#q", "Enter")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_conversation_goes_on_to_a_person_who_reads_all_of_it(visits: Visits, width: int) -> None:
    page = visits.begin(width, scripts=False)
    page.goto(f"{TOWN}/")
    _asks(page, FIRST)
    _asks(page, SECOND)
    expect(page.locator(".thread")).to_contain_text(FIRST)
    expect(page.locator(".carried")).to_contain_text("「住民票の写し」のこととして調べました")
    follow(page.get_by_role("link", name="職員に尋ねる"))
    record = page.locator('[name="会話の記録"]')
    expect(page.locator('[name="内容"]')).to_have_value(f"{SECOND}（住民票の写しのこと）")
    expect(record).to_have_value(
        re.compile(rf"質問1：{FIRST}\n文書に答えがありました。[^質]*質問2：{SECOND}", re.DOTALL)
    )
    record.fill(f"{record.input_value()}\n町外に住んでいます。")
    resident.fill_until(page, "idempotency_key", ENQUIRY)
    number = resident.send(page).number
    clerk = visits.begin(login="midorino-counter")
    clerk.goto("/desk/?who=all")
    follow(clerk.locator(".queue tr", has_text=number).get_by_role("link"))
    expect(clerk.locator("main")).to_contain_text(f"質問1：{FIRST}")
    expect(clerk.locator("main")).to_contain_text("町外に住んでいます。")


def test_a_vague_question_is_asked_back_once(visits: Visits) -> None:
    page = visits.begin(PHONE)
    page.goto(f"{TOWN}/ask?q=引っ越します")
    choice = page.locator(".choices a", has_text="転入届")
    assert inspection.faults(page) == []
    follow(choice)
    expect(page.locator(".choices a")).to_have_count(0)
    expect(page.locator(".result")).to_contain_text("転入届")
    expect(page.locator(".thread")).to_contain_text("引っ越します")


def test_the_quoted_sentence_is_marked_where_it_stands(visits: Visits) -> None:
    page = visits.begin(DESKTOP, scripts=False)
    page.goto(f"{TOWN}/ask?q=児童手当はいくらもらえますか")
    sentence = page.locator(".quote blockquote").first.inner_text().strip()
    follow(page.locator(".quote a").first)
    marked = page.locator(".passage:target mark")
    expect(marked).to_contain_text(sentence)
    expect(marked).to_be_in_viewport()
    assert marked.evaluate("node => getComputedStyle(node).backgroundImage") != "none"
