"""`yuimaru ask` and `documents`: a municipality's documents and what they answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from yuimaru.interfaces.cli import django, intake_files
from yuimaru.interfaces.cli.acting import encoding, json_option, municipality_option, print_json, working_for

if TYPE_CHECKING:
    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.services.knowledge.actions import Incoming, Intake

_COLUMNS = ("id", "name", "title", "revision", "media_type", "section", "audience", "valid_from", "valid_to")
AUDIENCES = ("public", "staff", "section")
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@municipality_option
@click.argument("question")
@json_option
def ask(code: str, question: str, as_json: bool) -> None:
    """Ask a municipality's documents / 文書に尋ねる。"""
    with working_for(code) as (owner, _):
        from django.utils.timezone import localdate

        from yuimaru.interfaces.look.asking import asked
        from yuimaru.services.knowledge.queries import ask as ask_documents

        if as_json:
            print_json(asked(owner, question, on=localdate()))
            return
        answer = ask_documents(owner, question, localdate())
        for sentence in answer.sentences:
            source = sentence.citations[0]
            click.echo(f"{sentence.text}\n  出典: {source.title} {source.location.heading or ''}")
        for citation in answer.close:
            click.echo(f"近い文書: {citation.title}\n  {citation.quote}")
        if answer.refusal:
            contact = answer.refusal.contact
            click.echo(f"{answer.refusal.message}\n{contact.section} {contact.phone} {contact.hours}")


@click.group()
def documents() -> None:
    """Documents that answers are made of / 文書の登録と一覧。"""


@documents.command()
@municipality_option
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--section", metavar="NAME", help="The section in charge / 担当の所属")
@click.option("--audience", type=click.Choice(AUDIENCES), help="Default as before, else public / 公開範囲")
@click.option("--label", metavar="NAME", help="Confidentiality label / 秘密区分")
@click.option("--valid-from", type=DAY, help="First day, default today / 有効期間の初日")
@click.option("--valid-to", type=DAY, help="Last day / 有効期間の末日")
@json_option
def add(code: str, paths: tuple[Path, ...], as_json: bool, **told: Any) -> None:
    """Take files or folders in; exit 1 when a file was refused / 文書を登録する。"""
    with working_for(code) as (owner, actor):
        from django.utils.timezone import now

        from yuimaru.services.knowledge import actions

        files = intake_files.found(paths)
        items = list(_incoming(files, **told))
        intake = actions.add_documents(owner=owner, items=items, by=actor, at=now())
        actions.encode(owner=owner, progress=encoding)
        report = _report(intake, {file.name: file.shown for file in files})
        if as_json:
            print_json(report)
        else:
            _tell(report)
    if report["refused"]:
        raise click.exceptions.Exit(1)


@documents.command("list")
@municipality_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="A table in CSV on stdout / 表にする")
def list_(code: str, as_json: bool, as_csv: bool) -> None:
    """List the current revisions / いま有効な版の一覧。"""
    if as_json and as_csv:
        raise click.UsageError("--json と --csv は同時に使えません。 / --json and --csv exclude each other.")
    with working_for(code) as (owner, _):
        from yuimaru.core.text.tables_out import to_csv
        from yuimaru.services.knowledge.queries import as_row, list_documents

        rows = [as_row(document) for document in list_documents(owner)]
        if as_json:
            print_json({"documents": rows})
            return
        if as_csv:
            table = [[str(row[name] or "") for name in _COLUMNS] for row in rows]
            click.echo(to_csv(_COLUMNS, table), nl=False)
            return
        for row in rows:
            click.echo(f"{row['id']}  {row['title']}（第{row['revision']}版、{row['name']}）")


@documents.command()
@click.argument("document_id", metavar="ID", type=click.UUID)
def text(document_id: UUID) -> None:
    """Print the text in which every quote stands / 文書の本文を表示する。"""
    with _working_on(document_id):
        from yuimaru.services.knowledge.queries import get_document

        click.echo(get_document(document_id).text)


@documents.command()
@click.argument("document_id", metavar="ID", type=click.UUID)
@json_option
def withdraw(document_id: UUID, as_json: bool) -> None:
    """Take a document back: it is not answered from any more / 文書を取り下げる。"""
    with _working_on(document_id) as actor:
        from django.utils.timezone import now

        from yuimaru.services.knowledge import actions

        document = actions.withdraw(document_id=document_id, by=actor, at=now())
        if as_json:
            print_json({"id": str(document.pk), "title": document.title, "withdrawn": True})
        else:
            click.echo(f"{document.title}: 取り下げました")


@documents.command()
@municipality_option
@json_option
def reindex(code: str, as_json: bool) -> None:
    """Build the search index anew / 索引を作り直す。"""
    with working_for(code) as (owner, actor):
        from django.utils.timezone import now

        from yuimaru.services.knowledge import actions

        count = actions.reindex(owner=owner, by=actor, at=now())
        actions.encode(owner=owner, progress=encoding)
        if as_json:
            print_json({"municipality": code, "documents": count})
        else:
            click.echo(f"{count}件の文書の索引を作り直しました。")


@contextmanager
def _working_on(document_id: UUID) -> Iterator[Actor]:
    """Open the rows of the organisation that owns a document, acting as the installation itself."""
    django.setup()
    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.queries import list_public_bodies
    from yuimaru.foundation.tenancy.rules import NotVisible
    from yuimaru.foundation.tenancy.scope import scope
    from yuimaru.services.knowledge.queries import get_document

    for owner in list_public_bodies():
        actor = Actor.system(owner)
        with scope(actor):
            try:
                get_document(document_id)
            except NotVisible:
                continue
            yield actor
            return
    raise click.UsageError(f"文書 {document_id} は見つかりません。 / There is no document {document_id}.")


def _incoming(
    files: list[intake_files.Found],
    *,
    section: str | None,
    audience: str | None,
    label: str | None,
    valid_from: datetime | None,
    valid_to: datetime | None,
) -> Iterator[Incoming]:
    from yuimaru.foundation.people.queries import section_named
    from yuimaru.services.knowledge.actions import Incoming

    in_charge = section_named(section) if section else None
    if section and in_charge is None:
        raise click.UsageError(f"所属「{section}」は登録されていません。 / There is no section “{section}”.")
    if valid_from and valid_to and valid_to < valid_from:
        raise click.UsageError("有効期間の末日が初日より前です。 / The last day lies before the first day.")
    for file in files:
        yield Incoming(
            name=file.name,
            content=b"" if file.is_link else intake_files.content(file.path),
            is_link=file.is_link,
            section=in_charge,
            audience=audience or "",
            label=label or "",
            valid_from=valid_from.date() if valid_from else None,
            valid_to=valid_to.date() if valid_to else None,
        )


def _report(intake: Intake, paths: dict[str, str]) -> dict[str, Any]:
    return {
        "added": [
            {"id": str(added.id), "path": paths[added.name], "passages": added.passages}
            | ({"left_out": added.left_out} if added.left_out else {})
            for added in intake.added
        ],
        "unchanged": [paths[name] for name in intake.unchanged],
        "refused": [
            {
                "path": paths[turned.name],
                "code": turned.refused.code,
                "message": turned.refused.message_ja,
            }
            for turned in intake.refused
        ],
    }


def _tell(report: dict[str, Any]) -> None:
    for added in report["added"]:
        hidden = f"、非表示の{added['left_out']}枚を除く" if "left_out" in added else ""
        click.echo(f"登録しました: {added['path']}（{added['passages']}箇所{hidden}） {added['id']}")
    for path in report["unchanged"]:
        click.echo(f"変わっていません: {path}")
    for refused in report["refused"]:
        click.echo(f"登録できません: {refused['path']}（{refused['code']}） {refused['message']}")
