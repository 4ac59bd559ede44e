"""What `documents watch` does: a folder whose files are taken in as they change."""

from __future__ import annotations

from pathlib import Path

import click

from yuimaru.interfaces.cli.acting import encoding, print_json, working_for


def look(
    code: str,
    folder: Path,
    *,
    once: bool,
    stop: bool,
    section: str | None,
    audience: str,
    withdraw_removed: bool,
    as_json: bool,
) -> None:
    """Look at a folder now, and let the worker look again or not; exit 1 when a file was refused."""
    with working_for(code) as (owner, actor):
        from django.utils.timezone import now

        from yuimaru.foundation.people.queries import section_named
        from yuimaru.services.knowledge import actions
        from yuimaru.services.knowledge.actions import watching

        if section and section_named(section) is None:
            raise click.UsageError(
                f"所属「{section}」は登録されていません。 / There is no section “{section}”."
            )
        held = watching.watched(code, folder)
        held.section, held.audience, held.withdraws = section, audience, withdraw_removed
        held.stands = not (once or stop)
        held.save()
        lines: list[watching.Line] = []
        if not stop:
            try:
                lines = watching.take_changes(owner=owner, watch=held, by=actor, at=now())
            except OSError as error:
                raise click.UsageError(
                    f"フォルダー {folder} を開けません（{error.strerror}）。 / The folder {folder} cannot be opened."
                ) from None
            actions.encode(owner=owner, progress=encoding)
    if as_json:
        told = [
            {"file": line.file, "code": line.code, "result": line.result, "told": line.told} for line in lines
        ]
        print_json({"folder": held.folder, "stands": held.stands, "report": str(held.report), "lines": told})
    else:
        for line in lines:
            click.echo(f"{line.result}: {line.file} {line.told}".rstrip())
        click.echo(f"{len(lines)}件 {held.report if lines else ''}".rstrip())
    if any(line.code == "refused" for line in lines):
        raise click.exceptions.Exit(1)
