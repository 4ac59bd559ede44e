"""`kata check` and `kata test`: what is wrong with a kata, and what its examples prove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yuimaru.interfaces.cli.kata.folders import FOLDER, exit_unless, print_json, require_kata, sound

if TYPE_CHECKING:
    from yuimaru.core.kata.examples import Report
    from yuimaru.core.kata.problems import KataProblem

COUNTED = {"rows": "判定表の行", "actions": "操作", "branches": "分かれ道", "notices": "通知"}


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def check(folder: Path, as_json: bool) -> None:
    """Check a kata without running it; exit 1 when it has errors / 型の誤りを探す。"""
    from yuimaru.core.kata.check import check as check_package
    from yuimaru.core.kata.package import load
    from yuimaru.core.kata.problems import KataErrors, errors

    require_kata(folder)
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
        print_json({"ok": not wrong, "errors": [_as_json(problem) for problem in wrong]})
    else:
        for problem in problems:
            word = "誤り" if problem in wrong else "注意"
            click.echo(f"{_place(problem)}：{word}：{problem.message_ja}")
        warnings = len(problems) - len(wrong)
        found = f"誤りが{len(wrong)}か所あります" if wrong else "誤りはありません"
        click.echo(f"{found}（注意{warnings}か所）。" if warnings else f"{found}。")
    exit_unless(not wrong)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--coverage", is_flag=True, help="Exit 1 unless everything is reached.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def test(folder: Path, coverage: bool, as_json: bool) -> None:
    """Run the examples of a kata; exit 1 when one fails / 型の例をすべて試す。"""
    from yuimaru.core.kata.examples import run_all

    report = run_all(sound(folder).package)
    if as_json:
        failed = [{"id": result.id, "failures": result.failures} for result in report.failed]
        print_json({
            "examples": len(report.results),
            "passed": len(report.results) - len(failed),
            "failed": failed,
            "coverage": {each: list(getattr(report.coverage, each)) for each in COUNTED},
        })  # fmt: skip
        if coverage:
            for place in report.coverage.unreached:
                click.echo(f"例が通らないところ：{place}", err=True)
    else:
        _print_report(report, coverage)
    exit_unless(not report.failed and (report.covered or not coverage))


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
    counts = (f"{word} {reached}/{there}" for word, (reached, there) in _counts(report).items())
    click.echo("、".join(counts))
    for place in report.coverage.unreached if coverage else ():
        click.echo(f"例が通らないところ：{place}")


def _counts(report: Report) -> dict[str, tuple[int, int]]:
    return {word: getattr(report.coverage, each) for each, word in COUNTED.items()}
