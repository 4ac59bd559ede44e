"""Answers: how well questions find them, what is shown for a town's own questions, and how many can be asked at once.

    bench answers [--part finding --part own --part load --part beside]

Without a name all parts but `beside` are measured: it installs other engines for comparison, and needs a network.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from benchmarks.figures import Figure

PARTS = ("finding", "own", "load", "beside")
USUAL = ("finding", "own", "load")


def measure(data: Path | None, profile: str, parts: Sequence[str] = USUAL) -> list[Figure]:
    """Measure some parts one after the other; `profile` makes no difference to them."""
    found: list[Figure] = []
    began = time.monotonic()
    for name in parts:
        started = time.monotonic()
        found += import_module(f"benchmarks.answers.{name}").measure(data)
        click.echo(f"{name}: {time.monotonic() - started:.0f} s", err=True)
    click.echo(f"合計 / in all: {time.monotonic() - began:.0f} s", err=True)
    return found
