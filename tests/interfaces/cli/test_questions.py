"""`yuimaru questions` tells what the desk's pages tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from tests import cast
from tests.services.knowledge.town import AT, add, note, town
from tests.services.questions.town import ask, section

from yuimaru.interfaces.cli.questions import questions

pytestmark = pytest.mark.django_db
POOL = "市民プールの営業時間を教えてください"


@pytest.fixture(autouse=True)
def _asked(var: Path) -> None:
    with town() as (owner, actor):
        add(owner, actor, note(section=section("環境課")))
        ask(owner, POOL)
        ask(owner, "粗大ごみの手数料はいくらですか")


def _ran(*arguments: str) -> Result:
    with patch("django.utils.timezone.now", return_value=AT):
        return CliRunner().invoke(questions, [*arguments, "--municipality", cast.OUMI])


def _told(*arguments: str) -> Any:
    ran = _ran(*arguments, "--json")
    assert ran.exit_code == 0, ran.output
    return json.loads(ran.output)


def test_topics_are_made_and_listed() -> None:
    assert _told("list") == {"municipality": cast.OUMI, "topics": []}
    made = {"municipality": cast.OUMI, "questions": 1, "joined": 0, "topics": 1}
    assert _told("cluster") == made
    [topic] = _told("list")["topics"]
    assert topic | {"id": ""} == {
        "id": "", "question": POOL, "times": 1, "lately": 1, "before": 0, "last_asked": "2026-11-24",
        "section": "総合案内", "state": "open", "examples": [],
    }  # fmt: skip
    assert _told("list", "--state", "answered")["topics"] == []
    assert _ran("list").output == f"1回（30日で1回） {POOL}（総合案内）\n"


def test_a_year_is_counted_by_subject() -> None:
    told = _told("needs")
    assert (told["months"][0], told["months"][-1], told["rated"]) == ("2025-12", "2026-11", 0)
    assert told["outcomes"] == {"answer": 1, "close": 0, "none": 1}
    assert [(one["title"], one["times"], sum(one["by_month"])) for one in told["subjects"]] == [
        ("粗大ごみ", 1, 1),
        (None, 1, 1),
    ]
    assert "該当資料なし" in _ran("needs").output


def test_the_days_are_set_within_limits() -> None:
    assert _told("keep", "--days", "0") == {"municipality": cast.OUMI, "days": 0}
    assert _told("needs")["outcomes"] == {"answer": 0, "close": 0, "none": 0}
    assert _ran("keep", "--days", "90").output == "質問を90日間保存します。\n"
    wrong = _ran("keep", "--days", "2000")
    assert wrong.exit_code == 2
    assert "0から1100まで" in wrong.output
