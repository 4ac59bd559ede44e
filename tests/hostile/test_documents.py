"""Documents that are built to hurt: each is refused in words within its share, and its neighbours are taken."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest

from tests.core.text import nasty
from tests.hostile import others, packages
from tests.hostile.case import Case
from yuimaru.core.text.extract import Extracted, Limits, Refused, Source, extract

CASES = [*packages.CASES, *others.CASES]
GOOD = Source("good.md", others.NOTE), Source("good.pdf", nasty.pdf())
CPU_SECONDS, MEMORY = 20.0, 768_000_000


@dataclass(frozen=True)
class Outcome:
    """What came of a file, what it cost, and what came of the good one behind it."""

    found: Extracted | Refused
    cpu: float
    memory: int
    after: Extracted | Refused


def _processes() -> Iterator[Path]:
    """The processes that this one has started and that still live."""
    for task in Path("/proc/self/task").iterdir():
        for pid in (task / "children").read_text().split():
            yield Path("/proc", pid)


def _spent() -> float:
    """Processor seconds of all limited processes so far."""
    ended = os.times()
    ticks = 0
    for process in _processes():
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ended.children_user + ended.children_system + ticks / os.sysconf("SC_CLK_TCK")


def _peak() -> int:
    """The most memory, in bytes, that a living limited process has held."""
    told = [
        line.split() for process in _processes() for line in (process / "status").read_text().splitlines()
    ]
    return max((int(words[1]) * 1024 for words in told if words and words[0] == "VmHWM:"), default=0)


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    """All nasty files as one batch, a good one behind each."""
    sources = chain.from_iterable(
        (Source(case.name, case.make()), GOOD[number % 2]) for number, case in enumerate(CASES)
    )
    reading = extract(sources)
    found: dict[str, Outcome] = {}
    before = _spent()
    for case in CASES:
        outcome = next(reading)
        cpu, memory = _spent() - before, _peak()
        found[case.label] = Outcome(outcome, cpu, memory, next(reading))
        before = _spent()
    return found


def test_there_are_many_and_each_is_its_own() -> None:
    assert len({case.label for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=[ascii(case.label) for case in CASES])
def test_refused_in_words_and_the_next_is_taken(outcomes: dict[str, Outcome], case: Case) -> None:
    outcome = outcomes[case.label]
    if case.code is None:
        assert isinstance(outcome.found, Extracted)
    else:
        assert isinstance(outcome.found, Refused)
        assert outcome.found.code == case.code
        assert outcome.found.message_ja.endswith("。")
        assert outcome.found.message_en.endswith(".")
    assert isinstance(outcome.after, Extracted)
    assert outcome.cpu <= CPU_SECONDS + 2  # the second that the limit rounds up, and starting anew
    assert outcome.memory <= MEMORY


def test_the_limits_are_these() -> None:
    assert (Limits().cpu_seconds, Limits().memory) == (CPU_SECONDS, MEMORY)


def test_nothing_of_this_machine_is_read(outcomes: dict[str, Outcome]) -> None:
    secret = Path("/etc/passwd").read_text().splitlines()[0]
    texts = [one.found.text for one in outcomes.values() if isinstance(one.found, Extracted)]
    assert not any(secret in text for text in texts)
