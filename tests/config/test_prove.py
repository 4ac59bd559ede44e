"""`yuimaru prove`: what it says, and that a broken promise fails the command."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from yuimaru.config.prove import prove
from yuimaru.demo import proofs
from yuimaru.demo.proofs.idempotency import FULL, Extent, _kept
from yuimaru.demo.proofs.part import Part, Terms

SEEN: list[Terms] = []


def keeps(terms: Terms) -> Part:
    SEEN.append(terms)
    return Part(True, {"lost": 0})


def breaks(terms: Terms) -> Part:
    return Part(False, {"lost": 1})


@pytest.fixture(autouse=True)
def _parts(monkeypatch: pytest.MonkeyPatch) -> None:
    SEEN.clear()
    for name in list(proofs.PARTS):
        monkeypatch.delitem(proofs.PARTS, name)
    monkeypatch.setitem(proofs.PARTS, "one", f"{__name__}.keeps")
    monkeypatch.setitem(proofs.PARTS, "other", f"{__name__}.breaks")


def test_the_report_has_the_shape_of_the_contract() -> None:
    result = CliRunner().invoke(prove, ["one", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "parts": [{"id": "one", "ok": True, "figures": {"lost": 0}}],
        "ok": True,
    }


def test_without_names_all_are_proved_and_one_broken_promise_fails() -> None:
    result = CliRunner().invoke(prove, ["--json"])
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert [(part["id"], part["ok"]) for part in report["parts"]] == [("one", True), ("other", False)]
    assert report["ok"] is False


def test_an_unknown_part_is_wrong_input() -> None:
    result = CliRunner().invoke(prove, ["nothing"])
    assert result.exit_code == 2
    assert "one, other" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("options", "terms"),
    [
        ([], Terms(full=True)),
        (["--full"], Terms(full=True)),
        (["--quick"], Terms(full=False)),
        (["--database", "postgresql://x/y"], Terms(full=True, database="postgresql://x/y")),
    ],
)
def test_a_part_is_told_how_far_to_go_and_on_which_store(options: list[str], terms: Terms) -> None:
    CliRunner().invoke(prove, ["one", *options])
    assert [terms] == SEEN


def test_the_full_proof_is_fifty_senders_and_a_hundred_keys() -> None:
    assert Extent(senders=50, keys=100) == FULL


@pytest.mark.parametrize("figure", ["submissions", "first_answers", "torn_keys", "answered_otherwise"])
def test_one_submission_too_many_or_too_few_breaks_the_promise(figure: str) -> None:
    extent = Extent(senders=2, keys=3)
    good = {
        "submissions": 3,
        "first_answers": 3,
        "torn_keys": 0,
        "answered_201": 6,
        "answered_otherwise": 0,
        "other_body_422": 3,
        "neighbour_submissions": 3,
        "neighbour_replays": 0,
    }
    assert _kept(good, extent)
    assert not _kept({**good, figure: good[figure] + 1}, extent)
