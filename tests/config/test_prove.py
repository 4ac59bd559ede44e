"""`yuimaru prove`: parts by name, their report, and when it fails."""

from __future__ import annotations

import importlib
import json
from typing import Any

import pytest
from click.testing import CliRunner

from yuimaru.config.prove import PROOFS, prove
from yuimaru.demo.proofs import fsync, kill, worker
from yuimaru.demo.proofs.part import Part, percentile, skipped


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often each part was asked to repeat; every part holds, but worker cannot run here."""
    asked: list[int] = []

    def holds(count: int) -> Part:
        asked.append(count)
        return {"id": "kill", "ok": True, "figures": {"kills": count}}

    monkeypatch.setattr(kill, "prove", holds)
    monkeypatch.setattr(worker, "prove", lambda count: skipped("worker", "ここでは動きません"))
    monkeypatch.setattr(fsync, "prove", lambda count: {"id": "fsync", "ok": False, "figures": {}})
    return asked


def call(*arguments: str) -> tuple[int, Any]:
    result = CliRunner().invoke(prove, [*arguments, "--json"])
    return result.exit_code, json.loads(result.stdout) if result.stdout else None


@pytest.mark.parametrize(
    ("options", "count"), [((), 20), (("--quick",), 3), (("--full",), 100), (("--count", "7"), 7)]
)
def test_a_part_runs_as_often_as_asked(counts: list[int], options: tuple[str, ...], count: int) -> None:
    expected = {"parts": [{"id": "kill", "ok": True, "figures": {"kills": count}}], "ok": True}
    assert call("kill", *options) == (0, expected)
    assert counts == [count]


def test_what_does_not_hold_is_exit_code_1(counts: list[int]) -> None:
    code, report = call("kill", "fsync")
    assert (code, report["ok"], [part["ok"] for part in report["parts"]]) == (1, False, [True, False])


def test_what_cannot_run_proves_nothing_by_itself(counts: list[int]) -> None:
    assert call("kill", "worker")[0] == 0
    code, report = call("worker")
    assert (code, report["ok"], report["parts"][0]["skipped"]) == (1, False, "ここでは動きません")


def test_unknown_parts_are_wrong_input(counts: list[int]) -> None:
    assert call("kill", "nothing") == (2, None)
    assert counts == []


def test_every_registered_part_is_there() -> None:
    for proof in PROOFS.values():
        assert callable(importlib.import_module(proof.module).prove)


def test_a_trace_without_a_sync_before_the_answer_is_found_out() -> None:
    request = '7 recvfrom(9<socket:[1]>, "POST /m/990027/apply/jidou-teate/confirm HTTP/1.1", 8192) = 512'
    sync = "8 fdatasync(12</var/yuimaru.sqlite3-wal>) = 0"
    answer = '7 sendto(9<socket:[1]>, "HTTP/1.1 303 See Other", 400) = 400'
    other = "8 fdatasync(13</var/other.sqlite>) = 0"
    failed = "8 fdatasync(12</var/yuimaru.sqlite3-wal>) = -1 EIO (Input/output error)"
    assert fsync.judge([request, sync, answer] * 3) == (3, 3)
    assert fsync.judge([sync, request, answer, sync]) == (0, 1)
    assert fsync.judge([request, other, failed, answer]) == (0, 1)


def test_percentiles() -> None:
    values = [float(value) for value in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.95), percentile([2.0], 0.95)) == (51.0, 96.0, 2.0)
