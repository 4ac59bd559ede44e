"""`yuimaru ask` and `documents`: a municipality's documents and what they answer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from yuimaru.interfaces.cli import django, intake_files, intake_report
from yuimaru.interfaces.cli import watch as watching
from yuimaru.interfaces.cli.acting import encoding, json_option, municipality_option, print_json, working_for

if TYPE_CHECKING:
    from yuimaru.foundation.tenancy.actors import Actor

_COLUMNS = ("id", "name", "title", "revision", "media_type", "section", "audience", "valid_from", "valid_to")
AUDIENCES = ("public", "staff", "section")
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@municipality_option
@click.argument("question")
@click.option(
    "--before", multiple=True, metavar="QUESTION", help="What was asked before, oldest first / 前の質問"
)
@json_option
def ask(code: str, question: str, before: tuple[str, ...], as_json: bool) -> None:
    """Ask a municipality's documents / 文書に尋ねる。"""
    with working_for(code) as (owner, _):
        from django.utils.timezone import localtime

        from yuimaru.interfaces.look.asking import asked, talk

        if as_json:
            print_json(asked(owner, question, before, at=localtime()))
            return
        turn = talk(owner, question, before, on=localtime().date()).turn
        answer = turn.answer
        if turn.reading.carried:
            click.echo(f"「{turn.reading.carried}」のこととして調べました。")
        for choice in turn.choices:
            click.echo(f"・{choice.label}: {choice.question}")
        if answer.correction:
            click.echo(answer.correction.message)
        for sentence in answer.sentences:
            source = sentence.citations[0]
            machine = "（画像からの読み取り）" if source.location.machine_read else ""
            click.echo(f"{sentence.text}\n  出典: {source.title} {source.location.heading or ''}{machine}")
        for part in answer.unanswered:
            click.echo(f"「{part}」は、文書に答えが見つかりませんでした。")
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
@click.option("--keep-duplicates", is_flag=True, help="Take in what is there already / 同じ内容でも登録する")
@json_option
def add(code: str, paths: tuple[Path, ...], keep_duplicates: bool, as_json: bool, **told: Any) -> None:
    """Take files, folders, mails and ZIPs in; exit 1 when a file was refused / 文書を登録する。"""
    with working_for(code) as (owner, actor):
        from yuimaru.services.knowledge import actions

        files = intake_files.found(paths)
        facts = _facts(**told)
        intake = intake_files.in_parts(files, owner=owner, by=actor, keep_duplicates=keep_duplicates, **facts)
        actions.encode(owner=owner, at_once=os.cpu_count() or 1, progress=encoding)
        report = intake_report.report(intake, files)
        if as_json:
            print_json(report)
        else:
            intake_report.tell(report)
    if report["refused"]:
        raise click.exceptions.Exit(1)


@documents.command()
@municipality_option
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--once", is_flag=True, help="This time only / 今回だけ")
@click.option("--stop", is_flag=True, help="Look no more / 見るのをやめる")
@click.option("--section", metavar="NAME", help="The section in charge / 担当の所属")
@click.option("--audience", type=click.Choice(["public", "staff"]), default="public")
@click.option("--withdraw-removed", is_flag=True, help="Withdraw what is gone / なくなった文書を取り下げる")
@json_option
def watch(code: str, folder: Path, **told: Any) -> None:
    """Take in what changed in a folder, now and each minute; exit 1 when a file was refused / フォルダーを見張る。"""
    watching.look(code, folder, **told)


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
    with working_on(document_id):
        from yuimaru.services.knowledge.queries import get_document

        click.echo(get_document(document_id).text)


@documents.command()
@click.argument("document_id", metavar="ID", type=click.UUID)
@json_option
def withdraw(document_id: UUID, as_json: bool) -> None:
    """Take a document back: it is not answered from any more / 文書を取り下げる。"""
    with working_on(document_id) as actor:
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
        actions.encode(owner=owner, at_once=os.cpu_count() or 1, progress=encoding)
        if as_json:
            print_json({"municipality": code, "documents": count})
        else:
            click.echo(f"{count}件の文書の索引を作り直しました。")


@contextmanager
def working_on(document_id: UUID) -> Iterator[Actor]:
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


def _facts(
    *,
    section: str | None,
    audience: str | None,
    label: str | None,
    valid_from: datetime | None,
    valid_to: datetime | None,
) -> dict[str, Any]:
    """What is told of all files together, as `Incoming` has it."""
    from yuimaru.foundation.people.queries import section_named

    in_charge = section_named(section) if section else None
    if section and in_charge is None:
        raise click.UsageError(f"所属「{section}」は登録されていません。 / There is no section “{section}”.")
    if valid_from and valid_to and valid_to < valid_from:
        raise click.UsageError("有効期間の末日が初日より前です。 / The last day lies before the first day.")
    return {
        "section": in_charge,
        "audience": audience or "",
        "label": label or "",
        "valid_from": valid_from.date() if valid_from else None,
        "valid_to": valid_to.date() if valid_to else None,
    }
