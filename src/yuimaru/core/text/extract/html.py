"""HTML pages: the main part of the page, without menus, scripts and what is not shown."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from yuimaru.core.text.extract import concealed, footnotes, jis, webpage
from yuimaru.core.text.extract.footnotes import Footnotes
from yuimaru.core.text.extract.plain import decode
from yuimaru.core.text.extract.result import Extracted, Refusal
from yuimaru.core.text.extract.writing import Writing, joined

MEDIA_TYPE = "text/html"
_SKIPPED = re.compile(
    "script|style|template|noscript|nav|header|footer|aside|form|iframe|svg|canvas|object|button|select|"
    "head|title|rt|rp|dialog|audio|video"
)
_BLOCKS = re.compile(
    "address|article|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|hr|html|"
    "li|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|h[1-6]"
)
_HEADING = re.compile(r"h[1-6]")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_ANSWERED_WITH = re.compile(rb"(?im)^content-type:[^\r\n]*charset=[\"']?([A-Za-z0-9_\-]+)")
_SITE_NAME = re.compile(r"\s*[|｜]\s*|\s+[-–—:：]\s+|\s*／\s*")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_SOURCE_BREAK = re.compile(r"[ \t\r\f]*\n\s*")
_ASKED = re.compile(r"^(?:Q|Ｑ|問)(?:[0-9０-９]+[.．:： 　]*|[.．:： 　]+)|(?<=[か？?])$")
_ANSWERED = re.compile(r"^(?:A|Ａ|答)(?:[0-9０-９]+[.．:： 　]*|[.．:： 　]+)")


def read(content: bytes, name: str) -> Extracted:
    """Read a page; its title is its first heading, else its <title>, else its name. Raises Refusal.

    No page of a town declares entities; one that does is written for parsers that read other files.
    """
    if _ENTITY.search(content):
        raise Refusal("suspicious")
    written = Writing()
    tree, root = write(written, _letters(content))
    return replace(
        written.finish(_title(tree, root, written) or name, MEDIA_TYPE), page=webpage.facts(tree, root)
    )


def write(written: Writing, letters: str) -> tuple[LexborHTMLParser, LexborNode | None]:
    """Write what a page shows in its main part; gives its tree and that part."""
    tree = LexborHTMLParser(letters)
    concealed.mark(tree, letters, written.flagged)
    root = webpage.main_part(tree)
    if root is not None:
        reading = _Reading(written, tree)
        reading.children(root)
        reading.flush()
    return tree, root


def _title(tree: LexborHTMLParser, root: LexborNode | None, written: Writing) -> str | None:
    """The page's first heading; where its main part has none of the first level, what its <title> begins with."""
    title = tree.css_first("title")
    named = _SITE_NAME.split(title.text(strip=True))[0].strip() if title is not None else ""
    if root is not None and root.css_first("h1") is not None:
        return written.first_heading or named
    return named or written.first_heading


def _letters(content: bytes) -> str:
    """Turn bytes into letters by the server's answer that some mirrors keep, by the page's own word, or by guess."""
    told = [_DECLARED.search(content[:4096])]
    if content.startswith(b"HTTP/"):
        answer, _, content = content.partition(b"\r\n\r\n")
        told.insert(0, _ANSWERED_WITH.search(answer))
    if not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        for declared in filter(None, told):
            try:
                return jis.decode(content, declared[1].decode("ascii"))
            except (UnicodeDecodeError, LookupError):
                continue
    return decode(content)


class _Reading:
    """Walks the page, gathering the words of a line until the next block begins."""

    def __init__(self, written: Writing, tree: LexborHTMLParser) -> None:
        self._written = written
        self._notes = Footnotes(tree)
        self._line: list[str] = []
        self._lists: list[int | None] = []

    def children(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            self._node(child)

    def flush(self) -> None:
        text = _line("".join(self._line))
        self._line.clear()
        self._written.paragraph(text)
        self._call(text)

    def _call(self, text: str) -> None:
        """Write the notes that a text calls, right behind it."""
        for number, note in self._notes.called(text):
            held = "".join(_raw(child) for child in note.iter(include_text=True))
            self._written.note(footnotes.bare(_line(held)), mark=footnotes.mark(str(number)))

    def _node(self, node: LexborNode) -> None:
        tag = (node.tag or "").lower()
        if tag in ("-text", "br") or footnotes.CALL in node.attributes:
            self._line.append(_raw(node))
        elif _is_left_out(tag, node):
            return
        elif not _BLOCKS.fullmatch(tag):
            self.children(node)
        else:
            self.flush()
            self._block(tag, node)
            self.flush()

    def _block(self, tag: str, node: LexborNode) -> None:
        if _HEADING.fullmatch(tag):
            self._written.heading(int(tag[1]), words(node))
        elif tag in ("ul", "ol"):
            self._lists.append(int(node.attributes.get("start") or 1) if tag == "ol" else None)
            self.children(node)
            self._lists.pop()
        elif tag == "li":
            self._entry(node)
        elif tag == "table":
            caption = node.css_first("caption")
            self._written.paragraph(words(caption) if caption is not None else "")
            rows, header = grid(node)
            self._written.table(rows, header=header)
            self._call("".join("".join(row) for row in rows))
        elif tag == "dl":
            self._definitions(node)
        elif tag == "details":
            self._disclosure(node)
        else:
            self.children(node)

    def _entry(self, node: LexborNode) -> None:
        mark = "・"
        if self._lists and (number := self._lists[-1]) is not None:
            mark, self._lists[-1] = f"{number}. ", number + 1
        nested = [child for child in node.iter() if (child.tag or "") in ("ul", "ol")]
        inner = [child for child in node.iter(include_text=True) if (child.tag or "") not in ("ul", "ol")]
        text = _line("".join(_raw(child) for child in inner))
        self._written.list_item(text, mark=mark, depth=max(0, len(self._lists) - 1))
        self._call(text)
        for child in nested:
            self._node(child)

    def _definitions(self, node: LexborNode) -> None:
        """Read term and description pairs; a term that asks makes them question and answer."""
        term = ""
        for child in node.css("dt, dd"):
            text = words(child)
            if child.tag == "dt":
                term = text
            else:
                self._pair(term, text)

    def _disclosure(self, node: LexborNode) -> None:
        summary = node.css_first("summary")
        term = words(summary) if summary is not None else ""
        if not _ASKED.search(term):
            self.children(node)
            return
        rest = "".join(_raw(child) for child in node.iter(include_text=True) if child.tag != "summary")
        self._pair(term, _line(rest))

    def _pair(self, term: str, text: str) -> None:
        if _ASKED.search(term):
            self._written.question(_ASKED.sub("", term, count=1), _ANSWERED.sub("", text))
        else:
            self._written.pair(term, text)
        self._call(text)


def grid(table: LexborNode) -> tuple[list[list[str]], bool | None]:
    """Give a table's cells with spans filled in, and whether its first row is a header (None: unknown)."""
    rows: list[list[str]] = []
    pending: dict[int, tuple[int, str]] = {}
    marks: list[list[bool]] = []
    for line in table.css("tr"):
        row: list[str] = []
        heads: list[bool] = []
        for cell in (child for child in line.iter() if (child.tag or "") in ("td", "th")):
            _carry(row, heads, pending)
            text = words(cell).replace("\n", " ")
            for _ in range(_span(cell, "colspan")):
                if (down := _span(cell, "rowspan")) > 1:
                    pending[len(row)] = (down - 1, text)
                row.append(text)
                heads.append(cell.tag == "th")
        _carry(row, heads, pending)
        rows.append(row)
        marks.append(heads)
    if marks and len(marks) > 1 and marks[0] and all(marks[0]):
        return rows, True
    return rows, False if any(heads and heads[0] for heads in marks) else None


def _carry(row: list[str], heads: list[bool], pending: dict[int, tuple[int, str]]) -> None:
    while held := pending.pop(len(row), None):
        left, text = held
        if left > 1:
            pending[len(row)] = (left - 1, text)
        row.append(text)
        heads.append(False)


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return min(max(int(value), 1), 50) if value.isdecimal() else 1


def words(node: LexborNode) -> str:
    """Give the shown words of a node as one text; only <br> and inner blocks break its lines."""
    return _line("".join(_raw(child) for child in node.iter(include_text=True)))


def _raw(node: LexborNode) -> str:
    tag = (node.tag or "").lower()
    if tag == "-text":
        return _SOURCE_BREAK.sub("\v", node.text_content or "")
    if tag == "br":
        return "\n"
    if tag == "a" and (number := node.attributes.get(footnotes.CALL)):
        return footnotes.mark(number)
    if _is_left_out(tag, node):
        return ""
    inner = "".join(_raw(child) for child in node.iter(include_text=True))
    return f"\n{inner}\n" if _BLOCKS.fullmatch(tag) else inner


def _is_left_out(tag: str, node: LexborNode) -> bool:
    marked = concealed.UNSEEN in node.attributes or footnotes.NOTE in node.attributes
    return marked or bool(_SKIPPED.fullmatch(tag)) or webpage.is_furniture(node)


def _line(text: str) -> str:
    """Join source lines (marked by a vertical tab) as Japanese is joined; real breaks stay."""
    return "\n".join(joined(line.split("\v")) for line in text.split("\n"))
