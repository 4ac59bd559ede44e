"""`yuimaru audit`: verify and export the log of one organisation."""

from __future__ import annotations

import json
import re

import click

from yuimaru.interfaces.cli import django

HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@click.group()
def audit() -> None:
    """The tamper-evident log / 操作記録。"""


def _owner_id(code: str) -> int:
    from yuimaru.foundation.tenancy.queries import get_organisation
    from yuimaru.foundation.tenancy.rules import NotVisible

    try:
        return get_organisation(code).pk
    except NotVisible:
        raise click.UsageError(f"団体 {code} は登録されていません。 / {code} is not registered.") from None


@audit.command()
@click.option("--municipality", "code", required=True, metavar="CODE")
@click.option(
    "--head", metavar="SEQ:HASH", help="A head noted earlier, outside this system / 控えておいた記録の先頭"
)
@click.option("--json", "as_json", is_flag=True)
def verify(code: str, head: str | None, as_json: bool) -> None:
    """Recompute the chain; exit 1 when it does not hold / 記録のつながりを検算する。"""
    django.setup()
    from yuimaru.foundation.audit import queries

    known: tuple[int, str] | None = None
    if head is not None:
        parts = HEAD.fullmatch(head)
        if parts is None:
            raise click.UsageError(
                "--head は「番号:ハッシュ」の形で指定してください。 / --head must be SEQ:HASH."
            )
        known = (int(parts[1]), parts[2])
    verdict = queries.verify(_owner_id(code), known_head=known)
    result = {
        "municipality": code,
        "ok": verdict.ok,
        "events": verdict.events,
        "head": {"seq": verdict.head_seq, "hash": verdict.head_hash},
        "first_bad": verdict.first_bad,
    }
    if as_json:
        click.echo(json.dumps(result))
    elif verdict.ok:
        click.echo(f"正しい記録です（{verdict.events}件）。先頭 {verdict.head_seq}:{verdict.head_hash}")
    else:
        click.echo(f"{verdict.first_bad}番目の記録が合いません。改ざんか破損のおそれがあります。")
    if not verdict.ok:
        raise click.exceptions.Exit(1)


@audit.command()
@click.option("--municipality", "code", required=True, metavar="CODE")
def export(code: str) -> None:
    """Print the chain as JSON Lines for tools/verify_chain.py / 記録を書き出す。"""
    django.setup()
    from yuimaru.foundation.audit import queries

    for line in queries.export_lines(_owner_id(code)):
        click.echo(line)
