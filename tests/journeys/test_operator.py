"""One claim on its way: the joint centre, the resident's correction, the clerk's proposal, the decision."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.journeys import inspection, resident
from tests.journeys.resident import APPLY, TOWN
from tests.journeys.visits import DESKTOP, PHONE, Visits, follow

pytestmark = pytest.mark.journey

REASON = "電話番号のけた数を確かめてください。"
CORRECTED = "0599-41-2345"
PURPOSE = "住民票の住所と突き合わせるため"


def test_a_claim_goes_through_all_hands(visits: Visits, bank_card: Path) -> None:
    applicant = visits.begin()
    applicant.goto(f"{APPLY}1")
    resident.complete(applicant, resident.answers(), picture=bank_card)
    number = resident.send(applicant).number

    agent = visits.begin(login="centre-agent")
    takes_the_next_and_gives_it_back(agent)
    sees_what_the_mandate_shows(agent, number)
    asks_for_a_correction(agent)
    corrects(applicant, number)

    opens(agent, number)
    expect(agent.locator(".tags")).to_contain_text("補正が届いた")
    passes_on(agent, "担当課へ引き継ぐ")

    clerk = visits.begin(login="midorino-clerk")
    opens(clerk, number)
    expect(clerk.locator("main")).to_contain_text(CORRECTED)
    passes_on(clerk, "認定の案を作る")
    opens(clerk, number)
    expect(clerk.locator(".draft")).to_contain_text("手当係長")
    follow(clerk.get_by_role("button", name="起案する"))
    expect(clerk.locator(".draft .tags")).to_contain_text("決裁中")
    expect(clerk.get_by_role("button", name="案のとおり決裁する")).to_have_count(0)

    leader = visits.begin(login="midorino-leader")
    returns_and_gets_it_again(leader, clerk, number)
    decider = visits.begin(login="midorino-decider")
    decides_from_the_list(decider, number)
    applicant.goto(f"{TOWN}/status/{number}")
    expect(applicant.locator(".outcome.answer")).to_contain_text("認められました")


def returns_and_gets_it_again(leader: Page, clerk: Page, number: str) -> None:
    """The team leader returns the draft with a reason; the clerk drafts anew, and now it is approved."""
    waits_for_me(leader, number)
    leader.locator(".bar summary").click()
    leader.fill('[name="opinion"]', "年金の確認を書き足してください。")
    follow(leader.locator(".bar details[open] form button"))
    opens(clerk, number)
    expect(clerk.locator(".timeline")).to_contain_text("年金の確認を書き足してください。")
    passes_on(clerk, "認定の案を作る")
    opens(clerk, number)
    clerk.fill("#inquiry", "年金を確かめました。認定してよろしいか伺います。")
    follow(clerk.get_by_role("button", name="起案する"))
    waits_for_me(leader, number)
    expect(leader.locator(".draft")).to_contain_text("年金を確かめました。")
    follow(leader.get_by_role("button", name="承認する"))


def decides_from_the_list(page: Page, number: str) -> None:
    page.goto("/desk/approvals")
    page.locator("tr", has_text=number).locator("input").check()
    follow(page.get_by_role("button", name="選んだものを承認する"))
    expect(page.locator(".steps")).to_contain_text(number)
    expect(page.locator(".steps")).to_contain_text("承認")


def waits_for_me(page: Page, number: str) -> None:
    page.goto("/desk/approvals")
    follow(page.locator("tr", has_text=number).get_by_role("link"))


def takes_the_next_and_gives_it_back(page: Page) -> None:
    follow(page.locator(".next button"))
    expect(page.locator(".bar .why")).to_contain_text("あなたが受け取っています")
    follow(page.get_by_role("button", name="窓口に戻す"))
    expect(page.get_by_role("button", name="自分が受け取る")).to_be_visible()


def opens(page: Page, number: str, *, who: str = "") -> None:
    """From the queue, narrowed to the town where there are several, to the task of one application."""
    page.goto("/desk/")
    if page.locator("#filter-municipality").count():
        page.select_option("#filter-municipality", cast.MIDORINO)
    page.select_option("#filter-who", who)
    follow(page.get_by_role("button", name="しぼり込む"))
    follow(page.locator(".queue tr", has_text=number).get_by_role("link"))
    expect(page.locator(".crumbs")).to_contain_text(number)


def sees_what_the_mandate_shows(page: Page, number: str) -> None:
    opens(page, number)
    expect(page.locator(".standing .under")).to_contain_text("委託第7号")
    assert "本町3-5" not in page.content(), "a hidden value was sent"
    assert "0599-41-0198" not in page.content(), "a value outside the mandate was sent"
    expect(page.locator("#住所 .mask")).to_contain_text("隠しています")
    expect(page.locator(".mask", has_text="委託の範囲外").first).to_be_visible()
    expect(page.locator(".reason").first).to_contain_text("児童手当法")
    expect(page.locator(".attachment img")).to_have_js_property("naturalWidth", 1)
    page.click("#住所 summary")
    follow(page.get_by_role("button", name="表示する"))
    expect(page.locator("#errors")).to_be_focused()
    page.locator('[name="purpose"]').fill(PURPOSE)
    assert inspection.faults(page) == []
    follow(page.get_by_role("button", name="表示する"))
    expect(page.locator("#住所")).to_contain_text("本町3-5")


def asks_for_a_correction(page: Page) -> None:
    page.locator(".bar summary", has_text="本人に補正を求める").click()
    button = page.locator(".bar details[open] form").get_by_role("button")
    follow(button)
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator('[name="note"]')).to_have_attribute("aria-invalid", "true")
    page.fill('[name="note"]', REASON)
    follow(button)
    expect(page.locator(".outcome.answer")).to_contain_text("補正を求める")


def passes_on(page: Page, act: str) -> None:
    follow(page.locator(".bar").get_by_role("button", name=act))
    expect(page.locator(".outcome.answer")).to_contain_text(act)


def corrects(page: Page, number: str) -> None:
    page.goto(f"{TOWN}/status/{number}")
    expect(page.locator(".result")).to_contain_text(REASON)
    follow(page.locator(".result a.button.main"))
    follow(page.locator(".summary > div", has_text="電話番号").get_by_role("link"))
    page.fill('[name="電話"]', CORRECTED)
    follow(page.locator("main form button.main"))
    expect(page.locator(".summary > div", has_text="電話番号")).to_contain_text(CORRECTED)
    follow(page.locator("main form button.main"))
    expect(page).to_have_url(re.compile(f"{TOWN}/status/{number}$"))
    expect(page.locator(".timeline .now")).to_contain_text("書類の確認")


def test_the_desk_on_a_phone(visits: Visits) -> None:
    page = visits.begin(PHONE, login="centre-agent")
    assert inspection.faults(page) == []
    row = page.locator(".queue tbody tr").first
    assert row.evaluate("node => node.scrollWidth <= innerWidth"), "a row is wider than the phone"
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(6)
    follow(row.get_by_role("link"))
    assert inspection.faults(page) == []


def test_a_wrong_password_is_told_without_saying_which_part(visits: Visits) -> None:
    page = visits.begin(DESKTOP)
    page.goto("/accounts/login/")
    page.fill("#login", "centre-lead")
    page.fill("#password", "not the password")
    page.press("#password", "Enter")
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#login")).to_have_value("centre-lead")
    assert inspection.faults(page) == []
