"""The guidance of a kata: its heading, and the rest as HTML for a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from yuimaru.interfaces.look.markdown import to_html


@dataclass(frozen=True)
class Guidance:
    """A text with its own heading, and the rest as HTML below an h1."""

    heading: str
    html: SafeString


def render(markdown: str, lang: str) -> Guidance:
    """The first line `# …` is the heading."""
    first, _newline, rest = markdown.lstrip().partition("\n")
    heading, body = (first[2:].strip(), rest) if first.startswith("# ") else ("", markdown)
    return Guidance(heading, to_html(body, lang))
