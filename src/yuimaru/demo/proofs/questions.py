"""Questions to ask a town of the demo, and what its pages and its interface answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from yuimaru.core.text.probes import read_probes
from yuimaru.demo import cast
from yuimaru.demo.stage import Stage
from yuimaru.demo.visitor import Page

SETS = Path(__file__).parents[1] / "questions"
TOWNS = (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA)
_PATIENCE = 120.0  # seconds; the worker may be busy with the demo's documents


def answered(stage: Stage, town: str, most: int) -> Iterator[tuple[str, list[str]]]:
    """Questions of a town's own set that are answered, each with the sentences of the answer."""
    found = 0
    with httpx.Client(base_url=stage.base_url, timeout=_PATIENCE) as client:
        for probe in read_probes(SETS / f"{town}.jsonl"):
            if probe.kind != "answerable":
                continue
            told = asked(client, town, probe.question)
            if told["outcome"] == "answer":
                found += 1
                yield probe.question, [sentence["text"] for sentence in told["sentences"]]
            if found == most:
                return


def asked(client: httpx.Client, town: str, question: str) -> dict[str, Any]:
    """What the interface answers."""
    answer = client.post(f"/api/v1/m/{town}/ask", json={"question": question})
    answer.raise_for_status()
    told: dict[str, Any] = answer.json()
    return told


def seen(stage: Stage, town: str, question: str) -> tuple[Page, float]:
    """The page with the answer, and the seconds until it came."""
    began = time.monotonic()
    page = stage.browser().get(f"/m/{town}/ask", q=question)
    return page, time.monotonic() - began
