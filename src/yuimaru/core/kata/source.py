"""Reads the plain part of YAML 1.2 that a kata may use, and remembers the line of everything in it.

Scalars are read so that nothing changes on the way: 0120 and 37.5 stay the text that was typed, yes/no/on are words,
and anchors, aliases, tags and further documents are refused, because strangers write these files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

Location: TypeAlias = tuple[str | int, ...]

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_VALUES = 30_000

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAK = re.compile("[\x85\u2028\u2029]")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class SourceError(ValueError):
    """Raised for a file that cannot be read as plain YAML; says why in both languages."""

    def __init__(self, code: str, ja: str, en: str, line: int | None = None) -> None:
        super().__init__(en)
        self.code = code
        self.ja = ja
        self.en = en
        self.line = line


@dataclass(frozen=True, slots=True)
class Source:
    """The data of one file, with the line (from 1) of every key and list member."""

    data: object
    lines: dict[Location, int]


def decode(content: bytes) -> str:
    """The text of a file; SourceError when it is too large or not UTF-8."""
    if len(content) > MAX_BYTES:
        raise SourceError(
            "too_large",
            f"ファイルが大きすぎます。{MAX_BYTES:,}バイトまでにしてください。",
            f"The file is too large. Keep it within {MAX_BYTES:,} bytes.",
        )
    control = _CONTROL.search(content)
    if control is not None:
        raise _character(control[0].decode(), content.count(b"\n", 0, control.start()) + 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(
            "not_utf8",
            "文字コードがUTF-8ではありません。UTF-8で保存し直してください。",
            "The file is not in UTF-8. Save it again in UTF-8.",
            line,
        ) from None


def read(content: bytes) -> Source:
    """Parse the content of a YAML file; SourceError with the line when it goes beyond the plain part."""
    text = decode(content)
    _refuse_breaks(text)
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _unreadable(mark.line + 1 if mark else None) from None
    except yaml.YAMLError:
        raise _unreadable(None) from None
    return Source(builder.root, builder.lines)


@dataclass(slots=True)
class _Open:
    """A collection whose members are being read; `key` waits for its value."""

    value: list[object] | dict[str, object]
    location: Location
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    root: object = None
    lines: dict[Location, int] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0
    values: int = 0

    def take(self, event: Event) -> None:
        assert event.start_mark is not None, "every event of a parser has one"
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            _refuse_documents(event, self.documents, line)
        elif isinstance(event, CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, NodeEvent):
            _refuse_references(event, line)
            self._count(line)
            if isinstance(event, ScalarEvent):
                self._scalar(event, line)
            elif isinstance(event, CollectionStartEvent):
                self._collection(event, line)

    def _count(self, line: int) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            raise SourceError(
                "too_many_values",
                f"値が多すぎます。1つのファイルに{MAX_VALUES:,}個までにしてください。",
                f"There are too many values. Keep a file within {MAX_VALUES:,}.",
                line,
            )

    def _scalar(self, event: ScalarEvent, line: int) -> None:
        _refuse_characters(event.value, line)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._open_key(top, event.value, line)
            return
        self._put(event.value if event.style else _plain_value(event.value), line)

    def _open_key(self, top: _Open, key: str, line: int) -> None:
        location = (*top.location, key)
        if location in self.lines:
            first = self.lines[location]
            raise SourceError(
                "duplicate_key",
                f"「{key}」が2回書かれています（{first}行目と{line}行目）。1つにまとめてください。",
                f"“{key}” is written twice (lines {first} and {line}). Keep one.",
                line,
            )
        top.key = key
        self.lines[location] = line

    def _collection(self, event: CollectionStartEvent, line: int) -> None:
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            raise SourceError(
                "key_not_text",
                "項目の名前は文字で書いてください。",
                "Names of keys must be plain text.",
                line,
            )
        if len(self.stack) >= MAX_DEPTH:
            raise SourceError(
                "too_deep",
                f"入れ子が深すぎます。{MAX_DEPTH}段までにしてください。",
                f"The nesting is too deep. Keep it within {MAX_DEPTH} levels.",
                line,
            )
        value: list[object] | dict[str, object] = {} if isinstance(event, MappingStartEvent) else []
        self.stack.append(_Open(value, self._put(value, line)))

    def _put(self, value: object, line: int) -> Location:
        if not self.stack:
            self.root = value
            return ()
        top = self.stack[-1]
        if isinstance(top.value, list):
            location: Location = (*top.location, len(top.value))
            top.value.append(value)
            self.lines[location] = line
            return location
        assert top.key is not None
        location = (*top.location, top.key)
        top.value[top.key] = value
        top.key = None
        return location


def _plain_value(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.fullmatch(text) else text


def _refuse_documents(event: DocumentStartEvent, count: int, line: int) -> None:
    if event.version is not None or event.tags:
        raise SourceError(
            "directive", "「%」で始まる指定は書けません。", "Directives (%) are not allowed.", line
        )
    if count > 1:
        raise SourceError(
            "documents",
            "1つのファイルに書ける文書は1つです。「---」で区切らずに書いてください。",
            "A file holds one document. Remove the --- separator.",
            line,
        )


def _refuse_references(event: NodeEvent, line: int) -> None:
    if isinstance(event, AliasEvent) or event.anchor is not None:
        raise SourceError(
            "anchor",
            "「&」「*」による参照は書けません。同じ内容でも、それぞれの場所に書いてください。",
            "References with & and * are not allowed. Write the content out in each place.",
            line,
        )
    if getattr(event, "tag", None) is not None:
        raise SourceError("tag", "「!」による型の指定は書けません。", "Tags (!) are not allowed.", line)


def _refuse_breaks(text: str) -> None:
    """What only YAML 1.1 takes for the end of a line would be lost without a word."""
    found = _BREAK.search(text)
    if found is not None:
        raise _character(found[0], text.count("\n", 0, found.start()) + 1)


def _refuse_characters(text: str, line: int) -> None:
    """Escapes in quotes can write what no file may hold."""
    found = next(_control_characters(text), None)
    if found is not None:
        raise _character(found, line)


def _control_characters(text: str) -> Iterator[str]:
    return (one for one in text if unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t")


def _unreadable(line: int | None) -> SourceError:
    return SourceError(
        "yaml",
        "YAMLとして読めません。この行の字下げ、引用符、コロンの後の空白を確かめてください。",
        "This is not readable YAML. Check the indentation, the quotes and the space after colons on this line.",
        line,
    )


def _character(found: str, line: int) -> SourceError:
    return SourceError(
        "character",
        f"使えない文字（U+{ord(found):04X}）が入っています。取り除いてください。",
        f"The character U+{ord(found):04X} is not allowed. Remove it.",
        line,
    )
