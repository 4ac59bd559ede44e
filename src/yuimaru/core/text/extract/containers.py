"""Files that hold files: ZIP archives and mails with attachments, opened as deep as they go within one budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from yuimaru.core.text.extract import archive, mail
from yuimaru.core.text.extract.archive import Budget, Member
from yuimaru.core.text.extract.media import ARCHIVE, MAIL, container_for
from yuimaru.core.text.extract.result import Refusal, Source


def contents(source: Source) -> list[Member]:
    """What a container holds, by paths inside it; the container itself, if refused, stands under the empty path."""
    return list(_contents(source, Budget(), 1))


def _contents(source: Source, budget: Budget, depth: int) -> Iterator[Member]:
    try:
        kind = container_for(source)
        if depth > archive.DEEPEST:
            raise Refusal("too_deep")
        opened = {ARCHIVE: archive.members, MAIL: mail.attachments}[kind]
        for member in opened(source.content, budget):
            suffix = PurePath(member.name).suffix.lower()
            if member.refused is not None or suffix not in (ARCHIVE, MAIL):
                yield member
                continue
            if suffix == MAIL:  # a document itself, beside what is attached to it
                yield member
            yield from _inside(member, budget, depth)
    except Refusal as refusal:
        if not source.name.lower().endswith(MAIL):  # a mail's own reader says why
            yield Member("", refused=refusal.refused.code)


def _inside(member: Member, budget: Budget, depth: int) -> Iterator[Member]:
    for inner in _contents(Source(member.name, member.content), budget, depth + 1):
        yield replace(inner, name=f"{member.name}/{inner.name}" if inner.name else member.name)
