"""Receipt and status: for whoever sent it or knows both numbers, and nobody else."""

from __future__ import annotations

import re

from django.test import Client

from tests.interfaces.portal import filling
from tests.interfaces.portal.filling import SCREENS, TOWN
from tests.services.cases import flow
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.models import Case
from yuimaru.services.procedures.models import Draft

STATUS = f"/m/{TOWN}/status"


def _numbers(browser: Client) -> tuple[str, str]:
    page = browser.get(filling.send(browser)).content.decode()
    serial = re.search(r'class="serial">([\d-]+)<', page)
    secret = re.search(r'class="secret">(\d{6})<', page)
    assert serial is not None
    assert secret is not None
    return serial[1], secret[1]


def test_the_receipt_promises_dates_and_shows_both_numbers(browser: Client) -> None:
    page = browser.get(filling.send(browser)).content.decode()
    assert "令和8年11月20日(金) 午前10時00分" in page
    assert "決定" in page
    assert "12月21日(月)まで" in page  # 30 days end on Sunday the 20th, so on the next opening day
    assert "<style" not in page
    assert 'role="img"' in page


def test_a_number_alone_opens_nothing_and_known_and_unknown_are_alike(browser: Client) -> None:
    number, _ = _numbers(browser)
    stranger = Client()
    for path in ("receipts/{}", "status/{}", "status/{}/correct/", "status/{}/correct/1"):
        known = stranger.get(f"/m/{TOWN}/{path.format(number)}")
        unknown = stranger.get(f"/m/{TOWN}/{path.format('2611-0000-0000')}")
        assert known.status_code == unknown.status_code == 302
        assert known["Location"].replace(number, "N") == unknown["Location"].replace("2611-0000-0000", "N")


def test_both_numbers_open_the_status_however_they_are_typed(browser: Client) -> None:
    number, secret = _numbers(browser)
    stranger = Client()
    typed = number.replace("-", "").translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    response = stranger.post(STATUS, {"number": typed, "check": f" {secret} "}, follow=True)
    assert response.redirect_chain == [(f"{STATUS}/{number}", 302)]
    assert "書類の確認" in response.content.decode()


def test_a_wrong_check_number_and_an_unknown_number_read_the_same(browser: Client) -> None:
    number, secret = _numbers(browser)
    wrong = "000000" if secret != "000000" else "111111"
    pages = [
        Client().post(STATUS, {"number": known, "check": wrong}).content.decode()
        for known in (number, "2611-0000-0000")
    ]
    assert "この番号の申請は見つかりませんでした" in pages[0]
    without = [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        .replace(number, "N")
        .replace("2611-0000-0000", "N")
        for page in pages
    ]
    assert without[0] == without[1]


def test_after_five_wrong_tries_even_the_right_numbers_wait(browser: Client) -> None:
    number, secret = _numbers(browser)
    stranger = Client()
    for _ in range(5):
        stranger.post(STATUS, {"number": number, "check": "999999" if secret != "999999" else "888888"})
    page = stranger.post(STATUS, {"number": number, "check": secret}).content.decode()
    assert "15分後に、もう一度お試しください" in page


def test_the_applicant_corrects_what_was_asked_and_sends_it_again(browser: Client) -> None:
    number, _ = _numbers(browser)
    flow.act("centre-agent", flow.case(TOWN, number), "補正を求める", note="口座番号を確かめてください。")
    page = browser.get(f"{STATUS}/{number}").content.decode()
    assert "口座番号を確かめてください。" in page
    wrong = browser.post(f"{STATUS}/{number}/correct/6", {**SCREENS[6], "振込先.number": "12"})
    assert "<title>誤り:" in wrong.content.decode()
    right = browser.post(f"{STATUS}/{number}/correct/6", {**SCREENS[6], "振込先.number": "7654321"})
    assert right["Location"] == f"{STATUS}/{number}/correct/"
    review = f"{STATUS}/{number}/correct/"
    assert browser.post(review).status_code == 400, "without a key nothing is sent"
    assert 'name="idempotency_key"' in browser.get(review).content.decode()
    sent = browser.post(review, {"idempotency_key": "corrected-0123"})
    assert sent["Location"] == f"{STATUS}/{number}"
    assert browser.post(review, {"idempotency_key": "corrected-0123"})["Location"] == f"{STATUS}/{number}"
    case: Case = flow.case(TOWN, number)
    assert case.submission.answers["振込先"]["number"] == "7654321"
    assert case.submission.corrects_id is not None
    assert browser.get(f"{STATUS}/{number}/correct/")["Location"] == f"{STATUS}/{number}"


def test_a_correction_is_kept_in_its_own_browser_and_let_go_when_another_was_sent(browser: Client) -> None:
    number, secret = _numbers(browser)
    flow.act("centre-agent", flow.case(TOWN, number), "補正を求める", note="口座番号を確かめてください。")
    other = Client()
    other.post(STATUS, {"number": number, "check": secret})
    review = f"{STATUS}/{number}/correct/"
    browser.post(f"{review}6", {**SCREENS[6], "振込先.number": "7654321"})
    assert "末尾 321" in browser.get(review).content.decode()
    assert "末尾 482" in other.get(review).content.decode()
    other.post(f"{review}6", {**SCREENS[6], "振込先.number": "1111999"})
    browser.post(review, {"idempotency_key": "corrected-0123"})
    assert flow.case(TOWN, number).submission.answers["振込先"]["number"] == "7654321"
    with scope(Actor.resident(get_municipality(TOWN))):
        assert not Draft.objects.exists()


def test_a_correction_put_aside_for_thirty_days_is_begun_anew(browser: Client) -> None:
    number, _ = _numbers(browser)
    flow.act("centre-agent", flow.case(TOWN, number), "補正を求める", note="口座番号を確かめてください。")
    review = f"{STATUS}/{number}/correct/"
    browser.post(f"{review}6", {**SCREENS[6], "振込先.number": "7654321"})
    with scope(Actor.resident(get_municipality(TOWN))):
        Draft.objects.update(expires_at=flow.NOW)
    assert "末尾 482" in browser.get(review).content.decode()


def test_a_correction_does_not_show_back_where_somebody_lives(browser: Client) -> None:
    """Both numbers lie in the letters of a household; what they open must not tell where who applied has gone."""
    number, _ = _numbers(browser)
    flow.act("centre-agent", flow.case(TOWN, number), "補正を求める", "職業を確かめてください。")
    before = flow.case(TOWN, number).submission.answers
    review, screen = f"{STATUS}/{number}/correct/", f"{STATUS}/{number}/correct/2"
    for page in (review, screen):
        shown = browser.get(page).content.decode()
        assert before["氏名"] in shown
        assert not any(before[item] in shown for item in ("住所", "電話"))
    wrong = browser.post(screen, {**SCREENS[2], "住所": "", "電話": "", "フリガナ": "ひらがな"})
    assert wrong.status_code == 200
    assert not any(before[item] in wrong.content.decode() for item in ("住所", "電話"))
    moved = {**SCREENS[2], "住所": "", "電話": "0599-41-9999", "職業": "自営業"}
    assert browser.post(screen, moved).status_code == 302
    shown = browser.get(screen).content.decode()
    assert "0599-41-9999" in shown
    assert before["住所"] not in shown + browser.get(review).content.decode()
    browser.post(review, {"idempotency_key": "corrected-0123"})
    after = flow.case(TOWN, number).submission.answers
    assert (after["住所"], after["電話"]) == (before["住所"], "0599-41-9999")


def test_an_application_is_withdrawn_after_one_question(browser: Client) -> None:
    number, _ = _numbers(browser)
    address = f"{STATUS}/{number}/withdraw"
    assert address in browser.get(f"{STATUS}/{number}").content.decode()
    assert "取り下げますか" in browser.get(address).content.decode()
    page = browser.post(address, follow=True).content.decode()
    assert "取り下げられました。必要になったときは" in page
    assert address not in page
    assert browser.post(address).status_code == 302
    assert Client().get(address)["Location"].startswith(f"{STATUS}?number=")
