"""`yuimaru test`: everything that must hold before a change lands, in the order of how fast it answers."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from yuimaru.config import env
from yuimaru.interfaces.cli.django import compile_translations

BIN = Path(sys.executable).parent

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("lint", (str(BIN / "ruff"), "check", ".")),
    ("format", (str(BIN / "ruff"), "format", "--check", ".")),
    ("contracts", (str(BIN / "lint-imports"), "--no-cache")),
)
TYPES = (str(BIN / "mypy"),)

WORKERS = 3  # on the usual two cores: one waits for its browser or its server at any time

# What depends on the store: locks, transactions, row-level security, and what stands on them.
ON_BOTH_STORES = ("tests/foundation", "tests/services", "tests/promises")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("pytest_options", nargs=-1, type=click.UNPROCESSED)
def test(pytest_options: tuple[str, ...]) -> None:
    """Run lint, types, contracts and every test, on both stores; options go to pytest / すべての検査を行う。"""
    compile_translations(env.ROOT)
    failed = _failed_tests(*pytest_options) if pytest_options else _failed()
    if failed:
        raise click.ClickException(f"通らなかった検査: {', '.join(failed)} / Failed: {', '.join(failed)}")


def _failed() -> list[str]:
    """Run everything; types are checked while the tests begin, which wait for a browser or a server now and then."""
    with ThreadPoolExecutor(1) as beside:
        types = beside.submit(_passes, "types", TYPES)
        failed = [name for name, command in CHECKS if not _passes(name, command)]
        failed += _failed_tests()
        failed += _failed_tests("--store", "postgresql", *ON_BOTH_STORES, name="tests on PostgreSQL")
        return failed if types.result() else [*failed, "types"]


def _failed_tests(*options: str, name: str = "tests") -> list[str]:
    # Files begin in the order of collection, the longest ones first: all workers are done at about the same time.
    spread = ("-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder")
    command = [sys.executable, "-m", "pytest", *spread, *options]
    return [] if subprocess.run(command, cwd=env.ROOT, check=False).returncode == 0 else [name]


def _passes(name: str, command: tuple[str, ...]) -> bool:
    started = time.monotonic()
    ended = subprocess.run(command, cwd=env.ROOT, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    click.echo(f"{name}: {'ok' if ended.returncode == 0 else 'failed'} ({seconds:.1f} s)", err=True)
    if ended.returncode:
        click.echo(ended.stdout + ended.stderr, err=True)
    return ended.returncode == 0
