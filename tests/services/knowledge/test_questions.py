"""The demo towns asked with their own sets: what holds today is the least that holds tomorrow."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import yuimaru.demo
from tests import cast
from tests.services.knowledge.town import AT, TODAY, town
from yuimaru.core.text.probes import read_probes
from yuimaru.demo import intake
from yuimaru.services.knowledge.queries.evaluating import evaluate
from yuimaru.services.knowledge.rules.scoring import Result, as_report

SETS = Path(yuimaru.demo.__path__[0]) / "questions"
CODES = (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA)

# The guard, in shares of each kind over all three towns.
ANSWERED_RIGHTLY = 0.56  # answerable, at least
FOUND = 0.75  # answerable with the right entry in the first three, at least
CORRECTED = 0.70  # wrong premises, at least
REFUSED = 0.95  # off topic, at least
ANSWERED_ALL_THE_SAME = {"unanswerable": 0.06, "neighbour": 0.07, "expired": 0.06}  # at most


@pytest.fixture
def asked(db: None, var: Path) -> list[Result]:
    """Take in what the demo towns publish and once published, and ask every question once."""
    results: list[Result] = []
    for code in CODES:
        intake.add(code, at=AT)
        with town(code) as (owner, _):
            results += evaluate(owner, read_probes(SETS / f"{code}.jsonl"), TODAY)
    return results


@pytest.mark.store("sqlite")  # what ranks is the same on both: test_backends.py
def test_the_demo_towns_answer_as_well_as_they_did(asked: list[Result]) -> None:
    sys.stdout.write(f"\n{json.dumps(as_report(asked), indent=1)}\n")
    assert sum(one.unverified for one in asked) == sum(one.foreign for one in asked) == 0
    answerable = _of(asked, "answerable")
    assert _share(one.merit == 3 for one in answerable) >= ANSWERED_RIGHTLY
    assert _share(one.is_found for one in answerable) >= FOUND
    assert _share(one.corrected for one in _of(asked, "wrong_premise")) >= CORRECTED
    for kind, most in ANSWERED_ALL_THE_SAME.items():
        assert _share(one.outcome == "answer" for one in _of(asked, kind)) <= most, kind
    off_topic = _of(asked, "off_topic")
    assert [one.probe.question for one in off_topic if one.outcome == "answer"] == []
    assert _share(one.outcome == "none" for one in off_topic) >= REFUSED
    orders = [one for one in _of(asked, "injection") if not one.probe.is_answered]
    assert [one.probe.question for one in orders if one.outcome == "answer"] == []


def _of(results: Iterable[Result], kind: str) -> list[Result]:
    return [one for one in results if one.probe.kind == kind]


def _share(marks: Iterable[bool]) -> float:
    known = list(marks)
    return sum(known) / len(known)
