"""Markdown of a kata as HTML. A kata comes from strangers, so what is not known is taken out."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from yuimaru.interfaces.look.preferences import EASY

TAGS = {
    "h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "br", "hr", "blockquote", "a", "code",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def to_html(markdown: str, lang: str) -> SafeString:
    """Markdown as clean HTML; tables scroll in a frame of their own."""
    clean = nh3.clean(
        _markdown(lang).render(markdown),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "mailto", "tel"},
        link_rel="noopener",
    )
    label = _("Table")
    frame = f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>'
    framed = clean.replace("<table>", frame).replace("</table>", "</table></div>")
    return mark_safe(framed)  # noqa: S308 — cleaned by nh3 above


def _markdown(lang: str) -> MarkdownIt:
    """A line end is a space in English, nothing in Japanese, and a new line in easy Japanese."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    line_end = {"en": "\n", EASY: "<br>\n"}.get(lang, "")
    parser.add_render_rule("softbreak", lambda *_parts: line_end)
    return parser
