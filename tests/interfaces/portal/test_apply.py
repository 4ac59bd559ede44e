"""Applying on the web: what is asked, what is kept, what is said about mistakes, what is sent."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.core.text import nasty
from tests.interfaces.portal import filling
from tests.interfaces.portal.filling import APPLY, SCREENS, TOWN
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.models import Case
from yuimaru.services.procedures.models import Draft, Submission


def _count(model: type[Draft] | type[Case] | type[Submission]) -> int:
    with scope(Actor.resident(get_municipality(TOWN))):
        return int(model.objects.count())


def test_looking_at_the_first_screen_writes_nothing(browser: Client) -> None:
    response = browser.get(f"{APPLY}/", follow=True)
    assert response.status_code == 200
    assert _count(Draft) == 0


def test_answers_that_lead_to_more_questions_show_the_screen_again(browser: Client) -> None:
    response = browser.post(f"{APPLY}/1", {"公務員": "false"})
    assert response.status_code == 302
    page = browser.get(f"{APPLY}/1").content.decode()
    assert 'name="受給中"' in page
    assert "誤り" not in page


def test_a_wrong_value_is_named_beside_its_field_and_in_the_summary_and_stays(browser: Client) -> None:
    filling.fill(browser, upto=3)
    data = {**SCREENS[5], "児童.0.児童フリガナ": "あおば みなと", "児童.0.生年月日.day": "31"}
    page = browser.post(f"{APPLY}/5", data).content.decode()
    assert re.search(r"<title>誤り:", page)
    assert "入力内容を確かめてください（2か所）" in page
    assert '<a href="#児童.0.生年月日.day">11月は30日までです。日を確かめてください。</a>' in page
    assert 'value="あおば みなと"' in page
    assert re.search(
        r'name="児童.0.児童フリガナ"[^>]*aria-describedby="[^"]*児童.0.児童フリガナ-error"', page
    )


def test_a_postal_code_enters_the_address_and_the_page_stays(browser: Client) -> None:
    filling.fill(browser, upto=1)
    data = {**SCREENS[2], "住所": "3丁目12-4", "住所.@postal": "９９９-０４１５", "@do": "address.住所"}
    page = browser.post(f"{APPLY}/2", data).content.decode()
    assert 'value="汐見県みどり野町川上3丁目12-4"' in page
    assert 'value="青葉 陽菜"' in page
    assert "誤り" not in page
    again = browser.post(f"{APPLY}/2", {**data, "住所": "汐見県みどり野町川上3丁目12-4"}).content.decode()
    assert 'value="汐見県みどり野町川上3丁目12-4"' in again
    for code, said in (("999", "7けたの数字"), ("999-9999", "見つかりませんでした")):
        wrong = browser.post(f"{APPLY}/2", {**data, "住所.@postal": code}).content.decode()
        assert said in wrong
        assert '<a href="#住所.postal">' in wrong
        assert 'value="3丁目12-4"' in wrong


def test_members_are_added_and_taken_away_without_losing_what_was_typed(browser: Client) -> None:
    filling.fill(browser, upto=3)
    two = browser.post(f"{APPLY}/5", {**SCREENS[5], "@do": "add"}).content.decode()
    assert 'name="児童.1.児童氏名"' in two
    assert 'value="青葉 湊"' in two
    second = {name.replace("児童.0.", "児童.1."): value for name, value in SCREENS[5].items()}
    data = {**SCREENS[5], **second, "児童.count": "2", "児童.1.児童氏名": "青葉 凪", "@do": "remove.0"}
    one = browser.post(f"{APPLY}/5", data).content.decode()
    assert 'name="児童.1.児童氏名"' not in one
    assert 'value="青葉 凪"' in one


def test_nothing_is_called_decided_while_an_answer_is_missing(browser: Client) -> None:
    filling.fill(browser, upto=3)
    page = browser.get(f"{APPLY}/5").content.decode()
    assert "月額 0円" not in page
    browser.post(f"{APPLY}/5", SCREENS[5])
    assert "月額 15,000円" in browser.get(f"{APPLY}/6").content.decode()


def test_a_file_is_kept_while_other_fields_are_put_right(browser: Client) -> None:
    filling.fill(browser, upto=5)
    copy = SimpleUploadedFile("通帳.png", nasty.png())
    page = browser.post(
        f"{APPLY}/6", {**SCREENS[6], "振込先.number": "12", "口座の写し": copy}
    ).content.decode()
    kept = re.search(r'name="口座の写し\.@kept" value="([^"]+)"', page)
    assert kept is not None
    browser.post(f"{APPLY}/6", {**SCREENS[6], "口座の写し.@kept": kept[1]})
    with scope(Actor.resident(get_municipality(TOWN))):
        assert Draft.objects.get().answers["口座の写し"]["name"] == "通帳.png"


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"%PDF", b""])
def test_a_file_is_judged_by_its_content(browser: Client, content: bytes) -> None:
    filling.fill(browser, upto=5)
    copy = SimpleUploadedFile("通帳.png", content + b"x", content_type="image/png")
    page = browser.post(f"{APPLY}/6", {**SCREENS[6], "口座の写し": copy}).content.decode()
    assert "このファイルは使えません" in page


def test_a_kept_file_cannot_be_forged(browser: Client) -> None:
    filling.fill(browser, upto=5)
    browser.post(f"{APPLY}/6", {**SCREENS[6], "口座の写し.@kept": "eyJpZCI6IngifQ:forged:forged"})
    with scope(Actor.resident(get_municipality(TOWN))):
        assert Draft.objects.get().answers.get("口座の写し") is None


def test_the_confirmation_shows_all_answers_and_a_key(browser: Client) -> None:
    filling.fill(browser)
    page = browser.get(f"{APPLY}/confirm").content.decode()
    assert 'name="idempotency_key"' in page
    assert "末尾 482" in page
    assert "1234482" not in page
    assert "支給の対象になる見込みです" in page


def test_an_unfinished_form_is_led_back_to_what_is_missing(browser: Client) -> None:
    filling.fill(browser, upto=5)
    assert browser.get(f"{APPLY}/confirm")["Location"] == f"{APPLY}/6"
    response = browser.post(f"{APPLY}/confirm", {"idempotency_key": "key-0123456789"})
    assert response["Location"] == f"{APPLY}/confirm"
    assert _count(Submission) == 0


def test_sent_twice_it_is_one_case_and_one_receipt(browser: Client) -> None:
    first = filling.send(browser)
    again = browser.post(f"{APPLY}/confirm", {"idempotency_key": "key-0123456789"})
    assert (again.status_code, again["Location"]) == (303, first)
    assert _count(Case) == 1


def test_without_a_proper_key_nothing_is_sent(browser: Client) -> None:
    filling.fill(browser)
    assert browser.post(f"{APPLY}/confirm").status_code == 400
    assert _count(Submission) == 0


def test_a_form_put_aside_goes_on_in_another_browser(browser: Client) -> None:
    filling.fill(browser, upto=1)
    browser.post(f"{APPLY}/2", {**SCREENS[2], "@do": "pause"})
    page = browser.get(f"{APPLY}/pause").content.decode()
    link = re.search(rf'href="http://testserver(/m/{TOWN}/resume/[^"]+)"', page)
    assert link is not None
    other = Client()
    assert other.get(link[1], follow=True).redirect_chain[-1][0] == f"{APPLY}/3"
    assert other.get(link[1] + "x").status_code == 404
