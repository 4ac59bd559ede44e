"""Takes in what the demo towns publish, as `yuimaru documents add` would."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TypedDict

from ruamel.yaml import YAML

from yuimaru.foundation.people.queries import section_named
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge.actions.intake import Incoming, add_documents
from yuimaru.services.knowledge.actions.intake import encode as encode_documents
from yuimaru.services.knowledge.queries.documents import list_documents

DOCUMENTS = Path(__file__).parent / "documents"


class Entry(TypedDict):
    """One line of the manifest."""

    file: str
    title: str
    subject: str
    section: str
    valid_from: date


def manifest() -> dict[str, list[Entry]]:
    """The documents of every town."""
    entries: dict[str, list[Entry]] = YAML(typ="safe").load(DOCUMENTS / "manifest.yaml")
    return entries


def encode(code: str) -> int:
    """Encode what the town publishes, as its worker would; gives the number of passages."""
    town = get_municipality(code)
    with scope(Actor.system(town)):
        return encode_documents(owner=town)


def is_missing(code: str) -> bool:
    """Whether a town has no documents yet."""
    town = get_municipality(code)
    with scope(Actor.system(town)):
        return not list_documents(town).exists()


def add(code: str, *, at: datetime) -> None:
    """Take in everything that the town publishes."""
    town = get_municipality(code)
    by = Actor.system(town)
    with scope(by):
        items = [
            Incoming(
                name=entry["file"],
                content=(DOCUMENTS / code / entry["file"]).read_bytes(),
                title=entry["title"],
                section=section_named(entry["section"]),
                valid_from=entry["valid_from"],
            )
            for entry in manifest()[code]
        ]
        taken = add_documents(owner=town, items=items, by=by, at=at)
    if taken.refused:
        raise RuntimeError(f"the demo's own documents were refused: {taken.refused}")
