"""`kata diff`: two kata side by side."""

from __future__ import annotations

from pathlib import Path

import click

from yuimaru.interfaces.cli.kata.folders import FOLDER, exit_unless, loaded, print_json


@click.command()
@click.argument("first", metavar="A", type=FOLDER)
@click.argument("second", metavar="B", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def diff(first: Path, second: Path, as_json: bool) -> None:
    """Compare two kata by ids; exit 1 when they differ / 2つの型を比べる。"""
    from yuimaru.core.kata.differences import differences

    changes = list(differences(loaded(first).package, loaded(second).package))
    if as_json:
        print_json({
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
    exit_unless(not changes)
