"""What the documents do not answer goes on to a person, and nothing of it is kept before it is sent."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.services.cases import flow
from yuimaru.core.kata.package import load
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.portal import enquiry
from yuimaru.services.catalogue import actions as catalogue
from yuimaru.services.procedures.models import Draft

pytestmark = pytest.mark.usefixtures("var")
TOWN = "990027"
QUESTION = "ドローンの免許はどこで取れますか"
FORM = f"/m/{TOWN}/apply/{enquiry.KATA}/1"
FIRST = {"分野": "そのほか", "急ぎ": "false", "会話の記録": ""}
LIBRARY = Path(__file__).parents[3] / "katas"


@pytest.fixture
def adopted() -> None:
    """The town takes enquiries."""
    town = get_municipality(TOWN)
    by = Actor.system(town)
    with scope(by):
        offered = catalogue.publish(loaded=load(LIBRARY / enquiry.KATA), publisher=town, by=by, at=flow.NOW)
        catalogue.adopt(owner=town, publication=offered, params={}, valid_from=flow.TODAY, by=by, at=flow.NOW)


def _answer(browser: Client) -> str:
    return browser.get(f"/m/{TOWN}/ask", {"q": QUESTION}).content.decode()


def _drafts() -> int:
    with scope(Actor.system(get_municipality(TOWN))):
        return Draft.objects.count()


def _shown(page: str) -> str:
    """What stands in the field for the enquiry."""
    found = re.search(rf'<textarea[^>]*name="{enquiry.ITEM}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


@pytest.mark.usefixtures("adopted")
def test_the_question_stands_in_the_form_and_is_kept_only_once_it_is_sent(browser: Client) -> None:
    link = re.search(rf'href="({FORM}\?asked=[^"]+)"', _answer(browser))
    assert link is not None
    page = browser.get(unescape(link[1])).content.decode()
    assert _shown(page) == QUESTION
    assert "入れてある答え：お尋ねの内容から" in page
    assert _drafts() == 0
    assert browser.post(FORM, {**FIRST, "内容": QUESTION}).status_code == 302
    assert _drafts() == 1


@pytest.mark.usefixtures("adopted")
def test_a_second_question_comes_under_the_first_and_none_twice(browser: Client) -> None:
    browser.post(FORM, {**FIRST, "内容": QUESTION})
    second = browser.get(f"{FORM}?{urlencode({'asked': '費用はいくらですか'})}").content.decode()
    assert _shown(second) == f"{QUESTION}\n費用はいくらですか"
    same = browser.get(f"{FORM}?{urlencode({'asked': QUESTION})}").content.decode()
    assert _shown(same) == QUESTION
    assert "お尋ねの内容から" not in same


@pytest.mark.usefixtures("adopted")
def test_what_is_sent_is_a_question_and_not_an_application(browser: Client) -> None:
    browser.post(FORM, {**FIRST, "内容": QUESTION})
    browser.post(f"/m/{TOWN}/apply/{enquiry.KATA}/2", {"返事の方法": "不要"})
    page = browser.get(f"/m/{TOWN}/apply/{enquiry.KATA}/confirm").content.decode()
    assert "送る内容を確かめてください" in page
    assert "申請する" not in page


def test_a_town_without_enquiries_offers_its_phone_only(browser: Client) -> None:
    page = _answer(browser)
    assert "職員に尋ねる" not in page
    assert "tel:059941" in page
    assert browser.get(f"/m/{TOWN}/apply/jidou-teate/1?asked=x").status_code == 200
