"""`yuimaru prove`: what it says, how often a part is tried, and that a broken promise fails the command."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner

from yuimaru.config.prove import prove
from yuimaru.demo import proofs
from yuimaru.demo.proofs import answers, fsync
from yuimaru.demo.proofs.idempotency import FULL, Extent, _kept
from yuimaru.demo.proofs.part import Part, Terms, percentile, skipped

REAL = dict(proofs.PARTS)
SEEN: list[Terms] = []


def keeps(terms: Terms) -> Part:
    SEEN.append(terms)
    return Part(True, {"lost": 0})


def breaks(terms: Terms) -> Part:
    return Part(False, {"lost": 1})


def cannot(terms: Terms) -> Part:
    return skipped("ここでは動きません")


@pytest.fixture(autouse=True)
def _parts(monkeypatch: pytest.MonkeyPatch) -> None:
    SEEN.clear()
    for name in REAL:
        monkeypatch.delitem(proofs.PARTS, name)
    for part in (keeps, breaks, cannot):
        monkeypatch.setitem(proofs.PARTS, part.__name__, f"{__name__}.{part.__name__}")


def call(*arguments: str) -> tuple[int, Any]:
    result = CliRunner().invoke(prove, [*arguments, "--json"])
    return result.exit_code, json.loads(result.stdout) if result.stdout else None


def test_the_report_has_the_shape_of_the_contract() -> None:
    assert call("keeps") == (0, {"parts": [{"id": "keeps", "ok": True, "figures": {"lost": 0}}], "ok": True})


def test_without_names_all_are_proved_and_one_broken_promise_fails() -> None:
    code, report = call()
    assert (code, report["ok"]) == (1, False)
    assert [(part["id"], part["ok"]) for part in report["parts"]] == [
        ("keeps", True),
        ("breaks", False),
        ("cannot", None),
    ]


def test_what_cannot_run_proves_nothing_by_itself() -> None:
    assert call("keeps", "cannot")[0] == 0
    code, report = call("cannot")
    assert (code, report["ok"], report["parts"][0]["skipped"]) == (1, False, "ここでは動きません")


def test_an_unknown_part_is_wrong_input() -> None:
    result = CliRunner().invoke(prove, ["keeps", "nothing"])
    assert result.exit_code == 2
    assert "keeps, breaks, cannot" in result.stderr.splitlines()[-1]
    assert SEEN == []


@pytest.mark.parametrize(
    ("options", "terms", "times"),
    [
        ([], Terms(), 20),
        (["--full"], Terms("full"), 100),
        (["--quick"], Terms("quick"), 3),
        (["--count", "7"], Terms(count=7), 7),
        (["--database", "postgresql://x/y"], Terms(database="postgresql://x/y"), 20),
    ],
)
def test_a_part_is_told_how_far_to_go_and_on_which_store(
    options: list[str], terms: Terms, times: int
) -> None:
    call("keeps", *options)
    assert [terms] == SEEN
    assert terms.times(quick=3, usual=20, full=100) == times


def test_every_registered_part_is_there() -> None:
    for place in REAL.values():
        module, _, function = place.rpartition(".")
        assert callable(getattr(import_module(module), function))


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


def test_a_foreign_expired_or_changed_sentence_breaks_the_promise_of_answers() -> None:
    keys = {name: str(UUID(int=number)) for number, name in enumerate(("own", "old", "other", "centre"))}
    stored = {
        UUID(keys["own"]): answers.Stored("990019", "手数料は300円です。", may_be_quoted=True),
        UUID(keys["old"]): answers.Stored("990019", "手数料は200円でした。", may_be_quoted=False),
        UUID(keys["other"]): answers.Stored("990027", "手数料は500円です。", may_be_quoted=True),
        UUID(keys["centre"]): answers.Stored(
            "990001", "手数料は600円です。", may_be_quoted=True, shared_with=frozenset({"990019"})
        ),
    }

    def shown(name: str, text: str) -> Part:
        citation = {"document": {"id": keys[name]}, "quote": text}
        told = {"outcome": "answer", "sentences": [{"text": text, "citations": [citation]}], "close": []}
        return answers.judge(stored, [answers.Probe("990019", "手数料", "another_town")], [told])

    assert shown("own", "手数料は300円です。").ok
    assert shown("centre", "手数料は600円です。").ok, "what the consortium shares is the town's as well"
    assert shown("other", "手数料は500円です。").figures["foreign"] == 1
    assert shown("old", "手数料は200円でした。").figures["expired_withdrawn_or_staff"] == 1
    assert shown("own", "手数料は0円です。").figures["not_verbatim"] == 1
    assert not any(
        shown(*wrong).ok for wrong in (("other", "手数料は500円です。"), ("own", "手数料は0円です。"))
    )
