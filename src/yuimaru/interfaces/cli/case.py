"""`yuimaru case`: running cases go on under the definition that is in use, previewed and one by one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from yuimaru.interfaces.cli import django

if TYPE_CHECKING:
    from yuimaru.services.cases.actions import Moved
    from yuimaru.services.cases.queries import Looked


@click.group()
def case() -> None:
    """Running cases / 進行中の案件。"""


@case.command()
@click.option("--municipality", "code", metavar="CODE", required=True)
@click.option("--kata", required=True, help="The kata of the cases / 案件の型")
@click.option("--case", "numbers", metavar="NUMBER", multiple=True, help="Only this case / この受付番号だけ")
@click.option(
    "--step", "pairs", metavar="OLD=NEW", multiple=True, help="A step by its new name / 工程の割り当て"
)
@click.option("--preview", is_flag=True, help="Only show what would change / 何が変わるかだけを見る")
@click.option("--json", "as_json", is_flag=True)
def move(
    code: str, kata: str, numbers: tuple[str, ...], pairs: tuple[str, ...], preview: bool, as_json: bool
) -> None:
    """Move running cases to the definition in use / 進行中の案件を、使用中の定義に移す。"""
    django.setup()
    from django.utils.timezone import now

    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.queries import get_municipality
    from yuimaru.foundation.tenancy.rules import NotVisible
    from yuimaru.foundation.tenancy.scope import scope
    from yuimaru.services.cases import actions

    steps = _steps(pairs)
    moved: list[Moved] = []
    try:
        owner = get_municipality(code)
        by, at = Actor.system(owner), now()
        with scope(by):
            looked = actions.preview_moves(owner=owner, kata=kata, by=by, at=at, steps=steps, numbers=numbers)
            if not preview:
                chosen = {each.case.pk: each.digest for each in looked}
                moved = actions.move_cases(owner=owner, kata=kata, chosen=chosen, steps=steps, by=by, at=at)
    except NotVisible as unknown:
        raise click.UsageError(
            f"{str(unknown) or code} は登録されていないか、採用されていません。 / Not known, or not adopted."
        ) from None
    results = {each.number: each.result for each in moved}
    cases = [_told(each, results.get(each.case.number, "previewed")) for each in looked]
    ok = all(each["ok"] and each["result"] in ("previewed", "moved", "already") for each in cases)
    if as_json:
        click.echo(json.dumps({"ok": ok, "kata": kata, "cases": cases}, ensure_ascii=False))
    else:
        _print(cases)
    raise SystemExit(0 if ok else 1)


@case.command("forget-numbers")
@click.option("--municipality", "code", metavar="CODE", required=True)
@click.option("--case", "number", metavar="NUMBER", required=True, help="受付番号")
@click.option("--json", "as_json", is_flag=True)
def forget_numbers(code: str, number: str, as_json: bool) -> None:
    """Destroy the individual numbers of an application for good / 申請の個人番号を廃棄する。"""
    django.setup()
    from django.utils.timezone import now

    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.queries import get_municipality
    from yuimaru.foundation.tenancy.rules import NotVisible
    from yuimaru.foundation.tenancy.scope import scope
    from yuimaru.services.cases.queries import case_of
    from yuimaru.services.procedures.actions import destroy_numbers

    try:
        owner = get_municipality(code)
        by = Actor.system(owner)
        with scope(by):
            submission = case_of(owner, number).submission
            destroyed = destroy_numbers(submission=submission, by=by, at=now())
    except NotVisible as unknown:
        raise click.UsageError(f"{unknown} は登録されていません。 / {unknown} is not known.") from None
    told = {"number": number, "destroyed": destroyed}
    click.echo(json.dumps(told) if as_json else f"個人番号を{destroyed}件廃棄しました: {number}")


def _steps(pairs: Sequence[str]) -> dict[str, str]:
    steps = {}
    for pair in pairs:
        old, separator, new = pair.partition("=")
        if not (separator and old and new):
            raise click.UsageError(
                f"--step は「前の工程=新しい工程」の形で指定してください: {pair} / --step takes OLD=NEW."
            )
        steps[old] = new
    return steps


def _told(looked: Looked, result: str) -> dict[str, Any]:
    """One case as JSON: ids, days and results of tables, no answers."""
    found = looked.preview
    return {
        "number": looked.case.number,
        "from": looked.before.sha256,
        "ok": found.ok,
        "result": result,
        "steps": [
            {"from": each.before.step, "to": each.after.step, "due": [_day(each.was_due), _day(each.due)]}
            for each in found.steps
        ],
        "due": [_day(found.was_due), _day(found.due)],
        "answers": [
            {"path": each.path, "change": each.change} for each in found.answers if each.change != "kept"
        ],
        "tables": [
            {"table": each.table, "from": _plain(each.before), "to": _plain(each.after), "rows": each.rows}
            for each in found.tables
        ],
        "notices": [{"notice": each.notice, "change": each.change} for each in found.notices],
        "reasons": [
            {"path": each.path, "code": each.code, "message": each.ja, "message_en": each.en}
            for each in found.reasons
        ],
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _plain(outputs: Any) -> dict[str, Any] | None:
    """Outputs with yen as integers, other decimals as text, dates ISO."""
    from yuimaru.services.procedures.rules import plain

    return None if outputs is None else {name: plain(value) for name, value in outputs.items()}


def _print(cases: Sequence[dict[str, Any]]) -> None:
    words = {
        "previewed": "移行できます / can move",
        "moved": "移行しました / moved",
        "already": "移行済みです / had moved before",
        "stale": "内容が変わりました / changed meanwhile",
        "refused": "移行できません / cannot move",
        "unknown": "終わっています / has ended",
    }
    if not cases:
        click.echo("以前の定義で進んでいる案件はありません。 / No case is left on an earlier definition.")
    for each in cases:
        click.echo(f"{each['number']}  {words[each['result']] if each['ok'] else words['refused']}")
        for reason in each["reasons"]:
            click.echo(f"    {reason['path']}: {reason['message']} / {reason['message_en']}")
