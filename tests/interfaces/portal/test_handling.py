"""What residents are told about a model that words answers, and where its words stand."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests import cast
from tests.integrations.llm.server import OUTAGES, model, says
from tests.services.knowledge.town import add, note, switch_on, town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
SAME = "粗大ごみの手数料は1点につき300円です。"
ASKED = f"/m/{cast.OUMI}/ask?q=粗大ごみの手数料はいくらですか"
REPLY = json.dumps({"sentences": [{"text": SAME, "quotes": [1]}]}, ensure_ascii=False)


def _said(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_model_the_page_says_so_and_answers_are_quotes() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
    assert "生成AIは使っていません" in _said(f"/m/{cast.OUMI}/data")
    assert "AI作成" not in _said(ASKED)


def test_worded_sentences_are_marked_and_lead_to_their_quotes() -> None:
    with model() as server:
        server.behaviour = says(REPLY)
        with town() as (owner, actor):
            add(owner, actor, note())
            switch_on(owner, actor, server.url)
        page = _said(ASKED)
        handling = _said(f"/m/{cast.OUMI}/data")
    assert page.index("AI作成") < page.index(SAME) < page.index('id="quote-1"')
    assert 'href="#quote-1"' in page
    assert "粗大ごみの手数料は、1点につき300円です。" in page
    for told in (
        "庁内のサーバ（契約なし）",
        "令和8年11月1日",
        "送った件数は1件、このうち表示したのは1件です。",
    ):
        assert told in handling
    assert "生成AIは使っていません" not in handling


def test_in_an_outage_the_page_is_the_one_without_a_model() -> None:
    with model() as server:
        server.behaviour = OUTAGES["server error"][0]
        with town() as (owner, actor):
            add(owner, actor, note())
            switch_on(owner, actor, server.url)
        page = _said(ASKED)
    assert "AI作成" not in page
    assert "粗大ごみの手数料は、1点につき300円です。" in page
