"""A kata as a folder and as canonical JSON: what authors write, and the one text that is hashed, stored and run."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from yuimaru.core.kata.invalid import explain_invalid
from yuimaru.core.kata.models import LANGUAGE_VERSION, Package
from yuimaru.core.kata.paths import id_path
from yuimaru.core.kata.problems import KataErrors, KataProblem
from yuimaru.core.kata.source import MAX_BYTES, Location, Source, SourceError, decode, read

__all__ = ["KataErrors", "KataProblem", "Loaded", "Sources", "canonical", "digest", "load"]

MAX_FILES = 200
KATA_FILE = "kata.yaml"

_FOLDERS = frozenset({"i18n", "docs", "examples"})
_KATA = re.compile(re.escape(KATA_FILE))
_LANGUAGE = r"(?P<language>[a-z]{2,8}(-[A-Za-z0-9]{2,8})*)"
_TRANSLATION = re.compile(rf"i18n/{_LANGUAGE}\.yaml")
_GUIDANCE = re.compile(rf"docs/guidance\.{_LANGUAGE}\.md")
_EXAMPLES = re.compile(r"examples/[^/]+\.yaml")

_NO_KATA = (
    "kata.yaml がありません。型のフォルダーの名前を確かめてください。",
    "There is no kata.yaml. Check the name of the folder.",
)
_UNKNOWN_FILE = (
    "型では使わないファイルです。kata.yaml、i18n/言語.yaml、docs/guidance.言語.md、examples/名前.yaml を置けます。",
    "This file has no place in a kata. It may hold kata.yaml, i18n/LANGUAGE.yaml, docs/guidance.LANGUAGE.md"
    " and examples/NAME.yaml.",
)
_NOT_A_FILE = (
    "ふつうのファイルではありません。リンクは使えません。",
    "This is not a regular file. Links are not allowed.",
)
_TOO_MANY_FILES = (
    f"ファイルが多すぎます。{MAX_FILES}個までにしてください。",
    f"There are too many files. Keep them within {MAX_FILES}.",
)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where everything in a package was written: finds file, line and path of ids for a place in its data."""

    files: dict[str, Source] = field(default_factory=dict)
    examples: tuple[tuple[str, int], ...] = ()

    def place(self, data: object, location: Location) -> tuple[str, int | None, str]:
        """File, line and path of a place such as ("kata", "forms", 0, "title") in the data of a package."""
        file, inside, path = self._file(data, location)
        source = self.files.get(file)
        return file, _line(source.lines, inside) if source else None, path

    def _file(self, data: object, location: Location) -> tuple[str, Location, str]:
        match location:
            case ("i18n", str(language), *inside):
                return f"i18n/{language}.yaml", tuple(inside), ".".join(map(str, location))
            case ("guidance", str(language)):
                return f"docs/guidance.{language}.md", (), f"guidance.{language}"
            case ("examples", int(number), *inside):
                file, index = self.examples[number] if number < len(self.examples) else ("examples", number)
                return file, (index, *inside), id_path(data, location)
            case ("kata", *inside):
                return KATA_FILE, tuple(inside), id_path(data, location).removeprefix("kata.")
        return KATA_FILE, (), ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A package read from a folder: checked against the models, not yet against itself."""

    package: Package
    canonical: str
    sha256: str
    sources: Sources


def load(folder: Path) -> Loaded:
    """Read a kata folder; raises KataErrors with every problem of the files and of their shape."""
    if not (folder / KATA_FILE).is_file():
        raise KataErrors([_refused(KATA_FILE, "no_kata", *_NO_KATA)])
    problems: list[KataProblem] = []
    data: dict[str, Any] = {"kata": {}, "i18n": {}, "guidance": {}, "examples": []}
    files: dict[str, Source] = {}
    examples: list[tuple[str, int]] = []
    for name, path in _files(folder, problems):
        try:
            _take(name, _content(path), data, files, examples)
        except SourceError as error:
            problems.append(KataProblem(name, error.line, "", error.code, error.ja, error.en))
    if problems:
        raise KataErrors(problems)
    sources = Sources(files, tuple(examples))
    try:
        package = Package.model_validate(data)
    except ValidationError as invalid:
        raise KataErrors(explain_invalid(invalid, data, sources)) from None
    text = canonical(package)
    return Loaded(package, text, digest(text), sources)


def canonical(package: Package) -> str:
    """The canonical JSON of a package: sorted keys, no spaces, defaults left out, the language version kept."""
    data = package.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data["kata"]["language"] = LANGUAGE_VERSION
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """The SHA-256 by which a canonical text is pinned."""
    return hashlib.sha256(text.encode()).hexdigest()


def _files(folder: Path, problems: list[KataProblem]) -> Iterator[tuple[str, Path]]:
    """The files that belong to a kata; what has no place is a problem, as it would be left out silently."""
    for count, path in enumerate(_entries(folder), start=1):
        name = path.relative_to(folder).as_posix()
        if count > MAX_FILES:
            problems.append(_refused(name, "too_many_files", *_TOO_MANY_FILES))
            return
        known = any(each.fullmatch(name) for each in (_KATA, _TRANSLATION, _GUIDANCE, _EXAMPLES))
        if not known:
            problems.append(_refused(name, "unknown_file", *_UNKNOWN_FILE))
        elif path.is_symlink() or not path.is_file():
            problems.append(_refused(name, "not_a_file", *_NOT_A_FILE))
        else:
            yield name, path


def _entries(folder: Path) -> Iterator[Path]:
    """What lies in a kata folder and in its known folders, hidden things and a README apart."""
    for path in sorted(islice(folder.iterdir(), MAX_FILES)):
        if path.name.startswith(".") or path.name == "README.md":
            continue
        if path.name in _FOLDERS and path.is_dir() and not path.is_symlink():
            inside = sorted(islice(path.iterdir(), MAX_FILES + 1))
            yield from (each for each in inside if not each.name.startswith("."))
        else:
            yield path


def _content(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _take(
    name: str,
    content: bytes,
    data: dict[str, Any],
    files: dict[str, Source],
    examples: list[tuple[str, int]],
) -> None:
    if guidance := _GUIDANCE.fullmatch(name):
        data["guidance"][guidance["language"]] = decode(content).replace("\r\n", "\n")
        return
    source = read(content)
    files[name] = source
    if translation := _TRANSLATION.fullmatch(name):
        data["i18n"][translation["language"]] = source.data or {}
    elif name == KATA_FILE:
        data["kata"] = source.data
    else:
        if not isinstance(source.data, list):
            raise SourceError(
                "not_a_list",
                "例の一覧を書いてください。それぞれの例は「- id: …」で始めます。",
                "Write a list of examples. Each begins with “- id: …”.",
                1,
            )
        examples.extend((name, index) for index in range(len(source.data)))
        data["examples"].extend(source.data)


def _line(lines: dict[Location, int], inside: Location) -> int | None:
    """The line of a place, or of the nearest place around it."""
    while inside:
        if inside in lines:
            return lines[inside]
        inside = inside[:-1]
    return 1


def _refused(name: str, code: str, ja: str, en: str) -> KataProblem:
    return KataProblem(name, None, "", code, ja, en)
