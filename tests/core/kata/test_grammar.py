"""The grammar on the page is the grammar of the parser: a recogniser built from the page accepts the same texts."""

from __future__ import annotations

import inspect
import random
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from yuimaru.core.kata import expressions
from yuimaru.core.kata.expressions import ExpressionError, parse, parse_cell
from yuimaru.core.kata.expressions.lexer import Token, tokens

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "expressions.md"
# Refusals that speak of what a text means; the grammar lets it pass.
MEANINGS = {"range_order", "thousands", "dashed_range"}
PIECES = ["1", "2.5", "年齢", "児童", '"a"', "true", "false", "null", "and", "or", "not", "(", ")", "[", "]", ",", ".", "..", "+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "in", "between", "if", "then", "else", "満年齢", "date", "日付"]  # fmt: skip


def page_grammar() -> str:
    found = re.search(r"```\n(expression .*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found.group(1)


@lru_cache
def rules() -> dict[str, str]:
    """Rule by rule, continuation lines joined."""
    joined = re.sub(r"\n\s+", " ", page_grammar())
    return dict(re.split(r"\s+=\s+", line, maxsplit=1) for line in joined.strip().splitlines())


@lru_cache
def parts(rule: str) -> list[list[tuple[str, str]]]:
    """A rule as alternatives of (item, repeat); a group is an item that begins with a bracket."""
    alternatives: list[list[tuple[str, str]]] = [[]]
    for item, repeat in re.findall(
        r"""("[^"]*"|[a-z]+|\((?:[^()"]|"[^"]*"|\((?:[^()"]|"[^"]*")*\))*\)|\|)([*?]?)""", rule
    ):
        if item == "|":
            alternatives.append([])
        else:
            alternatives[-1].append((item, repeat))
    return alternatives


class Recogniser:
    """Follows every path through the grammar at once: the places where a rule may end."""

    def __init__(self, found: list[Token]) -> None:
        self.found = found
        self.known: dict[tuple[str, int], frozenset[int]] = {}

    def ends(self, item: str, start: int) -> frozenset[int]:
        key = (item, start)
        if key not in self.known:
            self.known[key] = frozenset(self._ends(item, start))
        return self.known[key]

    def _ends(self, item: str, start: int) -> Iterator[int]:
        token = self.found[start] if start < len(self.found) else None
        if item.startswith('"'):
            if token is not None and token.kind != "text" and token.text == item.strip('"'):
                yield start + 1
        elif item in ("number", "text", "name"):
            if token is not None and token.kind == item:
                yield start + 1
        else:
            body = item[1:-1] if item.startswith("(") else rules()[item]
            for alternative in parts(body):
                yield from self._sequence(alternative, {start})

    def _sequence(self, items: list[tuple[str, str]], places: set[int]) -> set[int]:
        for item, repeat in items:
            reached = {end for place in places for end in self.ends(item, place)}
            if repeat == "?":
                reached |= places
            if repeat == "*":
                new, reached = reached, reached | places
                while new:
                    new = {end for place in new for end in self.ends(item, place)} - reached
                    reached |= new
            places = reached
        return places


def on_the_page(rule: str, text: str) -> bool:
    found = tokens(text)[:-1]
    return len(found) in Recogniser(found).ends(rule, 0)


def in_the_parser(rule: str, text: str) -> bool:
    try:
        (parse_cell if rule == "cell" else parse)(text)
    except ExpressionError as error:
        # A day is a call to the grammar as well, so what is wrong with it may be either.
        return on_the_page(rule, text) if error.problem.code == "bad_date" else error.problem.code in MEANINGS
    return True


def test_the_package_tells_the_same_grammar_as_the_page() -> None:
    told = inspect.cleandoc(expressions.__doc__ or "").split("with examples):")[1].split("There is no")[0]
    assert inspect.cleandoc(told).split() == page_grammar().split()


@pytest.mark.parametrize("rule", ["expression", "cell"])
def test_random_texts_are_accepted_by_both_or_by_neither(rule: str) -> None:
    chance = random.Random(20)
    accepted = 0
    for _ in range(1_500):
        text = " ".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 8)))
        page = on_the_page(rule, text)
        assert page == in_the_parser(rule, text), text
        accepted += page
    assert accepted > 50


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("expression", "if 年齢 in [0..3) then 満年齢(a, b) + 1 else not(同居) and (x between 1 and 2) or y.円 = null"),
        ("expression", "x in (< 3, [4..5], \"a\", date(\"2026-04-01\")) and [1, 2] = 一覧"),
        ("cell", "not(< 3, (4..5], \"a\")"),
        ("cell", "-1, [日付(\"令和8年4月1日\")..日付(\"R8.5.1\")], 上限 + 1"),
    ],
)  # fmt: skip
def test_texts_one_word_off_are_accepted_by_both_or_by_neither(rule: str, text: str) -> None:
    chance = random.Random(21)
    words = [each.text if each.kind != "text" else '"2026-04-01"' for each in tokens(text)[:-1]]
    assert on_the_page(rule, " ".join(words))
    for _ in range(300):
        changed = list(words)
        place = chance.randrange(len(changed))
        changed[place : place + chance.randrange(2)] = [chance.choice(PIECES)] * chance.randrange(2)
        one_off = " ".join(changed)
        assert on_the_page(rule, one_off) == in_the_parser(rule, one_off), one_off
