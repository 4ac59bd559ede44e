"""`yuimaru tokens`: let other systems act for a municipality, and end that."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from yuimaru.interfaces.cli import django

if TYPE_CHECKING:
    from yuimaru.foundation.people.models import ApiToken
    from yuimaru.foundation.tenancy.models import Organisation

LIFE = timedelta(days=365)

municipality_option = click.option("--municipality", "code", required=True, metavar="CODE", help="団体コード")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")


@click.group()
def tokens() -> None:
    """Tokens of other systems / 外部システムの接続トークン。"""


@tokens.command()
@municipality_option
@click.option("--name", required=True, help="What it is for / 使いみち")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day, default one year / 最後の日")
@json_option
def create(code: str, name: str, until: datetime | None, as_json: bool) -> None:
    """Make a token; it is shown this once / 接続トークンを作る（表示は一度だけ）。"""
    owner = _owner(code)
    from django.utils.timezone import localdate, make_aware, now

    from yuimaru.foundation.people import actions
    from yuimaru.foundation.tenancy.actors import Actor

    at = now()
    if until is not None and until.date() < localdate(at):
        raise click.UsageError("最後の日が過ぎています。 / The last day has passed.")
    token, secret = actions.create_token(
        owner=owner,
        name=name,
        expires_at=make_aware(until) + timedelta(days=1) if until else at + LIFE,
        by=Actor.system(owner),
        at=at,
    )
    if as_json:
        _print({**_row(token), "token": secret})
        return
    click.echo(secret)
    click.echo("控えてください。もう表示できません。 / Note it down: it is not shown again.", err=True)


@tokens.command("list")
@municipality_option
@json_option
def list_(code: str, as_json: bool) -> None:
    """List what was made, ended ones too / 接続トークンの一覧。"""
    owner = _owner(code)
    from yuimaru.foundation.people.queries import list_tokens

    rows = [_row(token) for token in list_tokens(owner)]
    if as_json:
        _print({"tokens": rows})
        return
    for row in rows:
        ended = f"失効 {row['revoked_at']}" if row["revoked_at"] else f"期限 {row['expires_at']}"
        click.echo(f"{row['id']}  {row['name']}（{ended}、最後の利用 {row['last_used_on'] or 'なし'}）")


@tokens.command()
@click.argument("token_id", metavar="ID", type=click.UUID)
@municipality_option
@json_option
def revoke(token_id: UUID, code: str, as_json: bool) -> None:
    """End a token at once / 接続トークンを失効させる。"""
    owner = _owner(code)
    from django.utils.timezone import now

    from yuimaru.foundation.people import actions
    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.rules import NotVisible

    try:
        token = actions.revoke_token(owner=owner, token_id=token_id, by=Actor.system(owner), at=now())
    except NotVisible:
        raise click.UsageError(
            f"接続トークン {token_id} は見つかりません。 / There is no token {token_id}."
        ) from None
    if as_json:
        _print(_row(token))
    else:
        click.echo(f"{token.name}: 失効させました")


def _owner(code: str) -> Organisation:
    django.setup()
    from yuimaru.foundation.tenancy.queries import get_organisation
    from yuimaru.foundation.tenancy.rules import NotVisible

    try:
        return get_organisation(code)
    except NotVisible:
        raise click.UsageError(f"団体 {code} は登録されていません。 / {code} is not registered.") from None


def _row(token: ApiToken) -> dict[str, Any]:
    moments = {name: getattr(token, name) for name in ("created_at", "expires_at", "revoked_at")}
    return {
        "id": str(token.pk),
        "name": token.name,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
        "last_used_on": token.last_used_on.isoformat() if token.last_used_on else None,
    }


def _print(report: dict[str, Any]) -> None:
    click.echo(json.dumps(report, ensure_ascii=False))
