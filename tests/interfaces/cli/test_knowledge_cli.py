"""`ask` and `documents` as the contract words them: one JSON object, exit 0, 1 or 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from tests import cast
from tests.core.text import nasty

from yuimaru.interfaces.cli import knowledge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

TEXT = "# 粗大ごみ\n\n粗大ごみの手数料は、1点につき300円です。\n"


def run(command: click.Command, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def told(result: Result) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(result.stdout)
    return report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "manuals"
    (inside / "ごみ").mkdir(parents=True)
    (inside / "ごみ" / "sodai.md").write_text(TEXT, encoding="utf-8")
    (inside / ".hidden.md").write_text(TEXT, encoding="utf-8")
    return inside


def test_documents_are_added_listed_asked_and_withdrawn(folder: Path) -> None:
    added = run(knowledge.documents, "add", "--municipality", cast.OUMI, folder, "--json")
    assert added.exit_code == 0
    (row,) = told(added)["added"]
    assert (row["path"], row["passages"]) == (str(folder / "ごみ/sodai.md"), 1)
    again = told(run(knowledge.documents, "add", "--municipality", cast.OUMI, folder, "--json"))
    assert (again["added"], again["unchanged"], again["refused"]) == ([], [row["path"]], [])

    listed = told(run(knowledge.documents, "list", "--municipality", cast.OUMI, "--json"))["documents"]
    assert [(one["id"], one["name"]) for one in listed] == [(row["id"], "ごみ/sodai.md")]
    text = run(knowledge.documents, "text", row["id"]).stdout
    answer = told(run(knowledge.ask, "--municipality", cast.OUMI, "粗大ごみの手数料は", "--json"))
    assert answer["answered"] is True
    assert [one["kata"] for one in answer["procedures"]] == ["sodaigomi-moushikomi"]
    assert all(citation["quote"] in text for one in answer["sentences"] for citation in one["citations"])

    assert run(knowledge.documents, "withdraw", row["id"], "--json").exit_code == 0
    after = run(knowledge.ask, "--municipality", cast.OUMI, "粗大ごみの手数料は", "--json")
    assert (after.exit_code, told(after)["outcome"]) == (0, "none")


def test_a_refused_file_is_told_and_the_rest_is_taken(folder: Path) -> None:
    (folder / "locked.pdf").write_bytes(nasty.encrypted_pdf())
    result = run(knowledge.documents, "add", "--municipality", cast.OUMI, folder, "--json")
    assert result.exit_code == 1
    report = told(result)
    assert len(report["added"]) == 1
    assert [(one["path"], one["code"]) for one in report["refused"]] == [
        (str(folder / "locked.pdf"), "encrypted")
    ]
    assert "パスワード" in report["refused"][0]["message"]


def test_an_answer_leads_to_the_procedure() -> None:
    answer = told(run(knowledge.ask, "--municipality", cast.OUMI, "児童手当の請求", "--json"))
    assert answer["outcome"] == "none"
    assert [one["kata"] for one in answer["procedures"]] == ["jidou-teate"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--municipality", "999999"],
        ["add", "--municipality", "999999", "x.md"],
        ["add", "--municipality", cast.OUMI, "nowhere.md"],
        ["add", "--municipality", cast.OUMI, "--section", "ない課", __file__],
        [
            "add",
            "--municipality",
            cast.OUMI,
            "--valid-from",
            "2026-04-02",
            "--valid-to",
            "2026-04-01",
            __file__,
        ],
        ["text", "01a20373-7733-714b-b8f2-8f52cbce69fe"],
        ["text", "not-an-id"],
        ["withdraw", "01a20373-7733-714b-b8f2-8f52cbce69fe"],
        ["reindex", "--municipality", "999999"],
    ],
)
def test_unknown_or_wrong_input_is_exit_2(arguments: list[str]) -> None:
    result = run(knowledge.documents, *arguments)
    assert result.exit_code == 2
    assert not isinstance(result.exception, Exception)


def test_asking_for_an_unknown_municipality_is_exit_2() -> None:
    assert run(knowledge.ask, "--municipality", "999999", "粗大ごみ").exit_code == 2


def test_without_json_people_read_sentences(folder: Path) -> None:
    assert "登録しました" in run(knowledge.documents, "add", "--municipality", cast.OUMI, folder).stdout
    assert "1点につき300円" in run(knowledge.ask, "--municipality", cast.OUMI, "粗大ごみの手数料は").stdout
    assert (
        "答えが見つかりませんでした" in run(knowledge.ask, "--municipality", cast.OUMI, "明日の天気は").stdout
    )
    assert "1件" in run(knowledge.documents, "reindex", "--municipality", cast.OUMI).stdout
