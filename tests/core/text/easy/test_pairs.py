"""Sentences, what is found in them and what they become: the rewriter says no more than it surely can."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from yuimaru.core.text.easy.findings import Kind
from yuimaru.core.text.easy.rewriting import rewrite
from yuimaru.core.text.easy.sentence import findings

with (Path(__file__).parent / "pairs.tsv").open(encoding="utf-8") as opened:
    ROWS = [
        (sentence, sentence if easy == "=" else easy, kinds)
        for sentence, easy, *kinds in csv.reader(
            (line for line in opened if not line.startswith("#")), delimiter="\t"
        )
    ]


@pytest.mark.parametrize(("sentence", "easy"), [row[:2] for row in ROWS])
def test_a_sentence_becomes_its_easier_form_or_stays(sentence: str, easy: str) -> None:
    assert rewrite(sentence).text == easy


@pytest.mark.parametrize(("sentence", "kinds"), [(row[0], row[2]) for row in ROWS])
def test_what_is_hard_in_a_sentence_is_found_and_nothing_else(sentence: str, kinds: list[str]) -> None:
    told = {Kind(kind) for kind in (kinds[0] if kinds else "").split()}
    assert {one.kind for one in findings(sentence)} == told


def test_there_are_enough_pairs() -> None:
    assert len(ROWS) >= 60
    assert {kind for _, _, kinds in ROWS for kind in (kinds[0] if kinds else "").split()} == {*Kind} - {
        Kind.READING
    }  # which is about a text, not about a sentence


@pytest.mark.parametrize("easy", [row[1] for row in ROWS])
def test_what_was_said_easier_is_not_said_easier_again(easy: str) -> None:
    assert rewrite(easy).text == easy
