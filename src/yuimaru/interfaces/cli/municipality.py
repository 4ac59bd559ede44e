"""`yuimaru municipality`: register and list municipalities and consortia, join from a file, invite a first person."""

from __future__ import annotations

import json
from pathlib import Path

import click

from yuimaru.interfaces.cli import django

KINDS = ("city", "ward", "town", "village", "prefecture", "consortium")


@click.group()
def municipality() -> None:
    """Municipalities and consortia / 団体の登録と一覧。"""


@municipality.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def list_(as_json: bool) -> None:
    """List what is registered, by code / 登録されている団体の一覧。"""
    django.setup()
    from yuimaru.foundation.tenancy import queries

    bodies = list(queries.list_public_bodies())
    if as_json:
        rows = [{"code": body.code, "name": body.name, "kind": body.kind} for body in bodies]
        click.echo(json.dumps({"municipalities": rows}, ensure_ascii=False))
        return
    for body in bodies:
        click.echo(f"{body.code}  {body.name}（{body.get_kind_display()}）")


@municipality.command()
@click.argument("code")
@click.option("--name", required=True, help="Name in Japanese / 団体名")
@click.option("--kind", type=click.Choice(KINDS), required=True)
@click.option("--consortium", metavar="CODE", help="The consortium it joins / 加わる共同利用団体")
@click.option("--json", "as_json", is_flag=True)
def add(code: str, name: str, kind: str, consortium: str | None, as_json: bool) -> None:
    """Register a municipality by its 6-digit 全国地方公共団体コード / 団体を登録する。"""
    django.setup()
    from django.utils.timezone import now

    from yuimaru.foundation.tenancy import actions
    from yuimaru.foundation.tenancy.models import Organisation
    from yuimaru.foundation.tenancy.queries import get_organisation
    from yuimaru.foundation.tenancy.rules import NotVisible

    parent: Organisation | None = None
    if consortium:
        try:
            parent = get_organisation(consortium)
        except NotVisible:
            raise click.UsageError(
                f"共同利用団体 {consortium} は登録されていません。 / Consortium {consortium} is not registered."
            ) from None
        if parent.kind != Organisation.Kind.CONSORTIUM:
            raise click.UsageError(
                f"{consortium} は共同利用団体ではありません。 / {consortium} is not a consortium."
            )
    try:
        body, created = actions.register(code=code, kind=kind, name=name, parent=parent, at=now())
    except actions.InvalidCode:
        raise click.UsageError(
            f"団体コード {code} は正しくありません。検査数字まで含めた6桁を確かめてください。 / "
            f"The code {code} is not valid: check the six digits including the check digit."
        ) from None
    if as_json:
        click.echo(json.dumps({"code": body.code, "created": created}))
    else:
        done = "登録しました" if created else "すでに登録されています"
        click.echo(f"{body.code} {body.name}: {done}")


@municipality.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def join(file: Path, as_json: bool) -> None:
    """Set up a whole municipality from a file, all of it or nothing / ファイルから団体をはじめる。"""
    from yuimaru.interfaces.cli import joining

    content = joining.content_of(file)
    django.setup()
    outcome = joining.joined(content, file.parent)
    if as_json:
        click.echo(json.dumps(outcome.report(), ensure_ascii=False))
    else:
        joining.tell(outcome, str(file))
    for line in outcome.invitations:
        click.echo(line, err=as_json)
    raise click.exceptions.Exit(0 if outcome.ok else 1)


@municipality.command()
@click.argument("code")
@click.option("--login", required=True, help="Name to sign in with / サインイン名")
@click.option("--name", required=True, help="Name of the person / 氏名")
@click.option("--json", "as_json", is_flag=True)
def admin(code: str, login: str, name: str, as_json: bool) -> None:
    """Name an administrator, who chooses a password at the address printed / 管理者を決める。"""
    from yuimaru.interfaces.cli import joining

    django.setup()
    address = joining.administrator(code, login, name)
    click.echo(json.dumps({"login": login, "address": address}) if as_json else address)
    click.echo(joining.ADDRESS_NOTE, err=True)
