"""The demo towns' sets of questions: enough of every kind, none twice, each quote in the document it names."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import yuimaru.demo
from yuimaru.core.text.extract import Refused, Source, extract
from yuimaru.core.text.probes import Kind, Probe, read_probes

HOME = Path(yuimaru.demo.__path__[0])
CODES = ("990019", "990027", "990035")
LEAST: dict[Kind, int] = {
    "answerable": 300,
    "unanswerable": 90,
    "off_topic": 60,
    "wrong_premise": 50,
    "neighbour": 50,
    "expired": 30,
    "injection": 30,
}


def _set(code: str) -> list[Probe]:
    return read_probes(HOME / "questions" / f"{code}.jsonl")


@cache
def _texts(folder: str) -> dict[str, str]:
    """What the files of a folder say, as the product takes them in."""
    files = sorted((HOME / "documents" / folder).iterdir())
    read = extract(Source(file.name, file.read_bytes()) for file in files)
    return {
        file.name: "" if isinstance(text, Refused) else text.text
        for file, text in zip(files, read, strict=True)
    }


def _text(code: str, probe: Probe) -> str:
    """The document of a question: the town's own, a neighbour's (CODE/FILE), or one that is past."""
    if probe.kind == "neighbour":
        neighbour, _, file = probe.document.partition("/")
        assert neighbour != code
        return _texts(neighbour)[file]
    return _texts(f"past/{code}" if probe.kind == "expired" else code)[probe.document]


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(probe.kind for code in CODES for probe in _set(code))
    assert all(kinds[kind] >= least for kind, least in LEAST.items()), kinds
    assert kinds.total() >= 600


def test_no_question_is_asked_twice() -> None:
    probes = [probe for code in CODES for probe in _set(code)]
    assert len({probe.id for probe in probes}) == len(probes)
    asked = Counter("".join(filter(str.isalnum, probe.question)) for probe in probes)
    assert [question for question, times in asked.items() if times > 1] == []


@pytest.mark.parametrize("code", CODES)
def test_every_quote_stands_in_its_document(code: str) -> None:
    for probe in _set(code):
        assert bool(probe.document) == bool(probe.quote), probe.id
        assert not probe.document or probe.quote in _text(code, probe), probe.id


@pytest.mark.parametrize("code", CODES)
def test_only_what_has_an_answer_names_a_document(code: str) -> None:
    for probe in _set(code):
        answered = probe.kind in ("answerable", "wrong_premise", "neighbour", "expired")
        assert answered == bool(probe.document) or probe.kind == "injection", probe.id


@pytest.mark.parametrize("code", CODES)
def test_what_is_past_stands_in_no_document_in_force(code: str) -> None:
    in_force = "".join(_texts(code).values())
    assert [one.id for one in _set(code) if one.kind == "expired" and one.quote in in_force] == []


@pytest.mark.parametrize(
    ("code", "file"), [("990019", "suido.html"), ("990027", "kouen.html"), ("990035", "ijuu.html")]
)
def test_orders_hidden_in_a_page_are_not_read(code: str, file: str) -> None:
    assert "AI" in (HOME / "documents" / code / file).read_text(encoding="utf-8")
    assert "AI" not in _texts(code)[file]
