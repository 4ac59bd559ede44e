"""`yuimaru kata bpmn` and `kata picture`: the workflow of a kata for other modelers and for people."""

from __future__ import annotations

import json
from pathlib import Path

import click

from yuimaru.interfaces.cli.kata.folders import FOLDER, sound

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("file", metavar="FILE", type=FILE, required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def bpmn(folder: Path, file: Path | None, as_json: bool) -> None:
    """Write the workflow as BPMN 2.0 XML, without FILE to stdout / 処理の流れをBPMNで書き出す。"""
    from yuimaru.core.kata.bpmn import to_bpmn
    from yuimaru.core.kata.program import Program

    program = Program(sound(folder).canonical)
    if program.kata.workflow is None:
        _none(folder, as_json)
    text = to_bpmn(program)
    if file is None:
        click.echo(
            json.dumps({"ok": True, "bpmn": text}, ensure_ascii=False) if as_json else text, nl=as_json
        )
    else:
        _write(file, text, as_json)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("file", metavar="FILE.svg", type=FILE)
@click.option("--narrow", is_flag=True, help="One step below the other, 300 px wide.")
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def picture(folder: Path, file: Path, narrow: bool, lang: str, as_json: bool) -> None:
    """Draw the workflow as SVG / 処理の流れを図にする。"""
    from yuimaru.core.kata.picture import narrow_picture, wide_picture
    from yuimaru.core.kata.program import Program

    program = Program(sound(folder).canonical)
    if program.kata.workflow is None:
        _none(folder, as_json)
    draw = narrow_picture if narrow else wide_picture
    _write(file, draw(program, lang=lang), as_json)


def _none(folder: Path, as_json: bool) -> None:
    """A self-check has no workflow: an honest negative."""
    message = f"{folder} には処理の流れ（workflow）がありません。"
    if as_json:
        click.echo(json.dumps({"ok": False, "errors": [message]}, ensure_ascii=False))
    else:
        click.echo(message, err=True)
    raise click.exceptions.Exit(1)


def _write(file: Path, text: str, as_json: bool) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError:
        raise click.UsageError(f"{file} に書けません。 / Cannot write to {file}.") from None
    said = json.dumps({"ok": True, "errors": []}) if as_json else f"{file} に処理の流れを書き出しました。"
    click.echo(said)
