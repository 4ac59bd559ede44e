"""Builds municipalities to be asked: one takes in a public list of questions and answers, the others are its copies.

    python -m benchmarks.answers.towns CORPUS COUNT

A process of its own, on the data folder of `YUIMARU_VAR`. Prints `{"entries","seconds","cpu_seconds"}` of the intake.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from yuimaru.core.japan.codes import check_digit
from yuimaru.core.text import evaluation
from yuimaru.interfaces.cli import django
from yuimaru.interfaces.cli.acting import encoding

if TYPE_CHECKING:
    from yuimaru.foundation.tenancy.models import Organisation

_LAST = 6  # hexadecimal digits at the end of an id, which name the copy


def code(number: int) -> str:
    """The code of a fictional municipality, counted from 0."""
    five = f"99{number + 1:03}"
    return five + check_digit(five)


def main(corpus: Path, count: int) -> None:
    """Register the municipalities, take the list in, and copy what came of it."""
    django.setup()
    from django.utils.timezone import now

    from yuimaru.foundation.tenancy.actions import register

    towns = [
        register(code=code(number), kind="city", name=f"架空{number + 1}市", at=now())[0]
        for number in range(count)
    ]
    took = _take_in(towns[0], corpus)
    for number, town in enumerate(towns[1:], start=1):
        _copy(towns[0], town, number)
        if number % 50 == 0 or town is towns[-1]:
            sys.stderr.write(f"{number + 1}/{count}団体\n")
    json.dump(took, sys.stdout)


def _take_in(town: Organisation, corpus: Path) -> dict[str, float]:
    """What `documents add` does with a file of questions and answers, vectors included."""
    from django.utils.timezone import now

    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.scope import scope
    from yuimaru.services.knowledge import actions

    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(["質問", "回答"])
    table.writerows([item.about, item.text] for item in evaluation.read_corpus(corpus))
    file = actions.Incoming("faq.csv", written.getvalue().encode(), title="よくある質問")
    by = Actor.system(town)
    began, before = perf_counter(), process_time()
    with scope(by):
        (added,) = actions.add_documents(owner=town, items=[file], by=by, at=now()).added
        actions.encode(owner=town, at_once=os.cpu_count() or 1, progress=encoding)
    return {
        "entries": added.passages,
        "seconds": perf_counter() - began,
        "cpu_seconds": process_time() - before,
    }


def _copy(town: Organisation, other: Organisation, number: int) -> None:
    """Give another municipality the same documents, passages and index under ids of its own."""
    from django.conf import settings
    from django.db import connection, transaction
    from django.utils.timezone import localdate

    from yuimaru.foundation.tenancy.actors import Actor
    from yuimaru.foundation.tenancy.scope import scope
    from yuimaru.services.knowledge.models import Document, Passage
    from yuimaru.services.knowledge.queries import generation
    from yuimaru.services.knowledge.queries.reach import Reach

    last = f"{number:0{_LAST}x}"
    with transaction.atomic(), connection.cursor() as cursor:
        for model in (Document, Passage):
            table = model._meta.db_table
            columns = [str(field.column) for field in model._meta.concrete_fields]
            mine = {
                "owner_id": str(other.pk),
                "id": _own("id", last),
                "document_id": _own("document_id", last),
            }
            given = ", ".join(mine.get(column, f'"{column}"') for column in columns)
            named = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(
                f"INSERT INTO {table} ({named}) SELECT {given} FROM {table} WHERE owner_id = {town.pk}"  # noqa: S608 — our own
            )
    with scope(Actor.system(town)):
        source = generation.build(Reach(town), localdate())
    with scope(Actor.system(other)):
        folder: Path = settings.VAR / "index" / other.code
        made = folder / generation.name_of_next(Reach(other), localdate())
    shutil.copytree(source, made)
    with closing(sqlite3.connect(made / "words.sqlite")) as words, words:
        words.execute(f"UPDATE item SET key = {_own('key', last)}")  # noqa: S608 — our own
    (folder / "CURRENT").write_text(made.name)


def _own(column: str, last: str) -> str:
    return f"substr({column}, 1, {32 - _LAST}) || '{last}'"


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
