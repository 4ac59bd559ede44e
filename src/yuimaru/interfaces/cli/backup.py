"""`yuimaru backup`: make, verify and restore a copy of the whole installation."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yuimaru.interfaces.cli import django

if TYPE_CHECKING:
    from yuimaru.foundation.backups.actions import SignIn
    from yuimaru.foundation.backups.report import Report

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def backup() -> None:
    """Copies of the whole installation / 全体の写し。"""


@backup.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def make(out: Path, as_json: bool) -> None:
    """Copy the data to OUT and the keys to OUT.keys, while the server runs / 写しを作る。"""
    django.configure()
    from django.conf import settings
    from django.utils.timezone import now

    from yuimaru.foundation.backups import actions, inventory

    _require_sqlite()
    try:
        report = actions.make(var=settings.VAR, out=out.absolute(), at=now())
    except actions.NothingThere as nothing:
        raise click.UsageError(f"{nothing} にデータがありません。 / There is no data in {nothing}.") from None
    except actions.NotEmpty as there:
        raise click.UsageError(
            f"{there} はすでにあります。別の名前にしてください。 / {there} exists: choose another name."
        ) from None
    except OSError as error:
        raise click.UsageError(f"{out} に書けません（{error}）。 / Cannot write {out} ({error}).") from None
    for name in inventory.strangers(settings.VAR):
        click.echo(f"写しに入れていません: {name} / not in the backup: {name}", err=True)
    click.echo(
        f"鍵の写し {out}.keys は、データの写しとは別の場所に保管してください。 / "
        f"Keep the keys, {out}.keys, in another place than the data.",
        err=True,
    )
    _tell(report, as_json, "写しを作り、確かめました", "made and verified")


@backup.command()
@click.argument("file", type=FILE)
@click.option("--keys", "keys_file", type=FILE, help="The keys; FILE.keys when it is there / 鍵の写し")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def verify(file: Path, keys_file: Path | None, as_json: bool) -> None:
    """Check a backup without restoring it; exit 1 when it cannot be relied on / 写しを確かめる。"""
    with _aside():
        from yuimaru.foundation.backups import queries

        beside = queries.keys_beside(file)
        found = keys_file or (beside if beside.exists() else None)
        if found is None:
            click.echo("鍵の写しは確かめていません。 / The keys were not checked.", err=True)
        report = queries.verify(file, keys_file=found)
    _tell(report, as_json, "この写しは使えます", "this backup can be relied on")


@backup.command()
@click.argument("file", type=FILE)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keys", "keys_file", type=FILE, help="The keys; FILE.keys when not given / 鍵の写し")
@click.option("--login", help="Prove that this account can sign in / ログインを確かめる人")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from stdin / パスワードを標準入力から"
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def restore(
    file: Path, folder: Path, keys_file: Path | None, login: str | None, password_stdin: bool, as_json: bool
) -> None:
    """Put a backup into the empty folder DIR and check it there / 空のフォルダーに戻す。"""
    with _aside():
        from yuimaru.foundation.backups import actions, queries

        keys_file = keys_file or queries.keys_beside(file)
        if not keys_file.exists():
            raise click.UsageError(
                f"鍵の写し {keys_file} がありません。--keys で指定してください。 / "
                f"The keys, {keys_file}, are missing: name them with --keys."
            )
        try:
            report = actions.restore(
                file, folder.absolute(), keys_file=keys_file, sign_in=_sign_in(login, password_stdin)
            )
        except actions.NotEmpty:
            raise click.UsageError(
                f"{folder} は空ではありません。空のフォルダーを指定してください。 / "
                f"{folder} is not empty: name an empty folder."
            ) from None
        except OSError as error:
            raise click.UsageError(
                f"{folder} に書けません（{error}）。 / Cannot write {folder} ({error})."
            ) from None
    _tell(report, as_json, f"{folder} に戻し、確かめました", f"restored to {folder} and verified")


def _require_sqlite() -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        raise click.UsageError(
            "PostgreSQLのデータは pg_dump で写してください。 / Copy a PostgreSQL database with pg_dump."
        )


@contextmanager
def _aside() -> Iterator[None]:
    """Work beside the installation: a look at a backup makes no data folder and no keys of its own."""
    before = os.environ.get("YUIMARU_VAR")
    with tempfile.TemporaryDirectory(prefix="yuimaru-aside-") as scratch:
        os.environ["YUIMARU_VAR"] = scratch
        try:
            django.configure()
            yield
        finally:
            del os.environ["YUIMARU_VAR"]
            if before is not None:
                os.environ["YUIMARU_VAR"] = before


def _sign_in(login: str | None, password_stdin: bool) -> SignIn | None:
    from yuimaru.foundation.backups.actions import SignIn

    if login is None:
        return None
    if password_stdin:
        return SignIn(login, sys.stdin.readline().rstrip("\n"))
    if sys.stdin.isatty():
        return SignIn(login, click.prompt(f"{login} パスワード / password", hide_input=True, err=True))
    click.echo(
        "パスワードは試していません。アカウントだけを確かめます。 / "
        "The password is not tried; the account alone is looked at.",
        err=True,
    )
    return SignIn(login)


def _tell(report: Report, as_json: bool, done: str, done_en: str) -> None:
    if as_json:
        errors = [
            {"code": problem.code, "message": f"{problem.message} / {problem.message_en}"}
            for problem in report.errors
        ]
        result = {
            "ok": report.ok,
            "tables": report.tables,
            "files": report.files,
            "chains_ok": report.chains_ok,
            "errors": errors,
        }
        click.echo(json.dumps(result, ensure_ascii=False))
    elif report.ok:
        rows = sum(report.tables.values())
        click.echo(
            f"{done}: {len(report.tables)}表 {rows}行、ファイル{report.files}件 / "
            f"{done_en}: {len(report.tables)} tables, {rows} rows, {report.files} files"
        )
    else:
        for problem in report.errors:
            click.echo(f"{problem.message} / {problem.message_en}")
    if not report.ok:
        raise click.exceptions.Exit(1)
