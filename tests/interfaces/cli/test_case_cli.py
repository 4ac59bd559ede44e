"""`case move` and `catalogue adopt` with an overlay: one JSON object, and exit codes that say what came of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from tests import cast
from tests.services.cases import flow
from tests.services.cases.test_moves import publish

from yuimaru.interfaces.cli.case import case
from yuimaru.interfaces.cli.catalogue import catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
KATA = "jidou-teate"


def run(*arguments: str, code: int = 0) -> dict[str, Any]:
    result = CliRunner().invoke(
        case, ["move", "--municipality", cast.OUMI, "--kata", KATA, "--json", *arguments]
    )
    assert result.exit_code == code, result.output
    told: dict[str, Any] = json.loads(result.stdout) if code < 2 else {}
    return told


def adopt(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(catalogue, ["adopt", KATA, "--municipality", cast.OUMI, "--json", *arguments])
    assert result.exit_code == code, result.output
    return str(json.loads(result.stdout)["definition"]) if code == 0 else result.output


def test_a_preview_says_what_would_change_and_changes_nothing() -> None:
    sent = flow.sent_case()
    definition = adopt("--overlay", "workflow.形式審査.due.days=9", "--set", "補正期限日数=21")
    told = run("--preview")
    assert (told["ok"], told["kata"]) == (True, KATA)
    (one,) = told["cases"]
    assert (one["number"], one["from"], one["result"]) == (sent.number, sent.definition_id, "previewed")
    assert one["steps"][0]["due"][0] != one["steps"][0]["due"][1]
    assert flow.case(cast.OUMI, sent.number).definition_id == sent.definition_id
    assert run("--case", sent.number)["cases"][0]["result"] == "moved"
    assert flow.case(cast.OUMI, sent.number).definition_id == definition
    assert run() == {"ok": True, "kata": KATA, "cases": []}


def test_what_cannot_move_ends_with_1_and_its_reasons() -> None:
    sent = flow.sent_case()
    publish(('"形式審査"', '"書類審査"'))
    told = run(code=1)
    assert told["cases"][0]["result"] == "refused"
    assert told["cases"][0]["reasons"][0]["path"] == "workflow.形式審査"
    assert (
        run("--preview", "--step", "形式審査=書類審査", code=1)["cases"][0]["reasons"][0]["code"] == "mandate"
    )
    assert flow.case(cast.OUMI, sent.number).definition_id == sent.definition_id


def test_wrong_input_ends_with_2() -> None:
    run("--step", "形式審査", code=2)
    result = CliRunner().invoke(case, ["move", "--municipality", "990500", "--kata", KATA])
    assert result.exit_code == 2
    result = CliRunner().invoke(case, ["move", "--municipality", cast.OUMI, "--kata", "nothing-here"])
    assert result.exit_code == 2


def test_people_read_it_as_lines() -> None:
    sent = flow.sent_case()
    publish(('"フリガナ"', '"読み方"'))
    result = CliRunner().invoke(case, ["move", "--municipality", cast.OUMI, "--kata", KATA])
    assert result.exit_code == 1
    assert sent.number in result.output
    assert "答えが失われます" in result.output


def test_an_overlay_that_leads_nowhere_or_breaks_the_kata_is_refused() -> None:
    assert "ない工程" in adopt("--overlay", "workflow.ない工程.title=x", code=2)
    adopt("--overlay", "workflow.形式審査.actions.不備なし.to=ない工程", code=1)
    first = adopt("--overlay", "workflow.形式審査.title=はじめの審査")
    assert adopt() == first, "an adoption without an overlay keeps the one there is"
    assert adopt("--no-overlay") != first


def test_an_adoption_may_begin_later() -> None:
    begun = flow.sent_case().definition_id
    adopt("--set", "補正期限日数=25", "--from", "2099-04-01")
    assert flow.case(cast.OUMI, flow.send(flow.draft(), key="key-of-a-new-one").number).definition_id == begun
