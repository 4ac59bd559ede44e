"""Every text of every interface stands in its catalogue, in both languages, and each in its own language."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from yuimaru import interfaces

ROOT = Path(interfaces.__file__).parent
APPS = sorted(path.parent.name for path in ROOT.glob("*/locale"))
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "pgettext_lazy": ((1, "c"), 2)}
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
ERAS = {"Reiwa", "Heisei", "Showa", "Taisho", "Meiji", "Western calendar"}  # the kanji stand on every form

Key = tuple[str | None, str]


def _used(app: str) -> Iterator[Key]:
    for path in (ROOT / app).rglob("*"):
        if path.suffix == ".html":
            source = "\n".join(
                line.strip() for line in templatize(path.read_text(encoding="utf-8")).splitlines()
            )
        elif path.suffix == ".py":
            source = path.read_text(encoding="utf-8")
        else:
            continue
        for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            yield context, message if isinstance(message, str) else message[0]


def _catalogue(app: str, language: str) -> Catalog:
    with (ROOT / app / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def _keys(catalogue: Catalog) -> set[Key]:
    return {
        (message.context, message.id if isinstance(message.id, str) else message.id[0])
        for message in catalogue
        if message.id
    }


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_text_is_in_the_catalogue(app: str, language: str) -> None:
    shared = _keys(_catalogue("look", language))
    own = _keys(_catalogue(app, language))
    assert set(_used(app)) - own - shared == set()
    assert own - set(_used(app)) == set(), "left over in the catalogue"


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_entry_is_translated_into_its_language(app: str, language: str) -> None:
    for message in _catalogue(app, language):
        if not message.id:
            continue
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert all(texts), message.id
        assert not message.fuzzy, message.id
        if language == "en" and message.id not in ERAS:
            assert not any(JAPANESE.search(text) for text in texts), message.id
        if language == "ja":
            words = [re.sub(r"%\(\w+\)s|[^\w]", "", text) for text in texts]
            assert all(not word or JAPANESE.search(word) for word in words), message.id
