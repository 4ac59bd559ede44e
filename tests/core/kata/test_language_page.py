"""The page for programmers: its examples run, and it names all that the packages offer."""

from __future__ import annotations

import doctest
from pathlib import Path

from yuimaru.core.kata import expressions, tables

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "kata-language.md"


def test_the_examples_of_the_page_run() -> None:
    parser = doctest.DocTestParser()
    text = PAGE.read_text("utf-8").replace("```\n", "\n")
    examples = parser.get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    found = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(examples)
    assert found.failed == 0
    assert found.attempted > 20


def test_every_function_that_is_offered_stands_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    offered = [
        name
        for module in (expressions, tables)
        for name in module.__all__
        if name.islower() and name not in ("kind", "choice", "list_of", "record")
    ]
    assert [name for name in offered if f"`{name}`" not in page] == []
