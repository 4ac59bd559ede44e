"""`yuimaru bench`: what it can measure, what it says, when it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks import kata
from benchmarks.answers import own
from benchmarks.figures import Figure
from click.testing import CliRunner

from yuimaru.core.kata.tables import compile_table, gaps_and_overlaps
from yuimaru.interfaces.cli.bench import bench


@pytest.mark.parametrize("name", ["nothing", "figures", "../kata", "os"])
def test_unknown_names_are_wrong_input_and_the_known_ones_are_listed(name: str) -> None:
    result = CliRunner().invoke(bench, [name])
    assert result.exit_code == 2
    assert "kata" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(("speed", "exit_code"), [(100_000, 0), (99_999, 1)])
def test_a_missed_target_fails_the_command(
    monkeypatch: pytest.MonkeyPatch, speed: float, exit_code: int
) -> None:
    def measure(data: Path | None, profile: str) -> list[Figure]:
        return [
            Figure("decisions_per_second", speed, "1/s", 100_000, 150_000),
            Figure("other", None, "ms", 5),
        ]

    monkeypatch.setattr(kata, "measure", measure)
    result = CliRunner().invoke(bench, ["kata", "--json"])
    report = json.loads(result.stdout)
    assert result.exit_code == exit_code
    assert report["figures"] == {
        "decisions_per_second": {
            "value": speed,
            "unit": "1/s",
            "target": 100_000,
            "met": not exit_code,
            "goal": 150_000,
        }
    }
    assert report["skipped"] == ["other"]
    assert report["calibration"].keys() == {"ops_s", "fsync_s", "load"}


def test_a_part_is_measured_alone_where_there_are_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "measure", lambda data: [Figure("own_questions", 927, "", 600)])
    result = CliRunner().invoke(bench, ["answers", "--part", "own", "--json"])
    assert (result.exit_code, list(json.loads(result.stdout)["figures"])) == (0, ["own_questions"])
    for name, part in (("answers", "nothing"), ("kata", "own")):
        assert CliRunner().invoke(bench, [name, "--part", part]).exit_code == 2


def test_without_the_public_sets_what_needs_them_is_skipped() -> None:
    result = CliRunner().invoke(
        bench,
        ["answers", "--part", "finding", "--part", "load", "--part", "beside", "--data", "nowhere", "--json"],
    )
    report = json.loads(result.stdout)
    assert (result.exit_code, report["figures"]) == (0, {})
    fixed = {"ndcg_at_10", "hit_at_1", "hit_at_3", "hit_at_10", "query_cpu_ms_p50", "jsquad_two_sentences"}
    assert fixed < set(report["skipped"])


def test_less_may_be_better() -> None:
    assert Figure("portal_cpu_ms", 12, "ms", 12, better="less").met is True
    assert Figure("portal_cpu_ms", 13, "ms", 12, better="less").met is False
    assert Figure("lost", None, "1", 0, better="less").met is None


def test_the_measured_table_is_as_large_as_promised_and_all_of_it_is_used() -> None:
    decision = kata.allowance_table()
    table = compile_table(decision)
    assert (len(decision.rows), len(decision.inputs)) == (30, 6)
    assert gaps_and_overlaps(decision) == []
    assert {row for person in kata.people(5000) for row in table.decide(person).rows} == set(table.row_ids)
