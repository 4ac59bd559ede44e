"""Takes in what the demo towns publish, as `yuimaru documents add` would."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import NotRequired, TypedDict

import yaml
from django.db import transaction

from yuimaru.foundation.people.queries import section_named
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge.actions.indexing import encode as encode_documents
from yuimaru.services.knowledge.actions.intake import take_in, withdraw
from yuimaru.services.knowledge.actions.reading import Incoming, read
from yuimaru.services.knowledge.queries.documents import list_documents

DOCUMENTS = Path(__file__).parent / "documents"


class Published(TypedDict):
    """A file as a town publishes or published it."""

    file: str
    title: str
    section: str
    valid_from: date
    valid_to: NotRequired[date]


class Entry(Published):
    """One line of the manifest."""

    subject: str


class Past(Published):
    """One line of what was published once: expired with `valid_to`, else taken back, else superseded."""

    withdrawn: NotRequired[bool]


def manifest() -> dict[str, list[Entry]]:
    """The documents of every town."""
    entries: dict[str, list[Entry]] = yaml.safe_load(
        (DOCUMENTS / "manifest.yaml").read_text(encoding="utf-8")
    )
    return entries


def past() -> dict[str, list[Past]]:
    """What every town once published and answers from no longer."""
    entries: dict[str, list[Past]] = yaml.safe_load((DOCUMENTS / "past.yaml").read_text(encoding="utf-8"))
    return entries


def encode(code: str) -> int:
    """Encode what the town publishes, as its worker would; gives the number of passages."""
    town = get_municipality(code)
    with scope(Actor.system(town)):
        return encode_documents(owner=town, at_once=os.cpu_count() or 1)


def is_missing(code: str) -> bool:
    """Whether a town has no documents yet."""
    town = get_municipality(code)
    with scope(Actor.system(town)):
        return not list_documents(town).exists()


def add(code: str, *, at: datetime) -> None:
    """Take in everything that the town publishes, after what it published before."""
    town = get_municipality(code)
    by = Actor.system(town)
    before, now = past()[code], manifest()[code]
    gone = {entry["file"] for entry in before if entry.get("withdrawn")}
    with scope(by):
        batch = read(
            [
                *(_incoming(entry, DOCUMENTS / "past" / code) for entry in before),
                *(_incoming(entry, DOCUMENTS / code) for entry in now),
            ],
            known={},
        )
        if batch.refused:
            raise RuntimeError(f"the demo's own documents were refused: {batch.refused}")
        with transaction.atomic():  # so that the index is built once
            take_in(owner=town, batch=batch, by=by, at=at)
            for document in list_documents(town).filter(name__in=gone):
                withdraw(document_id=document.pk, by=by, at=at)


def _incoming(entry: Published, folder: Path) -> Incoming:
    return Incoming(
        name=entry["file"],
        content=(folder / entry["file"]).read_bytes(),
        title=entry["title"],
        section=section_named(entry["section"]),
        valid_from=entry["valid_from"],
        valid_to=entry.get("valid_to"),
    )
