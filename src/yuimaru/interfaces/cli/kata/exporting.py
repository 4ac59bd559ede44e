"""`kata dmn` and `kata schema`: a kata for other programs."""

from __future__ import annotations

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
@click.argument("folder", metavar="DIR", type=FOLDER)
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
    print_json(answers_schema(form, f"{ready.title()}：{form.title}"))
