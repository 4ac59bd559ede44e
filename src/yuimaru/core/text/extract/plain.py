"""Plain text: bytes to letters, wrapped lines joined again, headings, lists and columns by their signs."""

import re
import unicodedata
from collections.abc import Sequence

import charset_normalizer

from yuimaru.core.text.extract import articles, jis
from yuimaru.core.text.extract.result import Extracted, Refusal
from yuimaru.core.text.extract.writing import Writing, joined

MEDIA_TYPE = "text/plain"
CHAPTER = re.compile(r"第[0-9０-９一二三四五六七八九十百]+[編章節](?=[ 　]|$)")
SIGNED = re.compile(r"[■◆□◇▼]|【[^】]+】$")
NUMBERED = re.compile(r"([0-9０-９]{1,2}([.．、)）]|[ 　])|[(（][0-9０-９]{1,2}[)）]|[①-⑳])[ 　]*(?=\S)")
BULLET = re.compile(r"[・•●○*\-][ 　]*(?=[^\s\-*=])")
_ENCODINGS = ["cp932", "euc_jp"]
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SHIFTED = b"\x1b$"  # ISO-2022-JP is seven bits wide and would pass for UTF-8
_RULE = re.compile(r"[=＝\-─━―*＊_＿]{3,}")
_UNTITLED = "-" * 3  # a rule is never shown, and what follows it is no longer the first line
_COLUMN_GAP = re.compile(r"[ 　]{2,}")
_SENTENCE_END = "。．！？!?：:"
_HEADING_LIMIT = 32  # characters
_WIDEST_WRAP = 120  # columns; wider lines are whole paragraphs, not wrapped ones


def decode(content: bytes) -> str:
    """Turn bytes into letters; Japanese encodings are tried when it is not UTF-8. Raises Refusal."""
    encoding = next((name for mark, name in _BOMS.items() if content.startswith(mark)), "utf-8")
    if _SHIFTED in content:
        encoding = "iso2022_jp"
    try:
        return jis.decode(content, encoding)
    except UnicodeDecodeError:
        found = charset_normalizer.from_bytes(content, cp_isolation=_ENCODINGS).best()
    if found is not None:
        return str(found)
    try:
        return jis.decode(content, "euc_jp")
    except UnicodeDecodeError:
        raise Refusal("unknown_encoding") from None


def read(content: bytes, name: str) -> Extracted:
    """Read a plain text file; its title is its first heading, else its name."""
    written = Writing()
    write(written, decode(content), is_titled=True)
    return written.finish(written.first_heading or name, MEDIA_TYPE)


def write(written: Writing, text: str, *, is_titled: bool = False) -> None:
    """Write a text part by part; its first line may be its title."""
    lines = unwrapped([line.rstrip() for line in text.splitlines()])
    if not is_titled:
        lines.insert(0, _UNTITLED)
    held: list[str] = []
    for number, line in enumerate(lines):
        if line and not _RULE.fullmatch(line) and not _stands_alone(lines, number):
            if held and _cells(held[-1]) != _cells(line):
                _write(written, held)
            held.append(line)
            continue
        _write(written, held)
        if level := heading_level(lines, number):
            written.heading(level, line.strip("■◆□◇▼【】 　"))
        elif articles.begins(line) or articles.CAPTION.fullmatch(line):
            written.paragraph(line)
        elif line and not _RULE.fullmatch(line):
            list_line(written, line)
    _write(written, held)


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Join lines that were broken at a fixed width back into whole ones; blank lines stay as they are."""
    widths = [_columns(line) for line in lines]
    full = max(widths, default=0) * 0.85
    wraps = max(widths, default=0) <= _WIDEST_WRAP
    whole: list[str] = []
    goes_on, entry_indent = False, 0
    for line, width in zip(lines, widths, strict=True):
        text = line.strip()
        hangs = 0 < entry_indent <= width - _columns(line.lstrip()) and _cells(text) == 1
        if text and not starts_something(text) and (goes_on or hangs):
            whole[-1] = joined([whole[-1], text])
        else:
            whole.append(text)
            # A paragraph under a numbered heading is set in by one letter: an entry's next line by more.
            entry_indent = 1 if BULLET.match(text) else 3 if NUMBERED.match(text) else 0
        goes_on = wraps and bool(text) and width >= full and text[-1] not in _SENTENCE_END
    return whole


def starts_something(text: str) -> bool:
    """Tell whether a line begins a heading or an entry of a list by its sign."""
    return articles.begins(text) or any(
        sign.match(text) for sign in (CHAPTER, SIGNED, NUMBERED, BULLET, _RULE)
    )


def list_line(written: Writing, line: str, page: int | None = None) -> None:
    """Write a line that begins with the mark of a list."""
    numbered = NUMBERED.match(line)
    mark = numbered or BULLET.match(line)
    text = line[mark.end() :] if mark else line
    written.list_item(text, mark=numbered[0] if numbered else "・", page=page)


def heading_level(lines: Sequence[str], number: int) -> int | None:
    """Tell a heading among whole lines: the first, an underlined one, a signed one, or a lone number."""
    line = lines[number]
    if not line or len(line) > _HEADING_LIMIT or line[-1] in _SENTENCE_END or _RULE.fullmatch(line):
        return None
    following = lines[number + 1] if number + 1 < len(lines) else ""
    if not any(lines[:number]):
        return 1
    if _RULE.fullmatch(following) or CHAPTER.match(line) or SIGNED.match(line):
        return 2
    if NUMBERED.match(line):
        neighbours = (lines[number - 1], next((held for held in lines[number + 1 :] if held), ""))
        return None if _numbering(line) in map(_numbering, neighbours) else 2
    return None


def _numbering(line: str) -> str:
    """Give the shape of a line's number, 「(0)」 for 「(12) 」; entries of one list share it."""
    found = NUMBERED.match(line)
    return re.sub(r"[0-9０-９]+|[①-⑳]", "0", found[0].strip(" ")) if found else ""


def _stands_alone(lines: Sequence[str], number: int) -> bool:
    if articles.begins(lines[number], lines[number + 1] if number + 1 < len(lines) else ""):
        return True
    listed = NUMBERED.match(lines[number]) or BULLET.match(lines[number])
    return bool(listed or heading_level(lines, number))


def _write(written: Writing, lines: list[str]) -> None:
    """Write gathered lines as a paragraph, or as a table when they are set in columns."""
    if len(lines) > 1 and _cells(lines[0]) > 1:
        written.table([_COLUMN_GAP.split(line) for line in lines])
    else:
        written.paragraph("\n".join(lines))
    lines.clear()


def _cells(line: str) -> int:
    return len(_COLUMN_GAP.split(line))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
