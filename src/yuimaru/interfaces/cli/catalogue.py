"""`yuimaru catalogue`: publish a kata, list what is offered, adopt it for a municipality."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from yuimaru.core.kata.models import Cell
from yuimaru.interfaces.cli import django


@click.group()
def catalogue() -> None:
    """Kata that are shared / 型の公開と採用。"""


@catalogue.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(as_json: bool) -> None:
    """List what is published / 公開されている型の一覧。"""
    django.setup()
    from yuimaru.services.catalogue import queries

    rows = [
        {
            "kata": offered.kata,
            "version": offered.version,
            "title": offered.title,
            "publisher": offered.publisher,
        }
        for offered in queries.list_published()
    ]
    if as_json:
        click.echo(json.dumps({"publications": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['kata']} {row['version']}  {row['title']}（{row['publisher']}）")


@catalogue.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--publisher", metavar="CODE", required=True, help="The organisation that offers it / 公開する団体"
)
@click.option("--json", "as_json", is_flag=True)
def publish(folder: Path, publisher: str, as_json: bool) -> None:
    """Check a kata, run its examples, and offer it to all / 検査してから公開する。"""
    django.setup()
    from django.utils.timezone import now

    from yuimaru.core.kata import package
    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.queries import get_organisation
    from yuimaru.foundation.tenancy.rules import NotVisible
    from yuimaru.services.catalogue import actions

    try:
        organisation = get_organisation(publisher)
    except NotVisible:
        raise click.UsageError(
            f"団体 {publisher} は登録されていません。 / {publisher} is not registered."
        ) from None
    try:
        loaded = package.load(folder)
        publication = actions.publish(
            loaded=loaded, publisher=organisation, by=Actor.system(organisation), at=now()
        )
    except package.KataErrors as errors:
        raise click.ClickException(f"{folder}: {errors}") from None
    except actions.ExamplesFail as failed:
        raise click.ClickException(f"例が通りませんでした / examples fail: {failed}") from None
    except actions.VersionTaken as taken:
        raise click.ClickException(
            f"{taken} 版は別の内容で公開済みです。版の番号を上げてください。 / Version {taken} is already published."
        ) from None
    result = {"kata": publication.kata, "version": publication.version, "sha256": loaded.sha256}
    click.echo(json.dumps(result) if as_json else f"公開しました: {publication.kata} {publication.version}")


@catalogue.command()
@click.argument("kata")
@click.option("--municipality", "code", metavar="CODE", required=True)
@click.option("--set", "settings", metavar="NAME=VALUE", multiple=True, help="A parameter / 設定する項目")
@click.option(
    "--overlay", "words", metavar="PATH=VALUE", multiple=True, help="What stands there instead / 独自の文や値"
)
@click.option("--no-overlay", is_flag=True, help="Drop the overlay there is / 独自変更をやめる")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="The first day / 使いはじめる日")
@click.option("--json", "as_json", is_flag=True)
def adopt(
    kata: str,
    code: str,
    settings: tuple[str, ...],
    words: tuple[str, ...],
    no_overlay: bool,
    since: datetime | None,
    as_json: bool,
) -> None:
    """Put the newest version to use, from today / 最新の版を今日から使う。

    Without --overlay the overlay there is stays. Running cases keep their definition (see `case move`).
    """
    django.setup()
    from django.utils.timezone import localdate, now

    from yuimaru.core.kata.overlays import NoSuchPlace
    from yuimaru.core.kata.problems import KataErrors
    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.queries import get_municipality
    from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
    from yuimaru.foundation.tenancy.scope import scope
    from yuimaru.services.catalogue import actions, queries
    from yuimaru.services.catalogue.rules import InvalidParam

    try:
        owner = get_municipality(code)
        publication = queries.latest_publication(kata)
    except NotVisible as unknown:
        raise click.UsageError(f"{unknown} は登録されていません。 / {unknown} is not known.") from None
    by = Actor.system(owner)
    try:
        with scope(by):
            adoption = actions.adopt(
                owner=owner,
                publication=publication,
                params=_cells(settings, "--set"),
                overlay=_cells(words, "--overlay") if words or no_overlay else None,
                valid_from=since.date() if since else localdate(),
                by=by,
                at=now(),
            )
    except InvalidParam as refused:
        raise click.UsageError(f"{refused.name}: {refused.reason} / {refused.reason_en}") from None
    except NoSuchPlace as nowhere:
        raise click.UsageError(
            f"--overlay の場所がこの版にありません: {nowhere.path} / This version has no such place."
        ) from None
    except actions.ExamplesFail as failed:
        raise click.ClickException(f"例が通らないため採用できません / examples fail: {failed}") from None
    except KataErrors as wrong:
        told = (f"{each.message_ja} / {each.message_en}" for each in wrong.problems)
        raise click.ClickException("\n".join(told)) from None
    except Forbidden as refused:
        raise click.ClickException(f"{refused.reason} / {refused.reason_en}") from None
    result = {"kata": kata, "version": publication.version, "definition": adoption.definition_id}
    click.echo(
        json.dumps(result) if as_json else f"採用しました: {kata} {publication.version}（{owner.name}）"
    )


def _cells(given: tuple[str, ...], option: str) -> dict[str, Cell]:
    """NAME=VALUE pairs; whole numbers and true/false are read as such."""
    cells: dict[str, Cell] = {}
    for pair in given:
        name, separator, value = pair.partition("=")
        if not separator:
            raise click.UsageError(
                f"{option} は「名前=値」の形で指定してください: {pair} / {option} takes NAME=VALUE."
            )
        spelled: dict[str, Cell] = {"true": True, "false": False}
        cells[name] = spelled.get(value, int(value) if value.lstrip("-").isdecimal() else value)
    return cells
