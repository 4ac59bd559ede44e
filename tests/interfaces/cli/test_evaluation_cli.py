"""`evaluate` as the contract words it: one JSON object, exit 0, 1 or 2."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from tests import cast
from tests.services.knowledge.town import FEES, add, note, town

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.interfaces.cli.evaluation import evaluate
from yuimaru.services.knowledge import actions
from yuimaru.services.knowledge.models import Document
from yuimaru.services.knowledge.queries import ask, evaluating
from yuimaru.services.knowledge.rules.answer import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

SET = (
    {"id": "fee", "question": "粗大ごみの手数料はいくらですか", "kind": "answerable", "quote": "300円"},
    {"id": "wrong", "question": "粗大ごみの手数料は500円ですよね", "kind": "wrong_premise", "quote": "300円"},
    {"id": "curry", "question": "カレーの作り方", "kind": "off_topic"},
)


def run(command: click.Command, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def told(result: Result) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(result.stdout)
    return report


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A set about bulky waste, and the document that answers it."""
    with town() as (owner, actor):
        add(owner, actor, note())
    path = tmp_path / "set.jsonl"
    rows = [row | ({"document": "sodai.md"} if "quote" in row else {}) for row in SET]
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    return path


def answers(path: Path, *options: object) -> Result:
    return run(evaluate, "answers", path, "--municipality", cast.OUMI, *options)


def test_the_report_is_that_of_the_contract(questions: Path) -> None:
    result = answers(questions, "--json")
    none = dict.fromkeys(("n", "answer", "close", "none", "right_first", "right_in_3", "corrected"), 0)
    right = none | {"n": 1, "answer": 1, "right_first": 1, "right_in_3": 1}
    assert result.exit_code == 0
    assert told(result) == {
        "questions": 3,
        "by_kind": {
            "answerable": right,
            "off_topic": none | {"n": 1, "none": 1},
            "wrong_premise": right | {"corrected": 1},
        },
        "unverified_sentences": 0,
        "foreign_passages": 0,
    }
    assert "3/3" in result.stderr


def test_what_got_worse_since_is_listed_and_fails_the_command(questions: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    assert answers(questions, "--save", kept, "--json").exit_code == 0
    same = answers(questions, "--against", kept, "--json")
    assert (same.exit_code, told(same)["worse"], told(same)["better"]) == (0, [], [])

    with town() as (_, actor):
        document = Document.objects.get(name="sodai.md")
        actions.withdraw(document_id=document.pk, by=actor, at=document.added_at)
    worse = answers(questions, "--against", kept, "--json")
    assert worse.exit_code == 1
    assert told(worse)["worse"] == [
        {"id": "fee", "kind": "answerable", "before": "answer", "now": "none"},
        {"id": "wrong", "kind": "wrong_premise", "before": "answer", "now": "none"},
    ]
    shown = answers(questions, "--against", kept)
    assert (shown.exit_code, "前より悪くなった質問: fee" in shown.stdout) == (1, True)


def test_what_got_better_does_not_fail_the_command(questions: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    with town() as (owner, actor):
        add(owner, actor, note(text="# 粗大ごみ\n\n予約制です。\n"))
    assert answers(questions, "--save", kept).exit_code == 0
    with town() as (owner, actor):
        add(owner, actor, note(text=FEES))
    better = answers(questions, "--against", kept)
    assert (better.exit_code, "前より良くなった質問: fee" in better.stdout) == (0, True)


def test_a_sentence_that_does_not_stand_in_its_document_fails_the_command(
    questions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def altered(owner: Organisation, question: str, today: date) -> Answer:
        answer = ask(owner, question, today)
        return replace(answer, sentences=tuple(replace(one, text="無料です。") for one in answer.sentences))

    monkeypatch.setattr(evaluating, "ask", altered)
    result = answers(questions, "--json")
    assert (result.exit_code, told(result)["unverified_sentences"]) == (1, 2)


def test_people_read_a_summary(questions: Path) -> None:
    shown = answers(questions)
    assert shown.exit_code == 0
    assert "答えられる質問: 質問 1、回答 1" in shown.stdout
    assert "出典で確かめられない文: 0" in shown.stdout


def test_a_bad_line_is_exit_2_and_named(questions: Path) -> None:
    with questions.open("a", encoding="utf-8") as opened:
        opened.write('{"id": "x", "question": "?", "kind": "maybe"}\n')
    result = answers(questions, "--json")
    assert (result.exit_code, "4行目" in result.stderr, result.stdout) == (2, True, "")


def test_wrong_input_is_exit_2(questions: Path, tmp_path: Path) -> None:
    assert answers(tmp_path / "nowhere").exit_code == 2
    assert answers(questions, "--against", questions).exit_code == 2
    assert answers(questions, "--save", tmp_path / "no" / "folder").exit_code == 2
    assert run(evaluate, "answers", questions, "--municipality", "999999").exit_code == 2


def test_a_labelled_set_is_measured(tmp_path: Path) -> None:
    (tmp_path / "c").write_text('{"_id": "d", "title": "粗大ごみ", "text": "300円"}\n', encoding="utf-8")
    (tmp_path / "q").write_text('{"_id": "q", "text": "粗大ごみの料金"}\n', encoding="utf-8")
    (tmp_path / "r").write_text("query-id\tcorpus-id\tscore\nq\td\t2\n", encoding="utf-8")
    paths = ["--corpus", tmp_path / "c", "--queries", tmp_path / "q", "--qrels", tmp_path / "r"]
    report = told(run(evaluate, "retrieval", *paths, "--json"))
    assert set(report) == {
        "method",
        "queries",
        "queries_with_correct",
        "ndcg@10",
        "mrr@10",
        "hit@1",
        "hit@3",
        "hit@10",
        "recall@10",
        "query_ms",
    }
    assert report["ndcg@10"] == 1.0
    missing = run(evaluate, "retrieval", *paths[:4], "--qrels", tmp_path / "nowhere")
    assert missing.exit_code == 2


def test_spans_counts_the_questions_whose_answer_stands_in_the_shown_sentences(tmp_path: Path) -> None:
    corpus = {
        "tsuyu": ("梅雨", "梅雨は、5月から7月にかけて続く雨の季節です。北海道には梅雨がないとされます。"),
        "yuki": ("雪", "雪は、気温が低いときに空から降る氷の結晶です。"),
    }
    asked = [
        ("梅雨はいつ続きますか", ["5月から7月"]),
        ("雪は何の結晶ですか", ["氷"]),
        ("雪は何色ですか", ["白"]),
    ]
    rows = [{"_id": key, "title": title, "text": text} for key, (title, text) in corpus.items()]
    paths = ["--corpus", lines(tmp_path / "corpus.jsonl", rows), "--queries"]
    questions = [
        {"_id": str(at), "text": text, "answers": answers} for at, (text, answers) in enumerate(asked)
    ]
    result = run(evaluate, "spans", *paths, lines(tmp_path / "asked.jsonl", questions), "--json")
    assert (result.exit_code, told(result)) == (0, {"queries": 3, "answer_in_2": 0.6667})
    without = lines(tmp_path / "without.jsonl", [{"_id": "1", "text": "雪", "answers": []}])
    refused = run(evaluate, "spans", *paths, without)
    assert (refused.exit_code, "1行目" in refused.stderr) == (2, True)


def lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    return path
