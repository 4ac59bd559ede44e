"""Scanned PDFs: pages drawn and read by Tesseract where it is installed, in the limited process."""

from __future__ import annotations

import csv
import io
import statistics
import subprocess
from collections.abc import Iterable, Iterator
from itertools import groupby

import pypdfium2

from yuimaru.core.text.extract import layout, pdf, program
from yuimaru.core.text.extract.layout import Letter, Row
from yuimaru.core.text.extract.result import Extracted, Refusal
from yuimaru.core.text.extract.writing import Writing

MOST_PAGES = 60
_DPI = 300
_LONGEST_SIDE = 4_000  # pixels
_PAGE_SECONDS = 90
_SUREST, _LEAST = 100.0, 30.0  # how sure the program is of a word, in percent
_LIKE_BODY = 0.35  # letters that differ less from the page's usual height are as high; a scan is never exact


def read(content: bytes, name: str) -> Extracted:
    """Read the pages of a PDF as pictures; its text is marked as read by a machine. Raises Refusal."""
    document = pypdfium2.PdfDocument(content)
    if len(document) > MOST_PAGES:
        raise Refusal("too_complex")
    pages = [rows(_recognised(*_picture(page)), page.get_height() / _height(page)) for page in document]
    if not any(pages):
        raise Refusal("no_text")
    written = Writing()
    written.machine_read = True
    pdf.write(written, pages)
    return written.finish(written.first_heading or name, pdf.MEDIA_TYPE)


def _scale(page: pypdfium2.PdfPage) -> float:
    return float(min(_DPI / 72, _LONGEST_SIDE / max(page.get_width(), page.get_height())))


def _height(page: pypdfium2.PdfPage) -> float:
    return float(page.get_height() * _scale(page))


def _picture(page: pypdfium2.PdfPage) -> tuple[bytes, int]:
    """The page in shades of grey as a PGM file, and its dots in an inch."""
    bitmap = page.render(scale=_scale(page), grayscale=True)
    lines = bytes(bitmap.buffer)
    rows_ = b"".join(
        lines[place * bitmap.stride : place * bitmap.stride + bitmap.width] for place in range(bitmap.height)
    )
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows_, int(_scale(page) * 72)


def _recognised(picture: bytes, dpi: int) -> str:
    """What the program sees on a picture, as its table of words; raises Refusal when it fails or takes too long."""
    command = [program.NAME, "stdin", "stdout", "-l", program.LANGUAGE, "--dpi", str(dpi), "tsv"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, check=True, timeout=_PAGE_SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        raise Refusal("too_complex") from error
    return done.stdout.decode("utf-8", "replace")


def rows(table: str, points: float) -> list[Row]:
    """The lines of a page from the program's table of words; `points` is the size of a pixel."""
    words = [
        entry
        for entry in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
        if (entry["text"] or "").strip() and _LEAST <= float(entry["conf"]) <= _SUREST
    ]
    heights = [int(entry["height"]) for entry in words for _ in entry["text"]]
    usual = statistics.median(heights) if heights else 0.0
    return layout.rows(_letters(words, usual, points))


def _letters(words: Iterable[dict[str, str]], usual: float, points: float) -> Iterator[Letter]:
    """Each word as letters side by side, on the common base of its line."""
    lines = groupby(words, key=lambda entry: (entry["block_num"], entry["par_num"], entry["line_num"]))
    for number, (_, line) in enumerate(lines):
        entries = list(line)
        tops = [int(entry["top"]) for entry in entries]
        ends = [int(entry["top"]) + int(entry["height"]) for entry in entries]
        high = statistics.median(end - top for end, top in zip(ends, tops, strict=True))
        size = usual if abs(high - usual) < _LIKE_BODY * usual else high
        base, head = -max(ends) * points, -min(tops) * points
        for entry in entries:
            text, left = entry["text"].strip(), int(entry["left"])
            wide = int(entry["width"]) / len(text)
            for place, sign in enumerate(text):
                yield Letter(
                    sign,
                    (left + wide * place) * points,
                    (left + wide * (place + 1)) * points,
                    base,
                    head,
                    size * points,
                    bold=False,
                    stretch=number,
                )
