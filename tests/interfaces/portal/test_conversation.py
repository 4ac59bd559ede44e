"""Asking further, being asked back, and what stands beside every answer: procedure, counter, a person, the source."""

from __future__ import annotations

import re
from html import unescape
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.interfaces.portal.test_pages import LEAFLET
from tests.services.cases import flow
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge.actions import Incoming, add_documents

pytestmark = pytest.mark.usefixtures("var", "leaflets")
TOWN = "990027"
ASK = f"/m/{TOWN}/ask"
FIRST = "粗大ごみの収集の手数料はいくらですか"
SUPPORT = "# ひとり親家庭の手当\n\n## 児童扶養手当\n\n児童扶養手当は、ひとり親家庭に支給します。\n"


@pytest.fixture
def leaflets(db: None) -> None:
    """A town with two documents, and child allowance among its procedures."""
    town = get_municipality(TOWN)
    files = {"sodaigomi.md": ("粗大ごみの出し方", LEAFLET), "hitorioya.md": ("ひとり親家庭の手当", SUPPORT)}
    items = [
        Incoming(name=name, content=text.encode(), title=title, valid_from=flow.TODAY)
        for name, (title, text) in files.items()
    ]
    with scope(Actor.system(town)):
        add_documents(owner=town, items=items, by=Actor.system(town), at=flow.NOW)


def _page(browser: Client, question: str, *before: str, **more: str) -> str:
    return browser.get(ASK, {"q": question, "before": list(before), **more}).content.decode()


def _carried(page: str) -> list[str]:
    """The questions that the form sends along with the next one."""
    return [unescape(found) for found in re.findall(r'type="hidden" name="before" value="([^"]*)"', page)]


def test_a_short_question_follows_and_the_conversation_is_shown(browser: Client) -> None:
    first = _page(browser, FIRST)
    assert _carried(first) == [FIRST]
    assert "これまでの質問" not in first
    then = _page(browser, "申し込みはいつまで？", *_carried(first))
    assert "「粗大ごみの収集」のこととして調べました" in then
    assert "<mark>収集日の3日前までに、電話で申し込んでください。</mark>" in then
    assert _carried(then) == [FIRST, "申し込みはいつまで？"]
    assert "これまでの質問" in then
    assert f'href="/m/{TOWN}/">新しい質問をする' in then


def test_each_earlier_question_leads_back_to_its_own_answer(browser: Client) -> None:
    page = _page(browser, "どこで？", FIRST, "いつまで？")
    thread = re.search(r'<nav class="thread".*?</nav>', page, re.DOTALL)
    assert thread is not None
    links = [
        parse_qs(urlsplit(unescape(link)).query) for link in re.findall(rf'href="({ASK}[^"]+)"', thread[0])
    ]
    assert links == [{"q": [FIRST]}, {"q": ["いつまで？"], "before": [FIRST]}]


def test_no_more_than_four_questions_go_along_and_the_one_that_opened_the_subject_stays(
    browser: Client,
) -> None:
    asked = [FIRST, "どこで？", "いつ？", "電話は？"]
    assert _carried(_page(browser, "期限は？", *asked)) == [FIRST, "いつ？", "電話は？", "期限は？"]


def test_short_questions_to_go_on_with_are_offered_once(browser: Client) -> None:
    page = _page(browser, "いつまで？", FIRST)
    offered = re.search(r'<ul class="examples".*?</ul>', page, re.DOTALL)
    assert offered is not None
    links = [parse_qs(urlsplit(unescape(link)).query) for link in re.findall(r'a href="([^"]+)"', offered[0])]
    assert [link["q"] for link in links] == [["必要なものは？"], ["どこで？"], ["代理人でもできますか"]]
    assert {tuple(link["before"]) for link in links} == {(FIRST, "いつまで？")}


def test_nothing_of_a_conversation_is_kept(browser: Client) -> None:
    response = browser.get(ASK, {"q": "どこで？", "before": [FIRST]})
    assert set(response.cookies) <= {"csrftoken"}  # of the form that asks whether the answer helped
    assert not browser.session.keys()


def test_a_vague_question_is_asked_back_once_and_each_choice_is_answered(browser: Client) -> None:
    page = _page(browser, "手当について")
    assert "どれについてのお尋ねですか" in page
    choices = re.search(r'<ul class="choices".*?</ul>', page, re.DOTALL)
    assert choices is not None
    assert 'id="rating"' not in page, "nothing was answered yet"
    links = [unescape(link) for link in re.findall(r'a href="([^"]+)"', choices[0])]
    assert 2 <= len(links) <= 4
    for link in links:
        chosen = browser.get(link).content.decode()
        assert "どれについてのお尋ねですか" not in chosen
        assert "手当について" in chosen
    assert "児童扶養手当は、ひとり親家庭に支給します。" in browser.get(links[1]).content.decode()


@pytest.mark.parametrize("question", [FIRST, "手当について", "ドローンの免許はどこで取れますか"])
def test_every_outcome_names_a_person_and_whether_the_counter_is_open(browser: Client, question: str) -> None:
    page = _page(browser, question)
    assert "担当の窓口" in page
    assert "tel:059941" in page
    assert "いま開いています（午後5時15分まで）" in page
    with patch("django.utils.timezone.now", return_value=flow.NOW.replace(hour=23)):
        assert "いまは閉まっています。次は11月24日(火) 午前8時30分に開きます" in _page(browser, question)
        assert "Closed now; opens on 24 November (Tue) at 08:30" in _page(browser, question, lang="en")


def test_the_link_of_a_source_opens_its_page_with_the_quote_marked(browser: Client) -> None:
    page = _page(browser, FIRST)
    assert "第1版（令和8年11月20日(金)から）" in page
    link = re.search(r'href="(/m/[^"]+\?s=\d+-\d+)#(p-\d+)"', page)
    assert link is not None
    opened = browser.get(unescape(link[1])).content.decode()
    marked = re.search(r"<mark>(.*?)</mark>", opened, re.DOTALL)
    assert marked is not None
    assert re.sub(r"<span.*?</span>", "", marked[1]) == "粗大ごみの収集の手数料は、1点につき500円です。"
    assert "ここから引用" in marked[1]
    assert re.search(rf'<p class="passage shown" id="{link[2]}">', opened)
    assert f'href="#{link[2]}"' in opened


@pytest.mark.parametrize("place", ["", "5", "9-3", "0-99999", "-1-5", "0-3", "a-b", "1" * 30 + "-2", "４-９"])
def test_a_place_that_is_none_marks_nothing(browser: Client, place: str) -> None:
    link = re.search(r'href="(/m/[^"]+)\?s=', _page(browser, FIRST))
    assert link is not None
    opened = browser.get(link[1], {"s": place})
    assert opened.status_code == 200
    assert "<mark>" not in opened.content.decode()


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (FIRST, "みどり野町の 文書に 答えが ありました"),
        ("手当について", "どれの ことですか"),
        ("ドローンの免許はどこで取れますか", "みどり野町の 文書に、答えは ありませんでした"),
    ],
)
def test_the_frame_of_the_answer_is_there_in_easy_japanese(
    browser: Client, question: str, sentence: str
) -> None:
    page = _page(browser, question, lang="easy")
    assert sentence in page
    assert "いま 開いて います（午後5時15分まで）" in page
    assert 'name="lang" value="easy"' in page
    then = _page(browser, "いつまで？", FIRST, lang="easy")
    assert "「粗大ごみの収集」の ことを 調べました" in then
    assert "<mark>収集日の3日前までに、電話で申し込んでください。</mark>" in then
    assert re.search(rf'href="{ASK}[^"]+lang=easy"', then)
