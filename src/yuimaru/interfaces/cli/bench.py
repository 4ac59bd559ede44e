"""`yuimaru bench`: measure, beside the figures that must be reached."""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from benchmarks.figures import Figure

NAMES = ("kata", "web", "a11y", "answers", "desk", "adoption", "safety", "data", "talent")
DATA = Path("../shared/data")


@click.command()
@click.argument("name")
@click.option("--data", type=click.Path(path_type=Path), default=DATA, help="Folder of public test data.")
@click.option("--profile", type=click.Choice(["embedded", "production"]), default="embedded")
@click.option("--part", "parts", multiple=True, help="Only this part; may be given again / 一部だけ測る")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def bench(name: str, data: Path, profile: str, parts: tuple[str, ...], as_json: bool) -> None:
    """Measure NAME; exit 1 when a figure that must be reached is missed / 性能を測る。"""
    if name not in measurable():
        known = ", ".join(measurable())
        raise click.UsageError(
            f"「{name}」は測れません。測れるもの：{known} / Cannot measure “{name}”; choose: {known}."
        )
    from benchmarks.calibration import calibration

    module = importlib.import_module(f"benchmarks.{name}")
    _require_parts(parts, getattr(module, "PARTS", ()))
    chosen = {"parts": parts} if parts else {}
    found: list[Figure] = module.measure(data if data.is_dir() else None, profile, **chosen)
    report = {
        "bench": name,
        "profile": profile,
        "calibration": calibration(),
        "figures": {figure.name: figure.as_json() for figure in found if figure.value is not None},
        "skipped": [figure.name for figure in found if figure.value is None],
    }
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else _table(found))
    if any(figure.met is False for figure in found):
        raise click.exceptions.Exit(1)


def _require_parts(parts: Iterable[str], known: Iterable[str]) -> None:
    for part in parts:
        if part not in known:
            choose = ", ".join(known) or "-"
            raise click.UsageError(
                f"「{part}」という部分はありません。選べるもの：{choose} / There is no part “{part}”; choose: {choose}."
            )


def measurable() -> list[str]:
    """The names that have a module to measure them."""
    return [name for name in NAMES if importlib.util.find_spec(f"benchmarks.{name}")]


def _table(figures: list[Figure]) -> str:
    return "\n".join(_line(figure) for figure in figures)


def _line(figure: Figure) -> str:
    if figure.value is None:
        return f"{figure.name}: 測れません（データがありません） / skipped, no data"
    text = f"{figure.name}: {figure.value:,} {figure.unit}"
    if figure.target is None:
        return text
    mark = {True: "達成 / met", False: "未達 / missed"}[bool(figure.met)]
    return f"{text}（必須 / must {figure.target:,}: {mark}）"
