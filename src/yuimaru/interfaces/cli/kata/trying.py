"""`kata eval` and `kata decide`: expressions and tables tried out with loose input."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import click

from yuimaru.interfaces.cli.kata.folders import FOLDER, exit_unless, print_json, sound

JAPAN = timezone(timedelta(hours=9))


@click.command("eval")
@click.argument("expression", metavar="EXPR")
@click.option(
    "--input", "given", metavar="JSON|@FILE", default="{}", help="Values by name; dates as 2026-04-01."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def evaluate(expression: str, given: str, as_json: bool) -> None:
    """Evaluate an expression; exit 1 when it is not one / 式の値を求める。"""
    from yuimaru.core.kata.examples import plain
    from yuimaru.core.kata.expressions import check as check_expression
    from yuimaru.core.kata.expressions import compile_expression, kind
    from yuimaru.core.kata.expressions.problems import ExpressionError
    from yuimaru.core.kata.expressions.types import type_of_value
    from yuimaru.core.kata.facts import TODAY

    facts = {TODAY: _today(None), **_values(_read_input(given))}
    problems = check_expression(expression, {name: type_of_value(value) for name, value in facts.items()})
    try:
        value = compile_expression(expression)(facts)
    except ExpressionError:
        value = None
    result = {
        "ok": not problems,
        "value": plain(value),
        "type": kind(value) or "null",
        "errors": [
            {"code": each.code, "position": each.position, "message": each.message_ja} for each in problems
        ],
    }
    if as_json:
        print_json(result)
    elif problems:
        for each in problems:
            click.echo(each.message_ja)
    else:
        click.echo(json.dumps(result["value"], ensure_ascii=False))
    exit_unless(not problems)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("table")
@click.option(
    "--input", "given", metavar="JSON|@FILE", required=True, help="Answers, or values of the columns."
)
@click.option("--today", metavar="D", help="The day of submission, as 2026-11-24.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def decide(folder: Path, table: str, given: str, today: str | None, as_json: bool) -> None:
    """Decide one table for given answers; exit 1 when its rows contradict / 判定表を試す。"""
    from yuimaru.core.kata.examples import plain
    from yuimaru.core.kata.tables import TableError
    from yuimaru.core.kata.trial import TrialError, try_table

    ready = sound(folder)
    try:
        result = try_table(ready.canonical, table, _read_input(given), _today(today))
    except TrialError as error:
        raise click.UsageError(f"{error.ja} / {error}") from None
    except TableError as error:
        for problem in error.problems:
            click.echo(problem.message_ja, err=True)
        raise click.exceptions.Exit(1) from None
    outputs = plain(result.outputs)
    if as_json:
        print_json({
            "table": result.table,
            "hit_policy": result.hit_policy,
            "outputs": outputs,
            "rows": result.rows,
            "grounds": result.grounds,
        })  # fmt: skip
        return
    if outputs is None:
        click.echo(f"判定表「{result.title}」：当てはまる行がありません。")
        return
    click.echo(f"判定表「{result.title}」：行 {'、'.join(result.rows)}")
    for name, value in outputs.items():
        click.echo(f"  {name}：{value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
    for label, lines in (("理由", result.notes), ("根拠", result.grounds)):
        for line in lines:
            click.echo(f"  {label}：{line}")


def _read_input(given: str) -> dict[str, Any]:
    """A JSON object from the command line or a file; decimals are kept as they are written."""
    try:
        text = Path(given[1:]).read_text(encoding="utf-8") if given.startswith("@") else given
        data = json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except OSError:
        raise click.UsageError(f"{given[1:]} を開けません。 / Cannot open {given[1:]}.") from None
    except (ValueError, RecursionError):
        raise click.UsageError("--input をJSONとして読めません。 / --input is not JSON.") from None
    if not isinstance(data, dict):
        raise click.UsageError(
            '--input は {"名前": 値} の形で書いてください。 / --input must be a JSON object.'
        )
    return data


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _values(data: dict[str, Any]) -> dict[str, Any]:
    """Input for an expression: text in the form of a date is a date, as stored answers write dates."""
    return {name: _value(value) for name, value in data.items()}


def _value(value: Any) -> Any:
    if isinstance(value, str) and len(value) == len("2026-04-01") and value[4:8:3] == "--":
        from yuimaru.core.japan.partial_dates import read_date

        try:
            return read_date(value)
        except ValueError:
            return value
    if isinstance(value, list):
        return [_value(each) for each in value]
    return _values(value) if isinstance(value, dict) else value


def _today(given: str | None) -> date:
    if given is None:
        return datetime.now(JAPAN).date()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise click.UsageError(
            "--today は 2026-11-24 の形で書いてください。 / --today must be a date such as 2026-11-24."
        ) from None
