"""`yuimaru model`: the language model that may word a municipality's answers; none is needed."""

from __future__ import annotations

from typing import Any, TextIO

import click

from yuimaru.interfaces.cli.acting import json_option, municipality_option, print_json, working_for


@click.group()
def model() -> None:
    """A language model that words answers, optional / 回答を言い換える生成AI（任意）。"""


@model.command("set")
@municipality_option
@click.option("--kind", type=click.Choice(["azure", "compatible"]), required=True, help="種類")
@click.option("--url", required=True, help="Address of the server / 接続先")
@click.option("--model", "name", required=True, help="Model, on Azure the deployment / モデル、デプロイ名")
@click.option("--api-version", default="2024-10-21", show_default=True, help="Azure only / Azureだけ")
@click.option("--region", required=True, help="Where it runs / 処理する場所")
@click.option(
    "--deployment",
    type=click.Choice(["own", "regional", "data_zone", "global"]),
    required=True,
    help="処理の形",
)
@click.option(
    "--monitoring", type=click.Choice(["on", "off"]), required=True, help="Does the provider keep prompts?"
)
@click.option("--contract", required=True, help="What promises no learning / 学習しないと定めた契約")
@click.option("--checked-on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="確かめた日")
@click.option("--daily-tokens", type=click.IntRange(1), default=200_000, show_default=True, help="1日の上限")
@click.option("--key-file", type=click.File(encoding="utf-8"), help="File with the key, - for stdin / キー")
@click.option("--accept-abroad", is_flag=True, help="Accept data_zone or global / 国外での処理を認める")
@json_option
def set_(code: str, key_file: TextIO | None, accept_abroad: bool, as_json: bool, **told: Any) -> None:
    """Set it up, switched off; without a key file the key of the same address stays / 設定する（まだ使わない）。"""
    told |= {"model": told.pop("name"), "checked_on": told["checked_on"].date()}
    with working_for(code) as (owner, by):
        from django.utils.timezone import now

        from yuimaru.foundation.tenancy.rules import Forbidden
        from yuimaru.services.knowledge import actions, queries

        try:
            profile = actions.set_model(
                owner=owner,
                terms=actions.Terms(**told),
                secret=key_file.read().strip() if key_file else None,
                accepts_abroad=accept_abroad,
                by=by,
                at=now(),
            )
        except Forbidden as refused:
            raise click.UsageError(f"{refused.reason} / {refused.reason_en}") from None
    _tell(queries.profile_row(profile), as_json)


@model.command()
@municipality_option
@json_option
def show(code: str, as_json: bool) -> None:
    """What is set up, without the key, and what was sent in 30 days / 設定と送信の記録。"""
    with working_for(code) as (owner, _):
        from django.utils.timezone import now

        from yuimaru.services.knowledge import queries

        profile, sent = queries.get_profile(owner), queries.ledger(owner, at=now())
    report = {
        "model": queries.profile_row(profile) if profile else None,
        "sent": dict(sent.outcomes),
        "tokens": sent.tokens,
    }
    if as_json:
        print_json(report)
    elif profile is None:
        click.echo("生成AIは設定していません。 / No model is set up.")
    else:
        _tell(queries.profile_row(profile), as_json=False)
        click.echo(f"30日間の送信 {sent.requests}件（表示 {sent.shown}件）、{sent.tokens}トークン")


@model.command()
@municipality_option
@json_option
def on(code: str, as_json: bool) -> None:
    """Let it word answers / 使いはじめる。"""
    _switch(code, on=True, as_json=as_json)


@model.command()
@municipality_option
@json_option
def off(code: str, as_json: bool) -> None:
    """Stop it with the next question / 止める。"""
    _switch(code, on=False, as_json=as_json)


def _switch(code: str, *, on: bool, as_json: bool) -> None:
    with working_for(code) as (owner, by):
        from django.utils.timezone import now

        from yuimaru.foundation.tenancy.rules import NotVisible
        from yuimaru.services.knowledge import actions, queries

        try:
            profile = actions.switch_model(owner=owner, on=on, by=by, at=now())
        except NotVisible:
            raise click.UsageError(
                f"団体 {code} は生成AIを設定していません。先に model set で設定してください。 / "
                f"{code} has set up no model. Use model set first."
            ) from None
    _tell(queries.profile_row(profile), as_json)


def _tell(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    state = "使っています" if told["enabled"] else "止めています（model on で使いはじめます）"
    click.echo(f"{told['kind']} {told['model']}（{told['url']}、{told['region']}）: {state}")
