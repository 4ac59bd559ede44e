"""`yuimaru prove`: the promises that need a server under load, kept or not, with their figures."""

from __future__ import annotations

import json
from importlib import import_module

import click

from yuimaru.demo.proofs import PARTS
from yuimaru.demo.proofs.part import Part, Prove, Terms


@click.command()
@click.argument("parts", nargs=-1, metavar="[PART]…")
@click.option("--full/--quick", "full", default=True, help="All of it (default), or a sample / 全部か見本か")
@click.option("--database", metavar="URL", help="postgresql://… instead of SQLite / PostgreSQLで行う")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def prove(parts: tuple[str, ...], full: bool, database: str | None, as_json: bool) -> None:
    """Prove the promises; exit 1 when one does not hold / 約束が守られることを示す。"""
    for name in parts:
        if name not in PARTS:
            known = ", ".join(PARTS)
            raise click.UsageError(
                f"「{name}」はありません。選べるもの：{known} / There is no “{name}”; choose: {known}."
            )
    terms = Terms(full=full, database=database)
    proved = {name: _run(name, terms) for name in parts or tuple(PARTS)}
    ok = all(part.ok for part in proved.values())
    if as_json:
        rows = [{"id": name, "ok": part.ok, "figures": dict(part.figures)} for name, part in proved.items()]
        click.echo(json.dumps({"parts": rows, "ok": ok}, ensure_ascii=False))
    if not ok:
        raise click.exceptions.Exit(1)


def _run(name: str, terms: Terms) -> Part:
    module, _, function = PARTS[name].rpartition(".")
    prove_it: Prove = getattr(import_module(module), function)
    part = prove_it(terms)
    click.echo(f"{name}: {'守られた / kept' if part.ok else '破れた / broken'}", err=True)
    for figure, value in part.figures.items():
        click.echo(f"  {figure}: {value}", err=True)
    return part
