"""`yuimaru prove`: what must never break, proven on this machine; each part is registered by its name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from yuimaru.demo.proofs.part import Part


@dataclass(frozen=True)
class Proof:
    """Where a part lies, and how often it repeats in a quick, a usual and a full run."""

    module: str
    quick: int
    usual: int
    full: int


PROOFS: dict[str, Proof] = {
    "kill": Proof("yuimaru.demo.proofs.kill", 3, 20, 100),
    "worker": Proof("yuimaru.demo.proofs.worker", 3, 20, 20),
    "fsync": Proof("yuimaru.demo.proofs.fsync", 5, 50, 200),
    "disk": Proof("yuimaru.demo.proofs.disk", 1, 1, 3),
}


@click.command()
@click.argument("parts", nargs=-1, metavar="[PART]...")
@click.option("--count", type=click.IntRange(1), help="How often, in place of the usual number / 回数")
@click.option("--quick", "pace", flag_value="quick", help="A small sample / 少ない回数")
@click.option("--full", "pace", flag_value="full", help="As before a release / 公開の前の回数")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def prove(parts: tuple[str, ...], count: int | None, pace: str | None, as_json: bool) -> None:
    """Prove PART, or all parts; exit 1 when one does not hold / 守るべきことを、この機械で確かめる。"""
    unknown = [part for part in parts if part not in PROOFS]
    if unknown:
        known = ", ".join(PROOFS)
        raise click.UsageError(
            f"「{unknown[0]}」は確かめられません。選べるもの：{known} / Cannot prove “{unknown[0]}”; choose: {known}."
        )
    shown: list[Part] = []
    for name in parts or PROOFS:
        proof = PROOFS[name]
        click.echo(f"{name} …", err=True)
        part: Part = import_module(proof.module).prove(count or getattr(proof, pace or "usual"))
        shown.append(part)
        if not as_json:
            click.echo(_line(part))
    # A part that could not run proves nothing: alone it is not enough, beside others it does no harm.
    verdicts = {part["ok"] for part in shown}
    ok = False not in verdicts and True in verdicts
    if as_json:
        click.echo(json.dumps({"parts": shown, "ok": ok}, ensure_ascii=False))
    if not ok:
        raise click.exceptions.Exit(1)


def _line(part: Part) -> str:
    if part["ok"] is None:
        return f"{part['id']}: ここでは確かめられません（{part.get('skipped', '')}） / cannot be proven here"
    figures = ", ".join(f"{name} {value}" for name, value in part["figures"].items())
    return f"{part['id']}: {'成立 / holds' if part['ok'] else '不成立 / does not hold'} ({figures})"
