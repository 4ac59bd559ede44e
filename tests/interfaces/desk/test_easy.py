"""やさしい日本語 at the desk: for everybody who works there, shown with numbers, and nothing of the text is kept."""

from __future__ import annotations

import logging
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from yuimaru.interfaces.desk.easy import LONGEST_TEXT

pytestmark = pytest.mark.django_db
PAGE = "/desk/writing/easy"
TEXT = "申請書に氏名を記入し、令和8年12月1日〜12月14日に市民課へご提出ください。\nお金は1,000円です。\n提出された紙は返却いたしません。"
STAFF = [person.login for person in cast.PEOPLE]


def shown(client: Client, text: str) -> str:
    answer = client.post(PAGE, {"text": text})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("login", STAFF)
def test_everybody_who_works_at_a_desk_can_use_it(sign_in: SignIn, login: str) -> None:
    client = sign_in(login)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert f'href="{PAGE}" aria-current="page"' in re.sub(r"\s+", " ", page.content.decode())


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert Client().get(PAGE).status_code == 302
    assert Client().post(PAGE, {"text": TEXT}).status_code == 302


def test_the_text_is_shown_with_numbers_reasons_and_a_draft(sign_in: SignIn) -> None:
    page = shown(sign_in("midorino-clerk"), TEXT)
    assert "<mark>氏名</mark>" in page
    assert "名前を書き、2026年12月1日から12月14日までに市民課へ出してください。" in page
    assert page.count("下書き</span>") >= 1
    for words in (
        "もとの文章と下書きの比較",
        "3のうち1",
        "敬語",
        "受け身・使役",
        "2026年12月1日",
        "そのまま残した文",
    ):
        assert words in page
    marks = [
        int(number)
        for found in re.findall(r'<sup class="ref">([\d・]+)</sup>', page)
        for number in found.split("・")
    ]
    rows = [int(number) for number in re.findall(r'<span class="ref">(\d+)</span>', page)]
    assert rows == list(range(1, len(rows) + 1))
    assert set(marks) == set(rows)
    assert [marks.index(number) for number in rows] == sorted(marks.index(number) for number in rows)


def test_the_marked_text_is_the_text(sign_in: SignIn) -> None:
    text = '<script>alert("1")</script> & 氏名を記入。\n  \n提出する'
    page = shown(sign_in("midorino-clerk"), text)
    found = re.search(r'<p class="typed easy-text" lang="ja">(.*?)</p>', page, re.DOTALL)
    assert found is not None
    assert re.sub(r'<sup class="ref">[\d・]+</sup>|</?mark>', "", found[1]) == escape(text)


def test_a_text_without_anything_hard_is_told_so(sign_in: SignIn) -> None:
    page = shown(sign_in("midorino-clerk"), "ここは 町（まち）の としょかんです。")
    assert "読みにくいところは見つかりませんでした" in page
    assert "確かに言い換えられる文はありませんでした" in page
    assert "そのまま残した文" not in page


def test_nothing_of_it_is_kept_or_logged(sign_in: SignIn, caplog: pytest.LogCaptureFixture) -> None:
    client = sign_in("midorino-clerk")
    client.get(PAGE)
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as statements:
        shown(client, TEXT)
    written = [each["sql"] for each in statements if re.match(r"(INSERT|UPDATE|DELETE)", each["sql"])]
    assert not written
    assert not [each["sql"] for each in statements if "氏名" in each["sql"]]
    assert "氏名" not in caplog.text
    assert "氏名" not in str(dict(client.session))
    assert "氏名" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "調べる文章を入力してください。"), (" \r\n", "調べる文章を入力してください。"), ("紙" * (LONGEST_TEXT + 1), "5,001文字あります。")],
)  # fmt: skip
def test_nothing_or_too_much_is_said_what_to_do(sign_in: SignIn, text: str, told: str) -> None:
    answer = sign_in("midorino-clerk").post(PAGE, {"text": text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count(told) == 2, "above the page and at the box"
    assert 'href="#text"' in page
    assert "もとの文章と下書きの比較" not in page


def test_the_longest_text_is_answered_in_time(sign_in: SignIn) -> None:
    text = ("氏名を記入し、窓口に提出してください。" * 300)[:LONGEST_TEXT]
    assert "名前を書き" in shown(sign_in("midorino-clerk"), text)


def test_the_page_is_complete_in_english(sign_in: SignIn) -> None:
    client = sign_in("midorino-clerk")
    client.cookies["yuimaru_language"] = "en"
    page = client.post(PAGE, {"text": TEXT}).content.decode()
    for words in ("Easy Japanese", "Before and after", "Hard word", "Honorifics", "1 of 3"):
        assert words in page
    outside = re.sub(r'<(\w+)[^>]* lang="ja".*?</\1>', "", page, flags=re.DOTALL)
    assert "難しい" not in outside
