"""Many municipalities asked at once: how long answers take, how many there can be, what memory that costs.

The municipalities are copies of one that holds a public list of 1,800 questions and answers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from benchmarks.answers.asking import PROCESSES
from benchmarks.figures import Figure
from yuimaru.config import env

TOWNS = (1, 62, 250)
RATE = 25.0  # questions a second
SECONDS = 20.0
LIGHT = "light"  # how the search is set that reads each question once


def measure(data: Path | None) -> list[Figure]:
    """Take a list in, copy it, ask at a rate and without pause; skipped without the public sets."""
    told: dict[str, float] = {}
    if data is not None and (data / "localgovfaq").is_dir():
        with tempfile.TemporaryDirectory(prefix="yuimaru-bench-") as folder:
            told = _measured(data, folder)
    return [
        Figure("intake_entries_per_second", told.get("intake"), "1/s", 20),
        *(
            Figure(f"ask_p95_ms_{towns}", told.get(f"p95_{towns}"), "ms", 90, better="less")
            for towns in TOWNS
        ),
        Figure("asked_per_second", told.get("full"), "1/s", 50),
        Figure("asked_per_second_light", told.get(LIGHT), "1/s", 120),
        Figure("ask_cpu_ms", told.get("cpu_ms"), "ms", better="less"),
        Figure(f"private_mb_{TOWNS[-1]}", told.get("private_mb"), "MB", 1_200, better="less"),
    ]


def _measured(data: Path, folder: str) -> dict[str, float]:
    environment = {**os.environ, "YUIMARU_VAR": folder, "YUIMARU_SEARCH": "full"}
    taken = _run(environment, "towns", data / "localgovfaq" / "corpus.jsonl", TOWNS[-1])
    told = {"intake": round(taken["entries"] / taken["seconds"], 1)}
    _say("intake", taken)
    files = [path for path in (data / "localgovfaq", data / "jsquad") if path.is_dir()]
    questions = [path / "queries.jsonl" for path in files]
    for towns in TOWNS:
        seen = _run(environment, "asking", towns, SECONDS, RATE, *questions)
        told[f"p95_{towns}"] = round(seen["p95_ms"], 1)
        told["private_mb"] = round(seen["private_mb"])
        _say(f"{towns} × {RATE:.0f}/s", seen)
    for name, search in (("full", "full"), (LIGHT, LIGHT)):
        seen = _run({**environment, "YUIMARU_SEARCH": search}, "asking", 1, SECONDS, 0, *questions)
        told[name] = round(seen["asked"] / seen["seconds"], 1)
        told.setdefault("cpu_ms", round(seen["cpu_seconds"] / seen["asked"] * 1000, 1))
        _say(f"{name}, {PROCESSES} processes", seen)
    return told


def _run(environment: Mapping[str, str], module: str, *arguments: object) -> dict[str, float]:
    command = [sys.executable, "-m", f"benchmarks.answers.{module}", *map(str, arguments)]
    ended = subprocess.run(
        command, cwd=env.ROOT, env=dict(environment), stdout=subprocess.PIPE, text=True, check=True
    )
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


def _say(name: str, seen: Mapping[str, float]) -> None:
    """What was measured, with the processor time that it had: less than the wall's times the cores means a busy machine."""
    figures = ", ".join(f"{key} {value:,.1f}" for key, value in seen.items())
    cores = seen["cpu_seconds"] / seen["seconds"]
    click.echo(f"{name}: {figures} ({cores:.2f} cores; load {os.getloadavg()[0]:.1f})", err=True)
