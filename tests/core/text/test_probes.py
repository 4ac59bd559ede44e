"""A set of questions is read line by line; what is wrong with a line is told with its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from yuimaru.core.text.evaluation import UnreadableSet
from yuimaru.core.text.probes import Probe, read_probes

GOOD = '{"id": "1", "question": "粗大ごみは？", "kind": "answerable", "document": "a.md", "quote": "300円"}'


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def test_a_set_is_read_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    off_topic = '{"id": "2", "question": "カレー", "kind": "off_topic", "document": null, "note": "x"}'
    probes = read_probes(_file(tmp_path, f"\ufeff{GOOD}\r\n\n{off_topic}\n"))
    assert probes == [
        Probe("1", "粗大ごみは？", "answerable", "a.md", "300円"),
        Probe("2", "カレー", "off_topic"),
    ]
    assert [probe.is_answered for probe in probes] == [True, False]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "JSON"),
        ('["1"]', "JSON"),
        (GOOD, "id「1」"),
        ('{"id": "2", "question": "?", "kind": "unknown"}', "off_topic"),
        ('{"id": "2", "kind": "off_topic"}', "question"),
        ('{"id": " ", "question": "?", "kind": "off_topic"}', "id"),
        ('{"id": 2, "question": "?", "kind": "off_topic"}', "id"),
        ('{"id": "2", "question": "?", "kind": "answerable", "quote": "x"}', "document"),
        ('{"id": "2", "question": "?", "kind": "wrong_premise", "document": "a.md"}', "quote"),
        ('{"id": "2", "question": "\\ud800", "kind": "off_topic"}', "question"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(UnreadableSet, match="2行目") as refused:
        read_probes(_file(tmp_path, f"{GOOD}\n{line}\n"))
    assert told in str(refused.value)


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    for path in (_file(tmp_path, "\n"), tmp_path / "nowhere"):
        with pytest.raises(UnreadableSet):
            read_probes(path)
    (tmp_path / "set.jsonl").write_bytes("粗大".encode("cp932"))
    with pytest.raises(UnreadableSet, match="UTF-8"):
        read_probes(tmp_path / "set.jsonl")
