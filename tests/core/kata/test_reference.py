"""The reference page and the schema for editors are made from the models, and every kata of the library fits the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from yuimaru.core.kata import models
from yuimaru.core.kata.models import Model
from yuimaru.core.kata.reference import language_schema, with_tables
from yuimaru.core.kata.reference.meanings import ABOUT, meanings, written
from yuimaru.core.kata.source import read

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "reference" / "kata.md"
SCHEMA = ROOT / "docs" / "reference" / "kata.schema.json"
KATAS = sorted((ROOT / "katas").glob("*/kata.yaml"))
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
PARTS = [
    each
    for each in vars(models).values()
    if isinstance(each, type) and issubclass(each, Model) and each is not Model
]


def test_every_word_of_every_model_has_a_meaning_and_no_other_has() -> None:
    assert meanings().keys() == set(PARTS)
    for model, told in meanings().items():
        words = [written(model, name) for name in model.model_fields]
        assert [*told] == [ABOUT, *words], model.__name__
        assert all(text.strip() for meaning in told.values() for text in meaning)


def test_the_tables_of_the_page_are_those_of_the_models() -> None:
    page = PAGE.read_text("utf-8")
    assert with_tables(page) == page, "run: yuimaru kata reference docs/reference/kata.md"
    assert [model for model in PARTS if f"<!-- words of {model.__name__} -->" not in page] == []


def test_what_stands_under_a_mark_is_replaced() -> None:
    found = with_tables("a\n\n<!-- words of Role -->\n| old |\n|---|\n\nb\n")
    assert found.startswith("a\n\n<!-- words of Role -->\n| word | value |")
    assert "| `scope` | `municipality`, `joint` | `municipality` |" in found
    assert found.endswith("\n\nb\n")
    assert "old" not in found


def test_the_committed_schema_is_the_one_of_the_language() -> None:
    assert json.loads(SCHEMA.read_text("utf-8")) == language_schema(), (
        "run: yuimaru kata schema --language > docs/reference/kata.schema.json"
    )
    Draft202012Validator.check_schema(language_schema())


def test_no_pattern_means_something_else_to_an_editor() -> None:
    """In the regular expressions of JavaScript `\\w` and `\\d` are ASCII only."""
    assert "\\\\w" not in SCHEMA.read_text("utf-8").lower()


def test_every_property_of_the_schema_is_explained_in_japanese() -> None:
    schema = language_schema()
    for part in (schema, *schema["$defs"].values()):
        for alternative in part.get("anyOf", [part]):
            for word, told in alternative.get("properties", {}).items():
                assert any(ord(sign) > 0x3000 for sign in told["description"]), (part["title"], word)


@pytest.mark.parametrize("path", KATAS, ids=lambda path: path.parent.name)
def test_an_independent_validator_takes_every_kata_of_the_library(path: Path) -> None:
    problems = [(list(each.path), each.message) for each in VALIDATOR.iter_errors(kata(path))]
    assert problems == []


def kata(path: Path) -> Any:
    return read(path.read_bytes()).data


def slip(found: Any, *path: Any, **changes: Any) -> Any:
    place = found
    for step in path:
        place = place[step]
    place.update(changes)
    return found


@pytest.mark.parametrize(
    ("path", "changes", "word"),
    [
        ((), {"titel": "誤り"}, "titel"),
        ((), {"kind": "selfcheck"}, "selfcheck"),
        (("forms", 0, "steps", 0, "items", 0), {"type": "yes_no"}, "yes_no"),
        (("forms", 0), {"steps": []}, "[]"),
        (("workflow",), {"start": "1審査"}, "1審査"),
        (("facts",), {"minutes": "5分"}, "5分"),
    ],
    ids=["word", "kind", "type", "length", "id", "number"],
)
def test_slips_that_an_editor_shall_show_are_refused(path: tuple[Any, ...], changes: Any, word: str) -> None:
    broken = slip(kata(ROOT / "katas" / "jidou-teate" / "kata.yaml"), *path, **changes)
    assert any(word in each.message for each in VALIDATOR.iter_errors(broken))
