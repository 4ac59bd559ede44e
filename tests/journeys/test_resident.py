"""A resident asks, reads the source, applies, is told what is wrong and follows up; another checks how they feel."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import inspection, resident
from tests.journeys.resident import APPLY, MAIN, TOWN, Receipt
from tests.journeys.visits import DESKTOP, PHONE, Visits, follow

pytestmark = pytest.mark.journey

QUESTION = "児童手当はいくらもらえますか"
CHECK = f"{TOWN}/check/kansen-selfcheck/"
ASKED = '[name="@asked"]'
MILD = {
    "緊急症状": "どれもない", "だれ": "自分", "年齢": "30〜39歳", "重い症状": "どれもない",
    "接触": "どれもない", "症状": "せき", "入所": "false", "従事": "false",
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """What the pages must say in one language."""

    lang: str
    error: str
    places: str
    amount: str
    received: str
    unknown: str
    stage: str


JA = Words("ja", "誤り:", "2か所", "15,000円", "受け付けました", "申請は見つかりませんでした", "書類の確認")
EN = Words("en", "Error:", "2 places", "15,000 yen", "Received", "No application was found", "documents")


@pytest.mark.parametrize(
    ("width", "scripts", "words"),
    [
        pytest.param(PHONE, True, JA, id="phone"),
        pytest.param(DESKTOP, False, JA, id="desktop-without-scripts"),
        pytest.param(DESKTOP, True, EN, id="desktop-in-english"),
    ],
)
def test_from_the_question_to_the_status(
    visits: Visits, bank_card: Path, width: int, scripts: bool, words: Words
) -> None:
    page = visits.begin(width, scripts=scripts)
    page.goto(f"{TOWN}/?lang={words.lang}")
    asks_and_opens_the_source(page)
    begins(page)
    is_told_what_is_wrong(page, words)
    resident.complete(page, resident.answers(), picture=bank_card)
    expect(page.locator(".so-far")).to_contain_text(words.amount)
    expect(page.locator("main")).to_contain_text(bank_card.name)
    receipt = resident.send(page)
    expect(page.locator("h1")).to_contain_text(words.received)
    elsewhere = visits.begin(width, scripts=scripts)
    elsewhere.goto(f"{TOWN}/?lang={words.lang}")
    needs_both_numbers(elsewhere, receipt, words)


def asks_and_opens_the_source(page: Page) -> None:
    page.fill("#q", QUESTION)
    page.press("#q", "Enter")
    quoted = page.locator(".quote").first
    expect(quoted).to_contain_text("15,000円")
    sentence = quoted.locator("blockquote").inner_text().strip()
    follow(quoted.locator("a"))
    place = page.locator(".passage:target")
    expect(place).to_contain_text(sentence)
    expect(place).to_be_in_viewport()
    ground = "node => getComputedStyle(node).backgroundColor"
    assert place.evaluate(ground) != page.locator("body").evaluate(ground), "the place is not marked"
    page.go_back()


def begins(page: Page) -> None:
    follow(page.locator("main .result a.button:not(.main)"))
    expect(page.locator(".facts dd").first).to_be_visible()
    follow(page.locator("main .result a.button.main"))
    expect(page).to_have_url(re.compile(f"{APPLY}1$"))


def is_told_what_is_wrong(page: Page, words: Words) -> None:
    typed = resident.answers()
    resident.fill_until(page, "児童.0.児童フリガナ", typed)
    wrong = {"era": "令和", "year": "8", "month": "2", "day": "31"}
    resident.fill(page, typed | {f"児童.0.生年月日.{part}": text for part, text in wrong.items()})
    kana, day = (page.locator(f'[name="児童.0.{name}"]') for name in ("児童フリガナ", "生年月日.day"))
    kana.fill("やまざと ゆい")
    follow(page.locator(MAIN))
    expect(page).to_have_title(re.compile(f"^{words.error}"))
    summary = page.locator("#errors")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(words.places)
    expect(kana).to_have_value("やまざと ゆい")
    expect(kana).to_have_attribute("aria-invalid", "true")
    expect(kana).to_have_accessible_description(re.compile("ヤマザト ユイ"))
    expect(day).to_have_value("31")
    expect(day).to_have_attribute("aria-invalid", "true")
    expect(page.locator('[aria-invalid="true"]')).to_have_count(2)
    summary.locator("a").first.click()
    expect(kana).to_be_focused()


def needs_both_numbers(page: Page, receipt: Receipt, words: Words) -> None:
    page.goto(f"{TOWN}/status/{receipt.number}")
    expect(page.locator("#number")).to_have_value(receipt.number)
    resident.look_up(page, receipt.number, f"{(int(receipt.check) + 1) % 10**6:06d}")
    expect(page.locator("#problem")).to_contain_text(words.unknown)
    expect(page.locator("#number")).to_have_value(receipt.number)
    resident.look_up(page, receipt.number, receipt.check)
    expect(page.locator(".timeline .now")).to_contain_text(words.stage)


def test_no_page_on_the_way_carries_a_script(visits: Visits) -> None:
    page = visits.begin()
    for path in ("/", f"{TOWN}/", f"{TOWN}/ask?q={QUESTION}", f"{APPLY}1", CHECK, "/accounts/login/"):
        page.goto(path)
        assert page.evaluate("document.scripts.length") == 0, path


def test_an_emergency_ends_the_self_check_at_once(visits: Visits) -> None:
    page = visits.begin(PHONE)
    page.goto(CHECK)
    follow(page.locator(MAIN))
    expect(page.locator("#errors")).to_be_focused()
    assert inspection.faults(page) == []
    page.check('[value="話せない"]')
    follow(page.locator(MAIN))
    expect(page.locator("h1")).to_have_text("いますぐ、119番に電話してください")
    expect(page.locator('a[href="tel:119"]')).to_be_in_viewport()
    assert inspection.faults(page) == []


def test_mild_symptoms_end_in_rest_at_home(visits: Visits) -> None:
    page = visits.begin(PHONE, scripts=False)
    page.goto(CHECK)
    while page.locator(ASKED).count():
        name = page.locator(ASKED).input_value()
        page.check(f'[name="{name}"][value="{MILD[name]}"]')
        follow(page.locator(MAIN))
    expect(page.locator("h1")).to_have_text("自宅で休み、様子を見てください")
    page.click("details summary")
    expect(page.locator(".said li")).to_have_count(len(MILD))
    assert "sessionid" not in {cookie.get("name") for cookie in page.context.cookies()}
    follow(page.locator('[name="@again"][value="症状"]'))
    expect(page.locator(ASKED)).to_have_value("症状")
