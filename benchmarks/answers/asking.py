"""Asks municipalities as their residents would, in the processes and threads that a server has, without its pages.

    python -m benchmarks.answers.asking TOWNS SECONDS RATE QUESTIONS…

With a rate the questions come by chance, so many a second, and are timed from the moment they come. With 0 each thread
asks the next question as soon as it is answered. Every question is asked once only: none is answered from memory.
Prints `{"asked","seconds","cpu_seconds","p50_ms","p95_ms","private_mb"}`, the memory that of all processes together.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.answers.towns import code
from yuimaru.config.server.web import SWITCH, THREADS, give_memory_back
from yuimaru.core.text import evaluation
from yuimaru.core.text.metrics import percentile
from yuimaru.interfaces.cli import django

if TYPE_CHECKING:
    from yuimaru.foundation.tenancy.models import Organisation

PROCESSES = min(4, os.cpu_count() or 1)
WARM_UP = "ごみ"  # opens an index; the encoder remembers it
READY_WITHIN = 300.0  # seconds

Asked = Callable[[int], None]


class Terms(NamedTuple):
    """How long is asked for, and how many questions come to one process in a second (0: the next at once)."""

    seconds: float
    rate: float


class Seen(NamedTuple):
    """What one process saw: the seconds of each question and of all, its processor time and memory."""

    took: list[float]
    seconds: float
    cpu_seconds: float
    private_mb: float


def main(towns: int, terms: Terms, files: Sequence[Path]) -> None:
    """Fork as a server does, and ask in all processes at once."""
    django.configure()
    importlib.import_module("yuimaru.services.knowledge.queries")
    questions = _shuffled(files)
    fork = get_context("fork")
    together, seen = fork.Barrier(PROCESSES), fork.SimpleQueue()

    def work(number: int) -> None:
        seen.put(_seen(towns, terms, questions[number::PROCESSES], together, random.Random(number)))

    workers = [fork.Process(target=work, args=(number,)) for number in range(PROCESSES)]
    for worker in workers:
        worker.start()
    parts: list[Seen] = [seen.get() for _ in workers]
    for worker in workers:
        worker.join()
    took = [each for part in parts for each in part.took]
    report = {
        "asked": len(took),
        "seconds": max(part.seconds for part in parts),
        "cpu_seconds": sum(part.cpu_seconds for part in parts),
        "p50_ms": percentile(took, 0.5) * 1000,
        "p95_ms": percentile(took, 0.95) * 1000,
        "private_mb": sum(part.private_mb for part in parts),
    }
    json.dump(report, sys.stdout)


def _seen(
    towns: int, terms: Terms, questions: Sequence[str], together: Barrier, chance: random.Random
) -> Seen:
    """In one process: open every municipality once, wait for the others, then ask."""
    from yuimaru.foundation.tenancy.models import Organisation

    sys.setswitchinterval(SWITCH)
    give_memory_back()
    owners = list(Organisation.objects.filter(code__in=[code(number) for number in range(towns)]))
    assert len(owners) == towns

    def asked(number: int) -> None:
        _ask(owners[chance.randrange(towns)], questions[number])

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda owner: _ask(owner, WARM_UP), owners))
        together.wait(READY_WITHIN)
        began, before = time.perf_counter(), time.process_time()
        if terms.rate:
            took = _asked_by_chance(asked, threads, len(questions), terms, chance)
        else:
            took = _asked_in_turn(asked, threads, len(questions), began + terms.seconds)
        lasted, spent = time.perf_counter() - began, time.process_time() - before
        together.wait(READY_WITHIN)  # what is shared is private once the others have ended
        return Seen(took, lasted, spent, _private_mb())


def _ask(owner: Organisation, question: str) -> None:
    from django.utils.timezone import localdate

    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.scope import scope
    from yuimaru.services.knowledge.queries import ask

    with scope(Actor.system(owner)):
        ask(owner, question, localdate())


def _asked_by_chance(
    asked: Asked, threads: ThreadPoolExecutor, most: int, terms: Terms, chance: random.Random
) -> list[float]:
    """Ask at the moments of a Poisson process, however long the answers before take (open loop)."""
    took: list[float] = []
    began = time.perf_counter()

    def timed(number: int, came: float) -> None:
        asked(number)
        took.append(time.perf_counter() - began - came)

    told, due = [], 0.0
    for number in range(most):
        due += chance.expovariate(terms.rate)
        if due > terms.seconds:
            break
        time.sleep(max(0.0, began + due - time.perf_counter()))
        told.append(threads.submit(timed, number, due))
    for each in told:
        each.result()
    return took


def _asked_in_turn(asked: Asked, threads: ThreadPoolExecutor, most: int, until: float) -> list[float]:
    """Keep every thread busy until a moment, or until every question was asked."""
    took: list[float] = []
    numbers, lock = iter(range(most)), threading.Lock()

    def work(_: int) -> None:
        while (before := time.perf_counter()) < until:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            asked(number)
            took.append(time.perf_counter() - before)

    list(threads.map(work, range(THREADS)))
    return took


def _shuffled(files: Sequence[Path]) -> list[str]:
    found = [text for file in files for _, text in evaluation.read_queries(file)]
    random.Random(2026).shuffle(found)
    return found


def _private_mb() -> float:
    """Memory that ending this process would give back, in MB (Linux)."""
    lines = (line.split() for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:])
    held = {words[0]: int(words[1]) for words in lines}
    return (held["Private_Clean:"] + held["Private_Dirty:"]) / 1024


if __name__ == "__main__":
    main(
        int(sys.argv[1]),
        Terms(float(sys.argv[2]), float(sys.argv[3]) / PROCESSES),
        [Path(each) for each in sys.argv[4:]],
    )
