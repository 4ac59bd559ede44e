"""Asking over the API says what the command line says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import cast
from tests.interfaces.api.conftest import System, errors
from tests.services.cases import flow
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.api.shapes import Answered
from yuimaru.interfaces.cli import knowledge
from yuimaru.services.knowledge.actions import Incoming, add_documents

TEXT = "# 児童手当\n\n児童手当は、偶数月の10日に振り込みます。\n"
ASK = f"/api/v1/m/{cast.OUMI}/ask"


@pytest.fixture(autouse=True)
def _documents(var: Path) -> None:
    town = get_municipality(cast.OUMI)
    by = Actor.system(town)
    with scope(by):
        add_documents(owner=town, items=[Incoming("a.md", TEXT.encode())], by=by, at=flow.NOW)


@pytest.mark.parametrize(
    "question", ["児童手当は何日に振り込まれますか", "カレーの作り方", "児童手当の所得制限", "あ" * 3000]
)
def test_the_answer_is_the_one_of_the_command_line(stranger: System, question: str) -> None:
    told = CliRunner().invoke(knowledge.ask, ["--municipality", cast.OUMI, question, "--json"])
    response = stranger.post(ASK, {"question": question})
    assert response.status_code == 200
    body = json.loads(response.content)
    assert body == json.loads(told.stdout)
    assert Answered.model_validate(body).model_dump() == body, "OpenAPI describes it to the last name"


def test_an_answer_has_its_sentence_its_source_and_its_procedure(stranger: System) -> None:
    body = json.loads(stranger.post(ASK, {"question": "児童手当は何日に振り込まれますか"}).content)
    assert body["outcome"] == "answer"
    assert body["sentences"][0]["citations"][0]["quote"] in TEXT
    assert [match["kata"] for match in body["procedures"]] == ["jidou-teate"]


@pytest.mark.parametrize("body", [{}, {"question": ""}, {"question": " \n"}, {"question": 1}, {"q": "x"}, []])
def test_no_question_is_a_422(stranger: System, body: object) -> None:
    response = stranger.post(ASK, body)
    assert response.status_code == 422
    errors(response)


@pytest.mark.parametrize("code", ["990500", cast.CONSORTIUM, cast.CENTRE, "x", "％"])
def test_what_has_no_pages_has_no_answers(stranger: System, code: str) -> None:
    response = stranger.post(f"/api/v1/m/{code}/ask", {"question": "児童手当"})
    assert response.status_code == 404
    errors(response)
