"""`yuimaru keys`: the state of the keys, and changing the installation's own key."""

from __future__ import annotations

import json

import click

from yuimaru.interfaces.cli import django


@click.group()
def keys() -> None:
    """Keys that personal data is sealed with / 個人の情報を封じる鍵。"""


@keys.command()
@click.option("--json", "as_json", is_flag=True)
def status(as_json: bool) -> None:
    """Count what is sealed and what was destroyed / 鍵の数を数える。"""
    django.setup()
    from yuimaru.foundation.keys.models import DataKey

    live = DataKey.objects.filter(destroyed_at=None).count()
    destroyed = DataKey.objects.exclude(destroyed_at=None).count()
    if as_json:
        click.echo(json.dumps({"live": live, "destroyed": destroyed}))
    else:
        click.echo(f"使用中の鍵 {live}件、廃棄した鍵 {destroyed}件")


@keys.command()
@click.option("--json", "as_json", is_flag=True)
def rotate(as_json: bool) -> None:
    """Wrap all data keys with a new installation key; the old one is deleted / 鍵を新しくする。"""
    django.setup()
    from django.utils.timezone import now

    from yuimaru.foundation.keys.actions import rotate as rotate_keys

    count = rotate_keys(at=now())
    if as_json:
        click.echo(json.dumps({"rewrapped": count}))
    else:
        click.echo(f"{count}件の鍵を新しい鍵で包み直しました。古い鍵は削除しました。")
