"""What the styles and templates promise: no outside request, nothing inline, colours by role, contrast, size."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from yuimaru import interfaces

ROOT = Path(interfaces.__file__).parent
STATIC = ROOT / "look" / "static" / "look"
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
COMPONENTS = ["components.css", "forms.css", "portal.css", "official.css", "flow.css"]
OF_SOME_PAGES = ["flow.css", "questions.css"]

INLINE = re.compile(r"<style|<script|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
OUTSIDE = re.compile(r"(?:href|src|action|url\()[\"'=(]*\s*(?:https?:)?//", re.IGNORECASE)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|--color-|\brgba?\(|\bhsla?\(", re.IGNORECASE)


@pytest.mark.parametrize("other", ["portal.css", "official.css"])
def test_the_styles_of_a_page_stay_under_sixty_kilobytes(other: str) -> None:
    """A page is one of residents or one of officials, never both; some have one more sheet of their own."""
    sizes = {path.name: path.stat().st_size for path in STATIC.rglob("*.css") if path.name != other}
    own = [sizes.pop(name) for name in OF_SOME_PAGES]
    assert sum(sizes.values()) + max(own) < 60_000


def test_no_page_has_two_sheets_of_its_own() -> None:
    named = [
        sum(f"look/{name}" in path.read_text(encoding="utf-8") for name in OF_SOME_PAGES)
        for path in TEMPLATES
    ]
    assert max(named) == 1


@pytest.mark.parametrize("name", COMPONENTS)
def test_components_take_colours_through_roles_only(name: str) -> None:
    assert COLOUR.findall((STATIC / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_are_fit_for_a_strict_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert INLINE.findall(text) == []
    assert OUTSIDE.findall(text) == []


def test_styles_ask_nobody_outside() -> None:
    for path in STATIC.rglob("*.css"):
        assert not re.search(r"@import|url\(", path.read_text(encoding="utf-8")), path.name


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([\w-]+)" %}', path.read_text(encoding="utf-8"))
    }
    assert named <= drawn


def test_the_key_colour_of_every_theme_is_readable() -> None:
    tokens = dict(
        re.findall(r"(--color-[\w-]+): (#[0-9a-f]{6})", (STATIC / "tokens" / "tokens.css").read_text())
    )
    pairs = re.findall(
        r"--key: light-dark\(var\((--[\w-]+)\), var\((--[\w-]+)\)\)", (STATIC / "base.css").read_text()
    )
    assert len(pairs) == 3
    for light, dark in pairs:
        assert _contrast(tokens[light], "#ffffff") >= 7
        assert _contrast(tokens[dark], "#1a1a1a") >= 7


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
