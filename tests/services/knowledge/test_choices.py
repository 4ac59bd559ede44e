"""When a question is asked back about, and which subjects are offered then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import yuimaru.demo
from tests import cast
from yuimaru.core.kata.package import load
from yuimaru.demo.intake import manifest
from yuimaru.services.knowledge.rules.choices import Heading, Offer, choices, is_choice, is_vague

DEMO = Path(yuimaru.demo.__path__[0])
LIBRARY = Path(__file__).parents[3] / "katas"
VAGUE = (
    "証明書がほしい",
    "証明書を取りたいのですが",
    "手当について",
    "手当について教えてください",
    "引っ越します",
    "引っ越しました。",
    "ごみ",
    "保険のことを知りたい",
    "年金",
)
CLEAR = (
    "住民票の写しの手数料はいくらですか",
    "証明書はどこで取れますか",
    "引っ越しの届け出はいつまで？",
    "児童手当は公務員でももらえますか",
    "申請したい",
    "",
    "。",
    "家族が亡くなったので、これから何をすればよいか順番に教えてください",
)


pytestmark = pytest.mark.store("sqlite")  # rules, and the titles of the library


@pytest.fixture(scope="module")
def procedures() -> list[Offer]:
    """The procedures of the library, as a town would offer them that had adopted all."""
    katas = [load(folder).package.kata for folder in sorted(LIBRARY.iterdir()) if folder.is_dir()]
    return [Offer(kata.title, tuple(kata.keywords)) for kata in katas if kata.kind == "procedure"]


@pytest.mark.parametrize("question", VAGUE)
def test_what_names_only_a_field_is_vague(question: str) -> None:
    assert is_vague(question)


@pytest.mark.parametrize("question", CLEAR)
def test_what_says_what_it_wants_is_not(question: str) -> None:
    assert not is_vague(question)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("証明書がほしい", {"税の証明書", "住民票の写し", "罹災証明書", "印鑑登録"}),
        ("引っ越します", {"転入届", "転居届", "転出届"}),
    ],
)
def test_the_procedures_that_people_call_so_are_offered(
    procedures: list[Offer], question: str, expected: set[str]
) -> None:
    offered = choices(question, procedures, [], [])
    assert {choice.label for choice in offered} == expected
    assert all(is_choice(choice.question) for choice in offered)


def test_a_document_is_offered_where_no_procedure_has_its_subject(procedures: list[Offer]) -> None:
    titles = ["児童手当のご案内", "ひとり親家庭の手当と支援", "粗大ごみの出し方"]
    offered = choices("手当について", procedures, titles, [])
    assert [choice.label for choice in offered] == ["児童手当", "ひとり親家庭の手当と支援"]
    assert offered[1].question == "「ひとり親家庭の手当と支援」のことを教えてください"


def test_headings_are_offered_where_there_is_but_one_subject() -> None:
    headings = [
        Heading("国民年金の手続", text) for text in ("国民年金の手続（令和8年度）", "1 保険料", "2. 免除")
    ]
    offered = choices("年金", [], ["国民年金の手続"], headings)
    assert [choice.label for choice in offered] == [
        "国民年金の手続",
        "国民年金の手続：保険料",
        "国民年金の手続：免除",
    ]
    assert choices("年金", [], ["国民年金の手続"], []) == []


def test_no_more_than_four_are_offered() -> None:
    titles = [f"手当の案内その{number}" for number in "一二三四五六"]
    assert len(choices("手当", [], titles, [])) == 4


def test_the_questions_of_the_demo_towns_are_not_asked_back_about(procedures: list[Offer]) -> None:
    asked_back = []
    for code in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA):
        titles = [entry["title"] for entry in manifest()[code]]
        lines = (DEMO / "questions" / f"{code}.jsonl").read_text(encoding="utf-8").splitlines()
        for question in (json.loads(line)["question"] for line in lines):
            if is_vague(question) and choices(question, procedures, titles, []):
                asked_back.append(question)
    assert asked_back == []
