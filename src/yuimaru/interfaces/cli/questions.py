"""`yuimaru questions`: what a municipality is asked and cannot answer, and how long questions are kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from yuimaru.interfaces.cli.acting import json_option, municipality_option, print_json, working_for

if TYPE_CHECKING:
    from yuimaru.services.questions.queries import Needs, Row

STATES = ("open", "answered", "elsewhere", "later")


@click.group()
def questions() -> None:
    """What is asked and cannot be answered / 尋ねられたことと、答えのない質問。"""


@questions.command("list")
@municipality_option
@click.option("--state", type=click.Choice(STATES), default="open", show_default=True, help="状態")
@json_option
def list_(code: str, state: str, as_json: bool) -> None:
    """List topics, those asked most in thirty days first / 質問のまとまりの一覧。"""
    with working_for(code) as (owner, _):
        from django.utils.timezone import localdate

        from yuimaru.services.questions import queries

        rows = queries.with_examples(queries.list_topics(owner, states=[state], on=localdate()))
        told = [_row(row) for row in rows]
    if as_json:
        print_json({"municipality": code, "topics": told})
        return
    for row in told:
        click.echo(
            f"{row['times']}回（30日で{row['lately']}回） {row['question']}（{row['section'] or '所属なし'}）"
        )


@questions.command()
@municipality_option
@json_option
def cluster(code: str, as_json: bool) -> None:
    """Join new questions into topics now; by night it happens by itself / 新しい質問をまとめる。"""
    with working_for(code) as (owner, _):
        from django.utils.timezone import now

        from yuimaru.services.questions import actions

        done = asdict(actions.cluster(owner=owner, at=now()))
    if as_json:
        print_json({"municipality": code, **done})
    else:
        click.echo(f"{done['questions']}件の質問をまとめました（新しいまとまり {done['topics']}件）。")


@questions.command()
@municipality_option
@json_option
def needs(code: str, as_json: bool) -> None:
    """What is asked in twelve months, by subject and month / 12か月の質問の集計。"""
    with working_for(code) as (owner, _):
        from django.utils.timezone import localdate

        from yuimaru.services.questions import queries

        found = queries.needs(owner, on=localdate())
    if as_json:
        print_json({"municipality": code, **_needs(found)})
        return
    click.echo(f"質問 {found.times}件: " + "、".join(f"{kind} {n}件" for kind, n in found.outcomes.items()))
    for subject in found.subjects:
        click.echo(f"{subject.times}\t{subject.title or '該当資料なし'}")


@questions.command()
@municipality_option
@click.option("--days", type=int, required=True, help="0 keeps none / 日数（0は保存しない）")
@json_option
def keep(code: str, days: int, as_json: bool) -> None:
    """Keep questions for so many days; older ones go at once / 質問を保存する日数を定める。"""
    with working_for(code) as (owner, by):
        from django.utils.timezone import now

        from yuimaru.services.questions import actions
        from yuimaru.services.questions.rules.counting import LONGEST_DAYS, InvalidDays

        try:
            actions.keep_for(owner=owner, days=days, by=by, at=now())
        except InvalidDays:
            raise click.UsageError(
                f"日数は0から{LONGEST_DAYS}までです。 / The days are 0 to {LONGEST_DAYS}."
            ) from None
    if as_json:
        print_json({"municipality": code, "days": days})
    else:
        click.echo(f"質問を{days}日間保存します。" if days else "質問を保存しません。")


def _row(row: Row) -> dict[str, Any]:
    topic = row.topic
    return {
        "id": str(topic.pk),
        "question": topic.words,
        "times": row.times,
        "lately": row.lately,
        "before": row.before,
        "last_asked": row.last_asked.isoformat(),
        "section": topic.section.name if topic.section else None,
        "state": topic.state,
        "examples": list(row.examples),
    }


def _needs(found: Needs) -> dict[str, Any]:
    return {
        "months": [f"{month:%Y-%m}" for month in found.months],
        "subjects": [
            {"title": subject.title or None, "times": subject.times, "by_month": list(subject.by_month)}
            for subject in found.subjects
        ],
        "outcomes": found.outcomes,
        "rated": found.rated,
        "helpful": found.helpful,
    }
