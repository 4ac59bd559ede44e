"""A folder that a municipality fills: what changed in it is taken in, and a report beside it says what became of it.

What has been done is kept in the data folder, one file for each watched folder, written anew after every batch:
whoever stops in between goes on from there.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localtime

from yuimaru.core.files import folders
from yuimaru.core.text.extract import largest
from yuimaru.core.text.tables_out import to_csv
from yuimaru.foundation.people.queries import section_named
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge.actions.intake import add_documents, withdraw
from yuimaru.services.knowledge.actions.reading import Incoming, Intake
from yuimaru.services.knowledge.queries.documents import list_documents

logger = logging.getLogger(__name__)

_COLUMNS = ("日時", "ファイル", "結果", "説明")
_PART = 50  # files
_RESULTS = {
    "added": "登録しました",
    "revised": "新しい版にしました",
    "duplicate": "登録しませんでした",
    "refused": "登録できません",
    "gone": "ファイルがなくなりました",
    "withdrawn": "取り下げました",
}


Look = dict[str, tuple[int, int]]  # name → size in bytes, time of the last change in nanoseconds


@dataclass(slots=True)
class Watch:
    """A watched folder: what is told of its files, and how they were when they were taken in."""

    code: str
    folder: str
    section: str | None = None
    audience: str = "public"
    withdraws: bool = False  # documents whose file is gone
    stands: bool = False  # looked at by the worker every minute
    done: dict[str, list[int]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)  # told, and still in force

    @property
    def report(self) -> Path:
        """The table that a clerk reads, beside the folder."""
        folder = Path(self.folder)
        return folder.with_name(f"{folder.name}_取込結果.csv")

    @property
    def id(self) -> str:
        """What tells it from other watched folders."""
        return hashlib.sha256(f"{self.code} {self.folder}".encode("utf-8", "surrogateescape")).hexdigest()[
            :16
        ]

    def save(self) -> None:
        """Keep what has been done; a reader sees the old state or the new one."""
        place = _place(self.id)
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_suffix(".part")
        unfinished.write_text(json.dumps(asdict(self)))
        unfinished.rename(place)


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a file, in words."""

    file: str
    code: str  # added, revised, duplicate, refused, gone, withdrawn
    told: str = ""

    @property
    def result(self) -> str:
        """The outcome as the clerk reads it."""
        return _RESULTS[self.code]


def watched(code: str, folder: Path) -> Watch:
    """The watch over a folder with what it has done so far, or a new one."""
    new = Watch(code, str(folder.resolve()))
    return _kept(_place(new.id)) or new


def standing() -> Iterator[Watch]:
    """The folders that the worker looks at."""
    for place in sorted((settings.VAR / "watched").glob("*.json")):
        watch = _kept(place)
        if watch is not None and watch.stands:
            yield watch


def look(watch: Watch) -> Look:
    """How the files of the folder are now; raises OSError when there is no folder."""
    folder = Path(watch.folder)
    if not folder.is_dir():
        raise FileNotFoundError(watch.folder)
    found: Look = {}
    for file in folders.inside(folder):
        try:
            told = file.path.lstat()
        except OSError:  # gone again
            continue
        found[file.name] = (told.st_size, told.st_mtime_ns)
    return found


def is_behind(watch: Watch, seen: Look) -> bool:
    """Whether something has changed since it was taken in, or is gone."""
    return any(_is_new(watch, name, told) for name, told in seen.items()) or bool(_missing(watch, seen))


def take_changes(
    *, owner: Organisation, watch: Watch, by: Actor, at: datetime, settle: float = 2.0
) -> list[Line]:
    """Take in what has changed and lies still for `settle` seconds; what is refused is told once. Raises OSError."""
    before = look(watch)
    time.sleep(settle)
    seen = look(watch)
    still = [name for name, told in seen.items() if before.get(name) == told and _is_new(watch, name, told)]
    lines: list[Line] = []
    for start in range(0, len(still), _PART):
        part = still[start : start + _PART]
        more = start + _PART < len(still)
        items = list(_opened(watch, part))
        intake = add_documents(
            owner=owner, items=items, by=by, at=at, keep_duplicates=False, more_follows=more
        )
        told = list(_lines(intake))
        _append(watch.report, told, at=at)
        lines += told
        watch.done |= {item.name: list(seen[item.name]) for item in items}
        watch.gone = [name for name in watch.gone if name not in seen]
        watch.save()
    missing = _tell_missing(owner, watch, _missing(watch, seen), is_empty=not seen, by=by, at=at)
    _append(watch.report, missing, at=at)
    watch.save()
    return lines + missing


def _opened(watch: Watch, names: Sequence[str]) -> Iterator[Incoming]:
    section = section_named(watch.section) if watch.section else None
    for name in names:
        path = Path(watch.folder) / name
        is_link = path.is_symlink()
        try:
            held = b"" if is_link else folders.content(path, most=largest(name))
        except OSError as error:  # gone, or not ours to read: the next look tells
            logger.warning("could not open %s: %s", folders.printable(str(path)), error.strerror)
            continue
        yield Incoming(name, held, section=section, audience=watch.audience, is_link=is_link)


def _lines(intake: Intake) -> Iterator[Line]:
    alike = {copy.name: copy for copy in intake.alike}
    for added in intake.added:
        told = f"第{added.revision}版、{added.passages}箇所"
        if added.flagged:
            told += f"、見えない文字などを{sum(added.flagged.values())}件除きました"
        if added.machine_read:
            told += "、画像から読み取りました"
        if near := alike.get(added.name):
            told += f"、「{near.of}」とほとんど同じです"
        yield Line(added.name, "added" if added.revision == 1 else "revised", told)
    for copy in intake.duplicates:
        yield Line(copy.name, "duplicate", f"「{copy.of}」と同じ内容です")
    for turned in intake.refused:
        yield Line(turned.name, "refused", turned.refused.message_ja)


def _tell_missing(
    owner: Organisation, watch: Watch, names: Sequence[str], *, is_empty: bool, by: Actor, at: datetime
) -> list[Line]:
    """Tell what is gone, and withdraw it where that is wanted; an empty folder is more likely a lost connection."""
    lines: list[Line] = []
    withdraws = watch.withdraws and not is_empty
    for name in names:
        held = Q(name=name) | Q(name__startswith=f"{name}/")  # and what lay in an archive or a mail
        documents = list(list_documents(owner).filter(held))
        if documents and withdraws:
            for document in documents:
                withdraw(document_id=document.pk, by=by, at=at)
            lines.append(Line(name, "withdrawn"))
        elif documents and name not in watch.gone:
            lines.append(Line(name, "gone", "登録した文書はそのままです"))
        if withdraws or not documents:
            del watch.done[name]
    watch.gone = [name for name in names if name in watch.done]
    return lines


def _append(report: Path, lines: Sequence[Line], *, at: datetime) -> None:
    if not lines:
        return
    day = f"{localtime(at):%Y-%m-%d %H:%M}"
    rows = [(day, folders.printable(line.file), line.result, line.told) for line in lines]
    table = to_csv(_COLUMNS, rows)
    if report.exists():
        table = table.partition(b"\r\n")[2]
    with report.open("ab") as written:
        written.write(table)


def _is_new(watch: Watch, name: str, told: tuple[int, int]) -> bool:
    return watch.done.get(name) != list(told)


def _missing(watch: Watch, seen: Mapping[str, object]) -> list[str]:
    return [name for name in watch.done if name not in seen]


def _place(identity: str) -> Path:
    place: Path = settings.VAR / "watched" / f"{identity}.json"
    return place


def _kept(place: Path) -> Watch | None:
    try:
        return Watch(**json.loads(place.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
