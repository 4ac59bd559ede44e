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
from yuimaru.services.knowledge.actions import Incoming, add_documents
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


def _shown(page: str, item: str = enquiry.QUESTION) -> str:
    """What stands in a field of the enquiry."""
    found = re.search(rf'<textarea[^>]*name="{item}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
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


@pytest.mark.usefixtures("adopted")
def test_what_is_sent_is_a_question_and_not_an_application(browser: Client) -> None:
    browser.post(FORM, {**FIRST, "内容": QUESTION})
    browser.post(f"/m/{TOWN}/apply/{enquiry.KATA}/2", {"返事の方法": "不要"})
    page = browser.get(f"/m/{TOWN}/apply/{enquiry.KATA}/confirm").content.decode()
    assert "送る内容を確かめてください" in page
    assert "申請する" not in page


LEAFLET = (
    "# 粗大ごみ\n\n## 手数料\n\n粗大ごみの手数料は、1点につき300円です。\n\n自分で持ち込むと無料です。\n"
)
EARLIER = "粗大ごみの手数料はいくらですか"


@pytest.fixture
def leaflet(adopted: None, var: Path) -> None:
    """The town has a document to answer from."""
    town = get_municipality(TOWN)
    item = Incoming(name="sodai.md", content=LEAFLET.encode(), title="粗大ごみ", valid_from=flow.TODAY)
    with scope(Actor.system(town)):
        add_documents(owner=town, items=[item], by=Actor.system(town), at=flow.NOW)


@pytest.mark.usefixtures("leaflet")
def test_the_whole_conversation_goes_along_with_what_was_found(browser: Client) -> None:
    asked = {"q": "持ち込むときは？", "before": [EARLIER, "カレーの作り方"]}
    link = re.search(rf'href="({FORM}\?asked=[^"]+)"', browser.get(f"/m/{TOWN}/ask", asked).content.decode())
    assert link is not None
    page = browser.get(unescape(link[1])).content.decode()
    assert _shown(page) == "持ち込むときは？（カレーのこと）"
    first, second, third = _shown(page, enquiry.RECORD).split("\n\n")
    assert first.splitlines() == [
        f"質問1：{EARLIER}",
        "文書に答えがありました。",
        "・粗大ごみ「手数料」 粗大ごみの手数料は、1点につき300円です。",
    ]
    assert second.splitlines() == ["質問2：カレーの作り方", "文書には見つかりませんでした。"]
    assert third.startswith("質問3：持ち込むときは？\n「カレー」のこととして調べました。")
    assert _drafts() == 0


@pytest.mark.usefixtures("leaflet")
def test_the_record_can_be_changed_and_is_what_the_clerk_reads(browser: Client) -> None:
    browser.post(FORM, {**FIRST, "内容": EARLIER, "会話の記録": "質問1：直した記録"})
    page = browser.get(f"{FORM}?{urlencode({'asked': EARLIER})}").content.decode()
    assert _shown(page, enquiry.RECORD).startswith("質問1：直した記録\n質問1：粗大ごみ")
    browser.post(FORM, {**FIRST, "内容": EARLIER, "会話の記録": ""})
    assert _shown(browser.get(FORM).content.decode(), enquiry.RECORD) == ""


def test_a_town_without_enquiries_offers_its_phone_only(browser: Client) -> None:
    page = _answer(browser)
    assert "職員に尋ねる" not in page
    assert "tel:059941" in page
    assert browser.get(f"/m/{TOWN}/apply/jidou-teate/1?asked=x").status_code == 200
