"""`yuimaru jobs`: what waits or failed, and trying it again."""

from __future__ import annotations

import json
from uuid import UUID

import click

from yuimaru.interfaces.cli import django


@click.group()
def jobs() -> None:
    """Work that is done after the answer / 処理待ちと失敗した仕事。"""


@jobs.command("list")
@click.option("--dead", is_flag=True, help="Only what is no longer tried / 試すのをやめたものだけ")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def list_(dead: bool, as_json: bool) -> None:
    """List what is not done, and what may have happened twice / 終わっていない仕事の一覧。"""
    django.setup()
    from dataclasses import asdict

    from django.utils.timezone import now

    from yuimaru.foundation.jobs import queries

    found = queries.list_jobs(at=now(), dead=dead)
    late = queries.late_reactions()
    if as_json:
        rows = [{**asdict(job), "run_at": job.run_at.isoformat()} for job in found]
        click.echo(json.dumps({"jobs": rows, "late_reactions": late}))
        return
    for job in found:
        mark = " 二重のおそれ" if job.uncertain else ""
        click.echo(
            f"{job.id} {job.state:<7} {job.kind} {job.organisation} {job.attempts}回 {job.error}{mark}"
        )
    click.echo(
        f"{len(found)}件、失敗して待っている反応 {late}件 / {len(found)} jobs, {late} reactions that failed and wait",
        err=True,
    )


@jobs.command()
@click.argument("id", type=click.UUID)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def retry(id: UUID, as_json: bool) -> None:
    """Start a job again now, whatever state it is in; exit 1 when it is done / もう一度始める。"""
    django.setup()
    from django.utils.timezone import now

    from yuimaru.foundation.jobs import actions
    from yuimaru.foundation.jobs.models import Job

    try:
        retried = actions.retry(id, at=now())
    except Job.DoesNotExist:
        raise click.UsageError(f"仕事 {id} はありません。 / There is no job {id}.") from None
    if as_json:
        click.echo(json.dumps({"retried": int(retried)}))
    else:
        click.echo("もう一度始めます。" if retried else "すでに終わっています。")
    if not retried:
        raise click.exceptions.Exit(1)


@jobs.command("retry-all")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def retry_all(as_json: bool) -> None:
    """Start all dead jobs again, and reactions that failed / すべてもう一度始める。"""
    django.setup()
    from django.utils.timezone import now

    from yuimaru.foundation.audit.jobs import hurry
    from yuimaru.foundation.jobs import actions

    at = now()
    retried, hurried = actions.retry_all(at=at), hurry(at=at)
    if as_json:
        click.echo(json.dumps({"retried": retried, "reactions": hurried}))
    else:
        click.echo(f"仕事 {retried}件、反応 {hurried}件をもう一度始めます。")
