"""Files on their way in: opened, read, and compared with each other and with what is there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import PurePosixPath
from uuid import UUID

from yuimaru.core.text.extract import Extracted, PageFacts, Refused, Source, extract, is_container, unpack
from yuimaru.core.text.extract.media import MAIL
from yuimaru.foundation.people.models import Section
from yuimaru.services.knowledge.rules.sameness import held_already, own_pages, page_copies, same_files

_WITNESSES = 40  # unchanged pages


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to take in; its name tells which document it is a revision of. Dates default to today and no end."""

    name: str
    content: bytes
    title: str = ""
    section: Section | None = None  # None here and "" below: as in the revision before
    audience: str = ""
    label: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    is_link: bool = False  # leads out of the folder it was found in: refused without being read
    as_folder: bool = False  # an archive whose members are named as if it were the folder itself

    @property
    def sha256(self) -> str:
        """The digest that tells whether the content has changed."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Added:
    """A file that became a document."""

    id: UUID
    name: str
    revision: int
    passages: int
    left_out: int  # hidden sheets or slides
    flagged: Mapping[str, int]  # kind of `core.text.extract.unseen` → how often it was kept out
    machine_read: bool  # recognised in pictures
    page: PageFacts | None  # what a web page says of itself


@dataclass(frozen=True, slots=True)
class Turned:
    """A file that was not taken, and why."""

    name: str
    refused: Refused


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that is there already under another name, or nearly so: how much of its passages is the same."""

    name: str
    of: str
    share: float = 1.0


@dataclass(slots=True)
class Batch:
    """Files that were read and are not written yet."""

    readable: list[tuple[Incoming, Extracted]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[Turned] = field(default_factory=list)
    duplicates: list[Copy] = field(default_factory=list)


@dataclass(slots=True)
class Intake:
    """What became of a batch."""

    added: list[Added] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[Turned] = field(default_factory=list)
    duplicates: list[Copy] = field(default_factory=list)  # not taken in
    alike: list[Copy] = field(default_factory=list)  # taken in, and worth a look

    def extend(self, other: Intake) -> None:
        """Add what became of another batch."""
        for held in fields(self):
            getattr(self, held.name).extend(getattr(other, held.name))


def read(items: Sequence[Incoming], *, known: Mapping[str, str], keep_duplicates: bool = True) -> Batch:
    """Read files without writing anything; `known` are the digests of the documents in force, by name."""
    batch = Batch()
    arrived: list[Incoming] = []
    for item in items:
        if item.is_link:
            batch.refused.append(Turned(item.name, Refused.because("link")))
        elif known.get(item.name) == item.sha256:
            batch.unchanged.append(item.name)
        else:
            arrived += _opened(item, batch) if is_container(item.name) else [item]
    batch.unchanged += [item.name for item in arrived if known.get(item.name) == item.sha256]
    fresh = [item for item in arrived if known.get(item.name) != item.sha256]
    if not keep_duplicates:
        copies = held_already(_digests(fresh), known)
        batch.duplicates += [Copy(name, of) for name, of in copies.items()]
        fresh = [item for item in fresh if item.name not in copies]
    outcomes = extract(Source(item.name, item.content) for item in fresh)
    for item, outcome in zip(fresh, outcomes, strict=True):
        if isinstance(outcome, Refused):
            batch.refused.append(Turned(item.name, outcome))
        else:
            batch.readable.append((item, outcome))
    _compare_pages(batch, _witnesses([*items, *arrived], batch))
    if not keep_duplicates:
        _leave_copies_out(batch, known)
    return batch


def _digests(items: Sequence[Incoming]) -> list[tuple[str, str]]:
    return [(item.name, item.sha256) for item in items]


def _leave_copies_out(batch: Batch, known: Mapping[str, str]) -> None:
    """Keep one of several that are the same; only now, because another may have been refused for its name."""
    copies = page_copies([(item.name, outcome) for item, outcome in batch.readable])
    copies |= same_files(_digests([item for item, _ in batch.readable]), known)
    batch.duplicates += [Copy(name, of) for name, of in copies.items()]
    batch.readable = [(item, outcome) for item, outcome in batch.readable if item.name not in copies]


def _opened(item: Incoming, batch: Batch) -> Iterator[Incoming]:
    """What lies in an archive or a mail, under its path there; a mail is a document itself."""
    if PurePosixPath(item.name).suffix.lower() == MAIL:
        yield item
    folder = "" if item.as_folder else f"{item.name}/"
    for member in unpack(Source(item.name, item.content)):
        name = f"{folder}{member.name}" if member.name else item.name
        if member.refused is not None:
            batch.refused.append(Turned(name, Refused.because(member.refused)))
        else:
            yield replace(item, name=name, content=member.content, title="")


def _witnesses(items: Sequence[Incoming], batch: Batch) -> list[tuple[str, Extracted]]:
    """Some unchanged pages beside changed ones: they show what all pages of their site share."""
    unchanged = set(batch.unchanged)
    if not any(outcome.page for _, outcome in batch.readable):
        return []
    beside = [
        item for item in items if item.name in unchanged and item.name.lower().endswith((".html", ".htm"))
    ]
    sources = [Source(item.name, item.content) for item in beside[:_WITNESSES]]
    outcomes = zip(sources, extract(sources), strict=True)
    return [(source.name, outcome) for source, outcome in outcomes if isinstance(outcome, Extracted)]


def _compare_pages(batch: Batch, witnesses: list[tuple[str, Extracted]]) -> None:
    """Leave out of web pages what all pages of their site share."""
    arrived = [(item.name, outcome) for item, outcome in batch.readable]
    own = own_pages([*arrived, *witnesses])[: len(arrived)]
    batch.readable = [(item, outcome) for (item, _), outcome in zip(batch.readable, own, strict=True)]
