"""`yuimaru kata`: check, test, try out and compare kata on the command line, without Django or a database."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from yuimaru.core.kata.examples import Report
    from yuimaru.core.kata.package import Loaded
    from yuimaru.core.kata.problems import KataProblem

JAPAN = timezone(timedelta(hours=9))
KATA_FOLDER = click.Path(path_type=Path)


@click.group()
def kata() -> None:
    """Kata: check, test, try out, compare / 型の検査・試験・試行・比較。"""


@kata.command()
@click.argument("folder", metavar="DIR", type=KATA_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def check(folder: Path, as_json: bool) -> None:
    """Check a kata without running it; exit 1 when it has errors / 型の誤りを探す。"""
    from yuimaru.core.kata.check import check as check_package
    from yuimaru.core.kata.package import load
    from yuimaru.core.kata.problems import KataErrors, errors

    _require_kata(folder)
    try:
        loaded = load(folder)
        problems = check_package(loaded.package, loaded.sources)
    except KataErrors as broken:
        problems = broken.problems
    wrong = errors(problems)
    if as_json:
        for problem in problems:
            if problem not in wrong:
                click.echo(f"{_place(problem)}：注意：{problem.message_ja}", err=True)
        _print_json({"ok": not wrong, "errors": [_as_json(problem) for problem in wrong]})
    else:
        for problem in problems:
            word = "誤り" if problem in wrong else "注意"
            click.echo(f"{_place(problem)}：{word}：{problem.message_ja}")
        warnings = len(problems) - len(wrong)
        found = f"誤りが{len(wrong)}か所あります" if wrong else "誤りはありません"
        click.echo(f"{found}（注意{warnings}か所）。" if warnings else f"{found}。")
    _exit_unless(not wrong)


@kata.command()
@click.argument("folder", metavar="DIR", type=KATA_FOLDER)
@click.option("--coverage", is_flag=True, help="Exit 1 unless every row and action is reached.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def test(folder: Path, coverage: bool, as_json: bool) -> None:
    """Run the examples of a kata; exit 1 when one fails / 型の例をすべて試す。"""
    from yuimaru.core.kata.examples import run_all

    report = run_all(sound(folder).package)
    if as_json:
        failed = [{"id": result.id, "failures": result.failures} for result in report.failed]
        _print_json({
            "examples": len(report.results),
            "passed": len(report.results) - len(failed),
            "failed": failed,
            "coverage": {"rows": list(report.rows), "actions": list(report.actions)},
        })  # fmt: skip
    else:
        _print_report(report, coverage)
    _exit_unless(not report.failed and (report.covered or not coverage))


@kata.command("eval")
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
        _print_json(result)
    elif problems:
        for each in problems:
            click.echo(each.message_ja)
    else:
        click.echo(json.dumps(result["value"], ensure_ascii=False))
    _exit_unless(not problems)


@kata.command()
@click.argument("folder", metavar="DIR", type=KATA_FOLDER)
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

    loaded = sound(folder)
    try:
        result = try_table(loaded.canonical, table, _read_input(given), _today(today))
    except TrialError as error:
        raise click.UsageError(f"{error.ja} / {error}") from None
    except TableError as error:
        for problem in error.problems:
            click.echo(problem.message_ja, err=True)
        raise click.exceptions.Exit(1) from None
    outputs = plain(result.outputs)
    if as_json:
        _print_json({
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


@kata.command()
@click.argument("first", metavar="A", type=KATA_FOLDER)
@click.argument("second", metavar="B", type=KATA_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def diff(first: Path, second: Path, as_json: bool) -> None:
    """Compare two kata by ids; exit 1 when they differ / 2つの型を比べる。"""
    from yuimaru.core.kata.differences import differences

    changes = list(differences(_loaded(first).package, _loaded(second).package))
    if as_json:
        _print_json({
            "equal": not changes,
            "changes": [
                {"path": change.path, "kind": change.kind, "a": change.before, "b": change.after}
                for change in changes
            ],
        })  # fmt: skip
    else:
        for change in changes:
            click.echo(change.sentence_ja)
        click.echo(f"違いが{len(changes)}か所あります。" if changes else "2つの型は同じです。")
    _exit_unless(not changes)


@kata.command()
@click.argument("folder", metavar="DIR", type=KATA_FOLDER)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def dmn(folder: Path, file: Path, as_json: bool) -> None:
    """Write the tables of a kata as DMN 1.3 XML; exit 1 when FEEL has no words for one / 判定表をDMNで書き出す。"""
    from yuimaru.core.kata.check.scope import Scope
    from yuimaru.core.kata.tables import TableError, to_dmn

    definition = sound(folder).package.kata
    problems: list[str] = []
    try:
        file.write_text(to_dmn(definition.decisions, Scope(definition).facts, name=definition.title), "utf-8")
    except TableError as error:
        problems = [problem.message_ja for problem in error.problems]
    except OSError:
        raise click.UsageError(f"{file} に書けません。 / Cannot write to {file}.") from None
    if as_json:
        _print_json({"ok": not problems, "tables": len(definition.decisions), "errors": problems})
    else:
        for problem in problems or [f"{file} に判定表を{len(definition.decisions)}つ書き出しました。"]:
            click.echo(problem)
    _exit_unless(not problems)


@kata.command()
@click.argument("folder", metavar="DIR", type=KATA_FOLDER)
@click.argument("form_id", metavar="FORM", required=False)
def schema(folder: Path, form_id: str | None) -> None:
    """Print a form's answers as JSON Schema; of the applicant's form without FORM / 答えのJSON Schemaを出す。"""
    from yuimaru.core.kata.forms import answers_schema
    from yuimaru.core.kata.program import Program, UnknownName

    ready = Program(sound(folder).canonical)
    try:
        form = ready.form(form_id) if form_id else ready.applicant_form
    except UnknownName:
        raise click.UsageError(f"様式「{form_id}」はありません。 / There is no form “{form_id}”.") from None
    _print_json(answers_schema(form, f"{ready.title()}：{form.title}"))


def _require_kata(folder: Path) -> None:
    if not (folder / "kata.yaml").is_file():
        raise click.UsageError(f"{folder} に kata.yaml がありません。 / There is no kata.yaml in {folder}.")


def _loaded(folder: Path) -> Loaded:
    from yuimaru.core.kata.package import load
    from yuimaru.core.kata.problems import KataErrors

    _require_kata(folder)
    try:
        return load(folder)
    except KataErrors as broken:
        _refuse(folder, len(broken.problems))


def sound(folder: Path) -> Loaded:
    """A kata that can run: loaded and without errors."""
    from yuimaru.core.kata.check import check as check_package
    from yuimaru.core.kata.problems import errors

    loaded = _loaded(folder)
    wrong = errors(check_package(loaded.package, loaded.sources))
    if wrong:
        _refuse(folder, len(wrong))
    return loaded


def _refuse(folder: Path, count: int) -> NoReturn:
    raise click.UsageError(
        f"この型には誤りが{count}か所あります。先に yuimaru kata check {folder} で確かめてください。"
        f" / This kata has {count} error(s). Run yuimaru kata check {folder} first."
    )


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


def _place(problem: KataProblem) -> str:
    line = "" if problem.line is None else f":{problem.line}"
    return f"{problem.file}{line} {problem.path}".rstrip()


def _as_json(problem: KataProblem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "sheet": None,
        "cell": None,
        "path": problem.path,
        "code": problem.code,
        "message": problem.message_ja,
    }


def _print_report(report: Report, coverage: bool) -> None:
    for result in report.failed:
        for failure in result.failures:
            click.echo(f"{result.id}：{failure}")
    passed = len(report.results) - len(report.failed)
    click.echo(f"例{len(report.results)}件のうち、{passed}件が期待どおりです。")
    click.echo(f"判定表の行 {report.rows[0]}/{report.rows[1]}、操作 {report.actions[0]}/{report.actions[1]}")
    if coverage and report.unreached:
        click.echo(f"例が通らないところ：{'、'.join(report.unreached)}")


def _print_json(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False))


def _exit_unless(good: bool) -> None:
    if not good:
        raise click.exceptions.Exit(1)
