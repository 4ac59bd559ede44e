"""`yuimaru demo`: builds the demo world once, serves it, and can check itself as a person would."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import click

from yuimaru.config import env
from yuimaru.config.server.command import DEFAULT_PORT, free_port, require_free
from yuimaru.config.server.supervisor import AlreadyRunning, DidNotStart, Supervisor, only_server
from yuimaru.interfaces.cli import django


@click.command()
@click.option("--prepare", is_flag=True, help="Set up, migrate, seed, then stop / 準備だけして終わる")
@click.option("--check", is_flag=True, help="Live the story in a fresh data folder / 一通りの流れを確かめる")
@click.option("--reset", is_flag=True, help="Begin anew / データを消して始めなおす")
@click.option("--port", type=int, default=None, help=f"Default {DEFAULT_PORT}")
def demo(prepare: bool, check: bool, reset: bool, port: int | None) -> None:
    """Start the demo world: three fictional towns and their joint centre / デモを始める。"""
    if check:
        from yuimaru.demo.check import run

        raise click.exceptions.Exit(run(port or free_port()))
    var = env.var_folder()
    try:
        with only_server(var):
            _prepare(var, reset=reset, to_the_end=prepare)
            if not prepare:
                number = DEFAULT_PORT if port is None else port
                env.begin_again_without_owner("demo", "--port", str(number))
                require_free(number)
                Supervisor(number).run(lambda address: _announce(var, address))
                _say("止めました。データは残っています。 / Stopped; the data stays.")
    except AlreadyRunning:
        raise click.UsageError(
            f"デモはすでに動いています（{var}）。 / The demo is already running on this data folder."
        ) from None
    except DidNotStart:
        raise click.ClickException("サーバが応答しませんでした。 / The server did not answer.") from None
    finally:
        (var / "demo.json").unlink(missing_ok=True)


def _prepare(var: Path, *, reset: bool, to_the_end: bool) -> None:
    """Build the demo world; what the worker would do afterwards is done at once when no server follows."""
    on_sqlite = env.database() is None
    if reset and on_sqlite:
        _erase(var, "keys")
    django.setup()
    from django.conf import settings
    from django.utils.timezone import now

    from yuimaru.demo import fresh, world

    if reset and not on_sqlite:
        fresh.empty_postgresql()
        _erase(var)  # the keys stay: this process has read them
    world.build(now=now(), progress=_say)
    if to_the_end and settings.SEARCH_PARTS:
        world.encode(progress=_say)
    _say("準備ができました / ready to start")


def _erase(var: Path, *also: str) -> None:
    """Remove what the demo wrote, and only in a folder that is a demo's."""
    _say(f"データを消しています / erasing {var}")
    for name in ("files", "index", "mail", "static", "before-upgrade", *also):
        shutil.rmtree(var / name, ignore_errors=True)
    for path in var.glob("yuimaru.sqlite3*"):
        path.unlink()


def _announce(var: Path, address: str) -> None:
    from yuimaru.demo import cast, tokens

    towns = [body for body in cast.BODIES if body.kind in ("city", "town", "village")]
    description = {
        "base_url": address.rstrip("/"),
        "pid": os.getpid(),
        "municipalities": [{"code": town.code, "name": town.name} for town in towns],
        "logins": [
            {
                "login": person.login,
                "password": cast.PASSWORD,
                "role": person.role.value,
                "organisation": person.body,
            }
            for person in cast.PEOPLE
        ],
        "tokens": [{"organisation": code, "token": tokens.secret_of(code)} for code in tokens.TOWNS],
    }
    unfinished = var / "demo.json.part"
    unfinished.write_text(json.dumps(description, ensure_ascii=False, indent=1))
    unfinished.rename(var / "demo.json")
    _welcome(address)
    click.echo(f"ready {address}")
    sys.stdout.flush()


def _welcome(address: str) -> None:
    from yuimaru.demo import cast

    _say("")
    _say("  住民のページ / for residents")
    for code in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA):
        _say(f"    {cast.NAMES[code]}  {address}m/{code}/")
    _say("  職員のページ / for officials")
    _say(f"    {address}desk/")
    _say(f"    パスワードはどれも / every password: {cast.PASSWORD}")
    for person in cast.PEOPLE:
        _say(f"    {person.login:<18} {cast.NAMES[person.body]} {person.post} {person.name}")
    _say("  止めるには Ctrl+C / Ctrl+C stops it")
    _say("")


def _say(line: str) -> None:
    click.echo(line, err=True)
