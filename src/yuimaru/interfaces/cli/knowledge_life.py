"""`yuimaru documents`: sharing, labels, what is to be reviewed or changed, and what names an article of a law."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from uuid import UUID

import click

from yuimaru.interfaces.cli.acting import json_option, municipality_option, print_json, working_for
from yuimaru.interfaces.cli.knowledge import documents, working_on


@documents.command()
@municipality_option
@click.argument("document_id", metavar="ID", type=click.UUID)
@click.option("--stop", is_flag=True, help="Stop sharing it / 共有をやめる")
@json_option
def share(code: str, document_id: UUID, stop: bool, as_json: bool) -> None:
    """Let the members answer from a document of a consortium / 構成団体に共有する。"""
    with working_for(code) as (_, actor):
        from django.utils.timezone import now

        from yuimaru.foundation.tenancy.rules import NotVisible
        from yuimaru.services.knowledge import actions
        from yuimaru.services.knowledge.rules.life import Unfit

        try:
            document = actions.share(document_id=document_id, on=not stop, by=actor, at=now())
        except NotVisible:
            raise click.UsageError(
                f"文書 {document_id} は見つかりません。 / There is no document {document_id}."
            ) from None
        except Unfit as unfit:
            raise click.UsageError(str(unfit)) from None
        if as_json:
            print_json({"id": str(document.pk), "title": document.title, "shared": document.is_shared})
        else:
            click.echo(f"{document.title}: {'共有をやめました' if stop else '共有しました'}")


@documents.command()
@municipality_option
@click.option(
    "--set", "told", multiple=True, metavar="NAME=AUDIENCE", help="All labels, in order / 区分を定める"
)
@json_option
def labels(code: str, told: tuple[str, ...], as_json: bool) -> None:
    """The confidentiality labels and the widest audience each allows / 秘密区分と、許す最も広い公開範囲。"""
    with working_for(code) as (owner, actor):
        from django.utils.timezone import now

        from yuimaru.services.knowledge import actions, queries
        from yuimaru.services.knowledge.rules.life import NARROWER, Marking, Unfit

        wanted = [Marking(name, widest) for name, _, widest in (each.partition("=") for each in told)]
        if any(one.widest not in NARROWER for one in wanted):
            raise click.UsageError(f"NAME={'|'.join(NARROWER)}")
        if wanted:
            try:
                actions.set_labels(owner=owner, labels=wanted, by=actor, at=now())
            except Unfit as unfit:
                raise click.UsageError(str(unfit)) from None
        found = queries.labels_of(owner)
    if as_json:
        print_json({"municipality": code, "labels": [asdict(one) for one in found]})
        return
    for one in found:
        click.echo(f"{one.name}  {one.widest}")


@documents.command()
@municipality_option
@click.option(
    "--questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A set as of `evaluate answers`: also its quotes that stand no longer / 質問の一覧も調べる",
)
@json_option
def review(code: str, questions: Path | None, as_json: bool) -> None:
    """What stands on something that has changed / 見直しが必要なもの。"""
    with working_for(code) as (owner, _):
        from django.utils.timezone import localdate

        from yuimaru.core.text.evaluation import UnreadableSet
        from yuimaru.core.text.probes import read_probes
        from yuimaru.interfaces.look.reviewing import to_review
        from yuimaru.services.knowledge.queries import questions_to_review

        found = to_review(owner, on=localdate())
        if questions is not None:
            try:
                probes = read_probes(questions)
            except UnreadableSet as wrong:
                raise click.UsageError(str(wrong)) from None
            found += questions_to_review(owner, probes, on=localdate())
    rows = [
        {
            "kind": one.kind,
            "id": one.id,
            "title": one.title,
            "reason": one.cause.reason,
            "cause": one.cause.title or one.place,
            "since": one.cause.since.isoformat(),
        }
        for one in found
    ]
    if as_json:
        print_json({"municipality": code, "review": rows})
        return
    for row in rows:
        click.echo(f"{row['since']}  {row['reason']}  {row['title']}（{row['cause']}）")


@documents.command()
@municipality_option
@click.option("--law", default="", metavar="NAME", help="法令・例規の名前")
@click.option("--article", default="", metavar="N", help="条: 4, 15の4")
@json_option
def references(code: str, law: str, article: str, as_json: bool) -> None:
    """Which documents, kata and notices name an article / 条文を引用しているもの。"""
    from yuimaru.core.japan.laws import article_number

    number = article_number(article)
    if article and not number:
        raise click.UsageError(f"条を確かめてください: {article} / This is no article: {article}")
    with working_for(code) as (owner, _):
        from yuimaru.interfaces.look.reviewing import naming

        found = naming(owner, law, number)
    rows = [
        {
            "kind": one.kind,
            "id": one.id,
            "title": one.title,
            "law": one.law,
            "article": one.article,
            "place": one.place,
        }
        for one in found
    ]
    if as_json:
        print_json({"municipality": code, "references": rows})
        return
    for row in rows:
        click.echo(f"{row['kind']}  {row['title']}  {row['law']}{row['place']}")


@documents.command()
@click.argument("document_id", metavar="ID", type=click.UUID)
@click.argument("other_id", metavar="ID", type=click.UUID)
@json_option
def compare(document_id: UUID, other_id: UUID, as_json: bool) -> None:
    """What differs between two revisions of a document, for whom / 2つの版で変わったところ。"""
    with working_on(document_id):
        from yuimaru.foundation.tenancy.rules import NotVisible
        from yuimaru.services.knowledge.queries import comparison, get_document

        try:
            before, after = sorted(
                (get_document(document_id), get_document(other_id)), key=lambda one: one.revision
            )
            found = comparison(before, after)
        except NotVisible:
            raise click.UsageError(
                f"文書 {other_id} は、同じ文書の版ではありません。 / {other_id} is no revision of the same document."
            ) from None
    rows = [
        {
            "change": change.kind,
            "facts": list(change.facts),
            "people": list(change.people),
            "moved": change.is_moved,
            "before": change.before.text if change.before else None,
            "after": change.after.text if change.after else None,
        }
        for change in found.changes
    ]
    if as_json:
        print_json({"before": before.revision, "after": after.revision, "same": found.same, "changes": rows})
        return
    for row in rows:
        click.echo(f"{row['change']}  {row['before'] or ''} → {row['after'] or ''}")
