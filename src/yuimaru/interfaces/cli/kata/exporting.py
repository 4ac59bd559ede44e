"""`kata dmn`, `kata schema`, `kata reference`: kata and their language for other programs and for readers."""

from __future__ import annotations

import json
from pathlib import Path

import click

from yuimaru.interfaces.cli.kata.folders import FOLDER, exit_unless, print_json, sound


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
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
        print_json({"ok": not problems, "tables": len(definition.decisions), "errors": problems})
    else:
        for problem in problems or [f"{file} に判定表を{len(definition.decisions)}つ書き出しました。"]:
            click.echo(problem)
    exit_unless(not problems)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER, required=False)
@click.argument("form_id", metavar="FORM", required=False)
@click.option(
    "--language", is_flag=True, help="The schema of kata.yaml itself, for editors / kata.yaml のJSON Schema"
)
def schema(folder: Path | None, form_id: str | None, language: bool) -> None:
    """Print a form's answers as JSON Schema; of the applicant's form without FORM / 答えのJSON Schemaを出す。"""
    from yuimaru.core.kata.forms import answers_schema
    from yuimaru.core.kata.program import Program, UnknownName
    from yuimaru.core.kata.reference import language_schema

    if language is (folder is not None):
        raise click.UsageError(
            "DIR か --language のどちらかを書いてください。 / Give either DIR or --language."
        )
    if folder is None:
        click.echo(json.dumps(language_schema(), ensure_ascii=False, indent=1))
        return
    ready = Program(sound(folder).canonical)
    try:
        form = ready.form(form_id) if form_id else ready.applicant_form
    except UnknownName:
        raise click.UsageError(f"様式「{form_id}」はありません。 / There is no form “{form_id}”.") from None
    print_json(answers_schema(form, f"{ready.title()}：{form.title}"))


@click.command()
@click.argument("page", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def reference(page: Path) -> None:
    """Write the words of the language anew into a page with marks for them / 語の表をページに書き直す。"""
    from yuimaru.core.kata.reference import with_tables

    page.write_text(with_tables(page.read_text("utf-8")), "utf-8")
    click.echo(f"{page} の表を書き直しました。")
