"""What differs between two kata, by paths of ids: moving a member of a list is a change of its order only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from yuimaru.core.kata.models import Package
from yuimaru.core.kata.paths import SILENT

LONGEST_SHOWN = 80

ChangeKind = Literal["added", "removed", "changed", "order"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference at a path: what stands there before and after (None: nothing)."""

    path: str
    kind: ChangeKind
    before: Any
    after: Any

    @property
    def sentence_ja(self) -> str:
        """The difference as one line."""
        before, after = _short(self.before), _short(self.after)
        return {
            "added": f"{self.path}：追加 {after}",
            "removed": f"{self.path}：削除 {before}",
            "changed": f"{self.path}：変更 {before} → {after}",
            "order": f"{self.path}：順番の変更 {before} → {after}",
        }[self.kind]


def differences(before: Package, after: Package) -> Iterator[Change]:
    """All differences between two packages, in the order of paths; none when their canonical texts are equal."""
    yield from _compare("", *(_data(package) for package in (before, after)))


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _data(package: Package) -> Any:
    return package.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _compare(path: str, before: Any, after: Any) -> Iterator[Change]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted(before.keys() | after.keys()):
            yield from _member(_joined(path, name, before.get(name, after.get(name))), name, before, after)
    elif _keyed(before) and _keyed(after):
        old, new = ({each["id"]: each for each in members} for members in (before, after))
        for name in [*old, *(each for each in new if each not in old)]:
            yield from _member(f"{path}.{name}".lstrip("."), name, old, new)
        orders = [[name for name in ids if name in old and name in new] for ids in (old, new)]
        if orders[0] != orders[1]:
            yield Change(path, "order", *orders)
    elif before != after:
        yield Change(path, "changed", before, after)


def _member(path: str, name: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    if name not in before:
        yield Change(path, "added", None, after[name])
    elif name not in after:
        yield Change(path, "removed", before[name], None)
    else:
        yield from _compare(path, before[name], after[name])


def _joined(path: str, name: str, value: Any) -> str:
    """`steps` and `items` are not spelt out, and neither is the file of the kata itself."""
    silent = (name in SILENT and isinstance(value, list)) or (name == "kata" and not path)
    return path if silent else f"{path}.{name}".lstrip(".")


def _keyed(value: Any) -> bool:
    """Whether a list is one of members with distinct ids; actions of one id are compared as a whole."""
    if not isinstance(value, list) or not all(isinstance(each, dict) and "id" in each for each in value):
        return False
    return len({each["id"] for each in value}) == len(value)
