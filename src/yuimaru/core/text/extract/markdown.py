"""Markdown (CommonMark with tables), read from the parser's tokens."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from yuimaru.core.text.extract.plain import decode, unwrapped
from yuimaru.core.text.extract.result import Extracted
from yuimaru.core.text.extract.writing import Writing

MEDIA_TYPE = "text/markdown"


def read(content: bytes, name: str) -> Extracted:
    """Read a Markdown file; its title is its first heading, else its name."""
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    written = Writing()
    _Reading(written).read(parser.parse(decode(content)))
    return written.finish(written.first_heading or name, MEDIA_TYPE)


class _Reading:
    """Walks the tokens once, holding the lists and the table that are open."""

    def __init__(self, written: Writing) -> None:
        self._written = written
        self._lists: list[int | None] = []  # the next number of each open list, None for bullets
        self._mark: str | None = None  # the mark of the entry whose first line is still to come
        self._rows: list[list[str]] = []

    def read(self, tokens: Sequence[Token]) -> None:
        for token, before in zip(tokens, [None, *tokens], strict=False):
            match token.type:
                case "bullet_list_open":
                    self._lists.append(None)
                case "ordered_list_open":
                    self._lists.append(int(token.attrGet("start") or 1))
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                case "list_item_open":
                    self._mark = self._next_mark()
                case "table_open":
                    self._rows = []
                case "tr_open":
                    self._rows.append([])
                case "table_close":
                    self._written.table(self._rows, header=True)
                case "inline" if before is not None:
                    self._inline(_words(token.children or ()), before)
                case "fence" | "code_block":
                    self._written.paragraph(token.content)

    def _inline(self, text: str, opener: Token) -> None:
        if opener.type == "heading_open":
            self._written.heading(int(opener.tag[1:]), text)
        elif opener.type in ("th_open", "td_open"):
            self._rows[-1].append(text)
        elif self._lists and self._mark is not None:
            self._written.list_item(text, mark=self._mark, depth=len(self._lists) - 1)
            self._mark = None
        else:
            self._written.paragraph(text)

    def _next_mark(self) -> str:
        number = self._lists[-1]
        if number is None:
            return "・"
        self._lists[-1] = number + 1
        return f"{number}. "


def _words(children: Sequence[Token]) -> str:
    """Give the text of an inline run: wrapped lines are joined, short lines and hard breaks stay."""
    lines, parts = [], [""]
    for child in children:
        if child.type in ("text", "code_inline", "image"):
            parts[-1] += child.content
        elif child.type == "softbreak":
            parts.append("")
        elif child.type == "hardbreak" or child.content.lower().startswith("<br"):
            lines.extend(unwrapped(parts))
            parts = [""]
    return "\n".join([*lines, *unwrapped(parts)])
