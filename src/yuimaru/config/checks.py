"""`yuimaru test`: everything that must hold before a change lands, in the order of how fast it answers."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import click

from yuimaru.config import env
from yuimaru.interfaces.cli.django import compile_translations

BIN = Path(sys.executable).parent

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("lint", (str(BIN / "ruff"), "check", ".")),
    ("format", (str(BIN / "ruff"), "format", "--check", ".")),
    ("contracts", (str(BIN / "lint-imports"), "--no-cache")),
    ("types", (str(BIN / "mypy"),)),
)

# What depends on the store: locks, transactions, row-level security, and what stands on them.
ON_BOTH_STORES = ("tests/foundation", "tests/services", "tests/promises")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("pytest_options", nargs=-1, type=click.UNPROCESSED)
def test(pytest_options: tuple[str, ...]) -> None:
    """Run lint, types, contracts and every test, on both stores; options go to pytest / すべての検査を行う。"""
    compile_translations(env.ROOT)
    failed = [] if pytest_options else [name for name, command in CHECKS if not _passes(name, command)]
    if not _tests_pass(*pytest_options):
        failed.append("tests")
    if not pytest_options and not _tests_pass("--store", "postgresql", *ON_BOTH_STORES):
        failed.append("tests on PostgreSQL")
    if failed:
        raise click.ClickException(f"通らなかった検査: {', '.join(failed)} / Failed: {', '.join(failed)}")


def _tests_pass(*options: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", *options]
    return subprocess.run(command, cwd=env.ROOT, check=False).returncode == 0


def _passes(name: str, command: tuple[str, ...]) -> bool:
    started = time.monotonic()
    ended = subprocess.run(command, cwd=env.ROOT, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    click.echo(f"{name}: {'ok' if ended.returncode == 0 else 'failed'} ({seconds:.1f} s)", err=True)
    if ended.returncode:
        click.echo(ended.stdout + ended.stderr, err=True)
    return ended.returncode == 0
