"""The pages that need no application: towns, home, answers, documents, guidance, languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.services.cases import flow
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge.actions import Incoming, add_documents

TOWN = "990027"
LEAFLET = """# 粗大ごみの出し方

## 手数料

粗大ごみの収集の手数料は、1点につき500円です。

## 申し込み

収集日の3日前までに、電話で申し込んでください。
"""


@pytest.fixture
def leaflet(var: Path) -> None:
    """A town with one document."""
    town = get_municipality(TOWN)
    item = Incoming(
        name="sodaigomi.md", content=LEAFLET.encode(), title="粗大ごみの出し方", valid_from=flow.TODAY
    )
    with scope(Actor.system(town)):
        taken = add_documents(owner=town, items=[item], by=Actor.system(town), at=flow.NOW)
    assert not taken.refused


def test_the_first_page_lists_every_municipality(browser: Client) -> None:
    page = browser.get("/").content.decode()
    for name in ("青海市", "みどり野町", "月浜村"):
        assert name in page
    assert "しおみ共同処理センター" not in page


def test_a_page_belongs_to_its_municipality(browser: Client) -> None:
    page = browser.get(f"/m/{TOWN}/").content.decode()
    assert 'data-theme="green"' in page
    assert "0599-41-0100" in page
    assert browser.get("/m/999999/").status_code == 404
    assert browser.get("/m/990001/").status_code == 404  # a consortium has no residents' pages


def test_an_answer_quotes_the_document_and_leads_to_its_place(browser: Client, leaflet: None) -> None:
    page = browser.get(f"/m/{TOWN}/ask", {"q": "粗大ごみの収集の手数料はいくらですか"}).content.decode()
    assert "<mark>粗大ごみの収集の手数料は、1点につき500円です。</mark>" in page
    link = re.search(rf'href="(/m/{TOWN}/documents/[0-9a-f-]+)[^"#]*#(p-\d+)"', page)
    assert link is not None
    document = browser.get(link[1]).content.decode()
    assert f'id="{link[2]}"' in document
    assert "<h2>手数料</h2>" in document


def test_what_is_not_in_the_documents_is_said_and_a_person_named(browser: Client, leaflet: None) -> None:
    page = browser.get(f"/m/{TOWN}/ask", {"q": "ドローンの免許はどこで取れますか"}).content.decode()
    assert "みどり野町の文書には、答えが見つかりませんでした" in page
    assert "<mark>" not in page
    assert 'href="tel:0599410100"' in page


def test_a_document_of_another_town_is_as_unknown_as_no_document(browser: Client, leaflet: None) -> None:
    page = browser.get(f"/m/{TOWN}/documents/").content.decode()
    link = re.search(rf"/m/{TOWN}/documents/([0-9a-f-]+)", page)
    assert link is not None
    foreign = browser.get(f"/m/990019/documents/{link[1]}")
    unknown = browser.get("/m/990019/documents/00000000-0000-7000-8000-000000000000")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content


def test_guidance_is_there_in_three_readings(browser: Client) -> None:
    address = f"/m/{TOWN}/procedures/jidou-teate/"
    assert "<h2>受け取れる方</h2>" in browser.get(address).content.decode()
    easy = browser.get(address, {"lang": "easy"}).content.decode()
    assert "だれが もらいますか" in easy
    english = Client(headers={"cookie": "yuimaru_language=en"}).get(address).content.decode()
    assert '<html lang="en"' in english
    assert "Who can receive it" in english


def test_an_empty_question_leads_home(browser: Client) -> None:
    assert browser.get(f"/m/{TOWN}/ask", {"q": " "})["Location"] == f"/m/{TOWN}/"


def test_every_page_carries_a_strict_policy_and_is_not_cached(browser: Client) -> None:
    response = browser.get(f"/m/{TOWN}/")
    assert "script-src" not in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
