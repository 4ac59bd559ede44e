"""`yuimaru prove`: the promises that need a server under load, kept or not, with their figures."""

from __future__ import annotations

import json
from importlib import import_module
from typing import cast

import click

from yuimaru.demo.proofs import PARTS
from yuimaru.demo.proofs.part import Pace, Part, Prove, Terms


@click.command()
@click.argument("parts", nargs=-1, metavar="[PART]...")
@click.option("--count", type=click.IntRange(1), help="How often, in place of the usual number / 回数")
@click.option("--quick", "pace", flag_value="quick", help="A small sample / 少ない回数")
@click.option("--full", "pace", flag_value="full", help="As before a release / 公開の前の回数")
@click.option("--database", metavar="URL", help="postgresql://… instead of SQLite / PostgreSQLで行う")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def prove(
    parts: tuple[str, ...], count: int | None, pace: str | None, database: str | None, as_json: bool
) -> None:
    """Prove PART, or all parts; exit 1 when one does not hold / 約束が守られることを示す。"""
    for name in parts:
        if name not in PARTS:
            known = ", ".join(PARTS)
            raise click.UsageError(
                f"「{name}」はありません。選べるもの：{known} / There is no “{name}”; choose: {known}."
            )
    terms = Terms(cast(Pace, pace or "usual"), count, database)
    proved = {name: _run(name, terms) for name in parts or tuple(PARTS)}
    # A part that could not run proves nothing: alone it is not enough, beside others it does no harm.
    verdicts = {part.ok for part in proved.values()}
    ok = False not in verdicts and True in verdicts
    if as_json:
        rows = [_row(name, part) for name, part in proved.items()]
        click.echo(json.dumps({"parts": rows, "ok": ok}, ensure_ascii=False))
    if not ok:
        raise click.exceptions.Exit(1)


def _run(name: str, terms: Terms) -> Part:
    click.echo(f"{name} …", err=True)
    module, _, function = PARTS[name].rpartition(".")
    prove_it: Prove = getattr(import_module(module), function)
    part = prove_it(terms)
    said = {
        True: "守られた / kept",
        False: "破れた / broken",
        None: f"ここでは確かめられません: {part.skipped}",
    }
    click.echo(f"{name}: {said[part.ok]}", err=True)
    for figure, value in part.figures.items():
        click.echo(f"  {figure}: {value}", err=True)
    return part


def _row(name: str, part: Part) -> dict[str, object]:
    row: dict[str, object] = {"id": name, "ok": part.ok, "figures": dict(part.figures)}
    return {**row, "skipped": part.skipped} if part.skipped else row
