"""Every way of saying something unseen is kept out of the text and counted; with its guard off it would be read."""

from __future__ import annotations

import pytest

from tests.hostile import hidden, hidden_office
from tests.hostile.hidden import Hidden
from yuimaru.core.text.extract import Extracted, Source
from yuimaru.core.text.extract.reading import read
from yuimaru.core.text.extract.unseen import KINDS

CASES = [*hidden.CASES, *hidden_office.CASES]
PLAIN = hidden.PLAIN | hidden_office.PLAIN


def _read(name: str, content: bytes) -> Extracted:
    found, cause = read(Source(name, content))
    assert isinstance(found, Extracted), (found, cause)
    return found


def _bare(text: str) -> str:
    """The text as a model would read it: what has no shape is a letter to it too."""
    plain = (chr(ord(sign) - 0xE0000) if 0xE0000 < ord(sign) < 0xE0080 else sign for sign in text)
    return "".join(plain).replace(" ", "")


def _told(text: str) -> bool:
    """Whether the order can be made out of the text, in any of its forms."""
    carried = bytes(ord(sign) - 0xE0100 for sign in text if 0xE0100 <= ord(sign) < 0xE01F0)
    forms = (hidden.ORDER, hidden.LATIN.replace(" ", ""))
    return any(form in _bare(text) for form in forms) or hidden.LATIN.encode() in carried


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_kept_out_and_counted(case: Hidden) -> None:
    found = _read(case.name, case.make())
    assert found.flagged.get(case.kind, 0) >= 1
    # What merely stood between the letters of shown words is gone; the words were always to be seen.
    if case.kind not in ("zero_width", "bidi") or "variants" in case.name:
        assert not _told(found.text)
    assert all(sign not in found.text for sign in "\u200b\u2060\u202e")
    assert hidden.SHOWN in found.text or "open on weekdays" in found.text


GUARDED = [case for case in CASES if case.guard]


@pytest.mark.parametrize("case", GUARDED, ids=[case.label for case in GUARDED])
def test_without_its_guard_it_would_be_read(case: Hidden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case.guard, case.without)
    found = _read(case.name, case.make())
    assert case.kind not in found.flagged
    assert _told(found.text) or any(sign in found.text for sign in "\u200b\u2060\u202e")


def test_every_kind_has_a_case() -> None:
    assert {case.kind for case in CASES} == set(KINDS)


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_shown_stays(name: str) -> None:
    found = _read(name, PLAIN[name]())
    assert _told(found.text)
    assert not found.flagged


def test_emoji_and_variants_of_letters_stay_as_they_are() -> None:
    assert "👨‍👩‍👧と葛󠄀城さん" in _read("family.md", PLAIN["family.md"]()).text
