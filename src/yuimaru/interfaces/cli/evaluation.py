"""`yuimaru evaluate`: how well documents are found, and how well a municipality's questions are answered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from yuimaru.interfaces.cli import django
from yuimaru.interfaces.cli.acting import (
    asking,
    encoding,
    json_option,
    municipality_option,
    print_json,
    working_for,
)

if TYPE_CHECKING:
    from yuimaru.core.text.probes import Probe
    from yuimaru.services.knowledge.rules.changes import Before, Change
    from yuimaru.services.knowledge.rules.scoring import Result

T = TypeVar("T")
_EVERY = 100  # questions between two words of progress
_KINDS = {
    "answerable": "答えられる質問",
    "unanswerable": "文書にない質問",
    "off_topic": "業務の外の質問",
    "wrong_premise": "前提の誤った質問",
    "neighbour": "ほかの団体だけが答えられる質問",
    "expired": "終わった文書だけが答えられる質問",
    "injection": "指図を含む質問",
}
_COUNTS = {
    "n": "質問",
    "answer": "回答",
    "close": "近い項目",
    "none": "該当資料なし",
    "right_first": "1番目が正しい",
    "right_in_3": "3番目までに正しい",
    "corrected": "誤りを正した",
}
_WHERE_RIGHT = ("right_first", "right_in_3", "corrected")  # told where there are any
_OUTCOMES = {"answer": "回答", "close": "近い項目", "none": "該当資料なし"}


@click.group()
def evaluate() -> None:
    """Measure how well documents are found and questions answered / 検索と回答を評価する。"""


@evaluate.command()
@click.option("--corpus", required=True, type=click.Path(path_type=Path), help="BEIR corpus.jsonl")
@click.option("--queries", required=True, type=click.Path(path_type=Path), help="BEIR queries.jsonl")
@click.option("--qrels", required=True, type=click.Path(path_type=Path), help="BEIR qrels.tsv")
@json_option
def retrieval(corpus: Path, queries: Path, qrels: Path, as_json: bool) -> None:
    """Rank a labelled set and score it / 正解つきの質問集で検索を測る。"""
    django.name_settings()
    from django.conf import settings

    from yuimaru.core.text import evaluation
    from yuimaru.core.text.meaning.parts import chosen

    parts = chosen(settings.SEARCH_PARTS, reads_twice=settings.SEARCH_READS_TWICE)
    try:
        figures = evaluation.retrieval(corpus, queries, qrels, parts, progress=encoding).as_json()
    except evaluation.UnreadableSet as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        print_json(figures)
        return
    for name, value in figures.items():
        click.echo(f"{name}: {value}")


@evaluate.command()
@click.option("--corpus", required=True, type=click.Path(path_type=Path), help="BEIR corpus.jsonl")
@click.option("--queries", required=True, type=click.Path(path_type=Path), help="queries.jsonl with answers")
@json_option
def spans(corpus: Path, queries: Path, as_json: bool) -> None:
    """Ask a set whose answers are known word for word / 答えの語が示す文にあるかを測る。"""
    django.configure()
    from django.conf import settings

    from yuimaru.core.text.evaluation import UnreadableSet
    from yuimaru.core.text.meaning.parts import chosen
    from yuimaru.services.knowledge.queries.spans import spans as ask_all

    parts = chosen(settings.SEARCH_PARTS, reads_twice=settings.SEARCH_READS_TWICE)
    try:
        figures = ask_all(corpus, queries, parts, encoding=encoding, asking=asking).as_json()
    except UnreadableSet as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        print_json(figures)
        return
    for name, value in figures.items():
        click.echo(f"{name}: {value}")


@evaluate.command()
@click.argument("questions", metavar="SET", type=click.Path(path_type=Path))
@municipality_option
@click.option("--save", type=click.Path(path_type=Path), help="Keep the result for later / 結果を残す")
@click.option("--against", type=click.Path(path_type=Path), help="A kept result / 前に残した結果と比べる")
@json_option
def answers(questions: Path, code: str, save: Path | None, against: Path | None, as_json: bool) -> None:
    """Ask a municipality's own questions; exit 1 when a check failed or an answer was lost / 回答を測る。"""
    from yuimaru.services.knowledge.rules import changes, scoring

    probes, earlier = _probes(questions), _earlier(against)
    results, day = _asked(code, probes)
    if save is not None:
        _save(save, changes.as_saved(results, municipality=code, day=day))
    report = scoring.as_report(results)
    changed = changes.changes(earlier, results) if earlier is not None else None
    if as_json:
        print_json(report | (_compared(changed) if changed is not None else {}))
    else:
        _tell(report)
        _tell_changes(changed or [])
    lost = changed is not None and any(change.is_loss for change in changed)
    if lost or report["unverified_sentences"] or report["foreign_passages"]:
        raise click.exceptions.Exit(1)


@evaluate.command()
@click.argument("questions", metavar="SET", type=click.Path(path_type=Path))
@municipality_option
@json_option
def calibrate(questions: Path, code: str, as_json: bool) -> None:
    """Find how sure an answer must be with a municipality's own questions / 回答とする確かさを定める。"""
    probes = _probes(questions)
    with working_for(code) as (owner, actor):
        from django.utils import timezone

        from yuimaru.services.knowledge import actions, queries
        from yuimaru.services.knowledge.queries.evaluating import marks
        from yuimaru.services.knowledge.rules.calibration import TooFew, fitted

        before = queries.answer_limit(owner)
        told = list(_counted(marks(owner, probes, timezone.localdate()), len(probes)))
        try:
            limit = fitted(told)
        except TooFew as few:
            click.echo(f"質問が足りません（{few}）。 / Too few questions ({few}).", err=True)
            raise click.exceptions.Exit(1) from None
        actions.calibrate(owner=owner, limit=limit, questions=len(probes), by=actor, at=timezone.now())
    if as_json:
        print_json({"municipality": code, "questions": len(probes), "before": before, "limit": limit})
    else:
        click.echo(f"回答とする確かさ: {before:.2f} → {limit:.2f}（{len(probes)}問）")


def _probes(path: Path) -> list[Probe]:
    from yuimaru.core.text.evaluation import UnreadableSet
    from yuimaru.core.text.probes import read_probes

    try:
        return read_probes(path)
    except UnreadableSet as error:
        raise click.UsageError(str(error)) from None


def _earlier(path: Path | None) -> dict[str, Before] | None:
    from yuimaru.services.knowledge.rules.changes import NotSaved, read_saved

    if path is None:
        return None
    try:
        return read_saved(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, NotSaved):
        raise click.UsageError(
            f"{path} は、--save で残した結果ではありません。 / {path} was not written by --save."
        ) from None


def _asked(code: str, probes: Sequence[Probe]) -> tuple[list[Result], str]:
    with working_for(code) as (owner, _):
        from django.utils.timezone import localdate

        from yuimaru.services.knowledge.queries.evaluating import evaluate as ask_all

        today = localdate()
        return list(_counted(ask_all(owner, probes, today), len(probes))), today.isoformat()


def _counted(results: Iterable[T], total: int) -> Iterator[T]:
    for number, result in enumerate(results, start=1):
        if number % _EVERY == 0 or number == total:
            asking(number, total)
        yield result


def _save(path: Path, saved: Mapping[str, object]) -> None:
    try:
        path.write_text(json.dumps(saved, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(
            f"{path} に書けません（{error.strerror}）。 / {path} cannot be written."
        ) from None


def _compared(changed: Sequence[Change]) -> dict[str, list[dict[str, str]]]:
    rows = [(change.is_worse, _as_row(change)) for change in changed]
    return {
        "worse": [row for is_worse, row in rows if is_worse],
        "better": [row for is_worse, row in rows if not is_worse],
    }


def _as_row(change: Change) -> dict[str, str]:
    probe = change.now.probe
    return {"id": probe.id, "kind": probe.kind, "before": change.before.outcome, "now": change.now.outcome}


def _tell(report: Mapping[str, Any]) -> None:
    for kind, counts in report["by_kind"].items():
        told = "、".join(
            f"{_COUNTS[name]} {count}" for name, count in counts.items() if count or name not in _WHERE_RIGHT
        )
        click.echo(f"{_KINDS[kind]}: {told}")
    click.echo(f"出典で確かめられない文: {report['unverified_sentences']}")
    click.echo(f"使ってはならない文書の引用: {report['foreign_passages']}")


def _tell_changes(changed: Sequence[Change]) -> None:
    for title, is_worse in (("前より悪くなった質問", True), ("前より良くなった質問", False)):
        for change in changed:
            if change.is_worse is is_worse:
                probe = change.now.probe
                outcomes = f"{_OUTCOMES[change.before.outcome]}→{_OUTCOMES[change.now.outcome]}"
                click.echo(f"{title}: {probe.id}（{_KINDS[probe.kind]}、{outcomes}） {probe.question}")
