"""Scanned PDFs: read where Tesseract is installed and marked as such, refused in words where it is not."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from tests.hostile import hidden

import yuimaru.demo
from yuimaru.core.text.extract import Extracted, Refused, Source, extract, program
from yuimaru.core.text.extract.reading import read
from yuimaru.core.text.extract.recognition import rows

DEMO = Path(yuimaru.demo.__path__[0]) / "documents"
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def scanned(source: bytes) -> bytes:
    """The first page of a PDF as a copier would give it: one picture."""
    page = pypdfium2.PdfDocument(source)[0]
    made = pypdfium2.PdfDocument.new()
    picture = pypdfium2.PdfImage.new(made)
    picture.set_bitmap(page.render(scale=200 / 72, grayscale=True))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(page.get_width(), page.get_height()))
    paper = made.new_page(page.get_width(), page.get_height())
    paper.insert_obj(picture)
    paper.gen_content()
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def test_a_scan_is_read_by_the_program_or_refused_in_words() -> None:
    content = scanned((DEMO / "990019/sodaigomi.pdf").read_bytes())
    (found,) = extract([Source("scan.pdf", content)])
    if program.is_installed():
        assert isinstance(found, Extracted)
        assert found.machine_read
        assert "粗大ごみ" in found.text
        assert {block.page for block in found.blocks} == {1}
    else:
        assert isinstance(found, Refused)
        assert found.code == "no_text"
        assert found.message_ja.startswith("文字のないPDF")
        assert "tesseract-ocr-jpn" in found.message_ja


def test_a_blank_page_is_refused_either_way() -> None:
    made = pypdfium2.PdfDocument.new()
    made.new_page(595, 842)
    written = io.BytesIO()
    made.save(written)
    (found,) = extract([Source("blank.pdf", written.getvalue())])
    assert isinstance(found, Refused)
    assert found.code == "no_text"


def test_words_of_a_line_are_joined_and_what_is_unsure_is_left_out() -> None:
    table = HEAD + "".join(
        f"5\t1\t1\t1\t{line}\t{word}\t{left}\t{top}\t{width}\t{height}\t{conf}\t{text}\n"
        for line, word, left, top, width, height, conf, text in (
            (1, 1, 100, 100, 120, 40, 95.0, "粗大"),
            (1, 2, 225, 104, 110, 38, 91.5, "ごみ"),
            (2, 1, 100, 200, 120, 42, 88.0, "1点"),
            (2, 2, 230, 202, 60, 40, 12.0, "謎"),
        )
    )
    assert ["".join(piece.text for piece in row) for row in rows(table, 0.24)] == ["粗大ごみ", "1点"]
    sizes = {round(piece.size, 1) for row in rows(table, 0.24) for piece in row}
    assert len(sizes) == 1


def test_words_over_the_picture_of_a_copier_are_marked_too() -> None:
    pixel = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    )
    picture = pixel + b"/Length 1 >>\nstream\n\xe0\nendstream"
    note = b"<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] >>"
    unseen = "BT 3 Tr /F1 12 Tf 72 700 Td (Open on weekdays.) Tj ET"
    drawn = "q 595 0 0 842 0 0 cm /I1 Do Q " + unseen
    found, _ = read(Source("copy.pdf", hidden.one_page(drawn, note, picture)))
    assert isinstance(found, Extracted)
    assert (found.text, found.machine_read, found.flagged) == ("Open on weekdays.\n", True, {})
