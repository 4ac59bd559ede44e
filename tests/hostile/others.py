"""Nasty files of every other kind: two formats at once, odd names, pages and lists that are built to hurt."""

from __future__ import annotations

import io
import os
import zipfile
import zlib

from tests.core.text import nasty, office
from tests.hostile.case import Case
from tests.hostile.packages import LAUGHS
from yuimaru.core.files.dangers import EICAR
from yuimaru.core.text.extract import LARGEST_FILE

PAGE = "<!DOCTYPE html><html><body><p>窓口は午前8時30分からです。</p></body></html>".encode()
NOTE = "# 題\n\n本文です。\n".encode()
EXE = b"MZ\x90\x00\x03" + bytes(200)


def archive() -> bytes:
    """A ZIP with one text."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("a.txt", "x")
    return written.getvalue()


def pdf_in_zip() -> bytes:
    """A ZIP whose first, stored part is a PDF, so that it is both."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("a.pdf", nasty.pdf())
        package.comment = b"%%EOF"
    return written.getvalue()


def pdf_objects(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    body = b"%PDF-1.7\n" + b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (n, held) for n, held in enumerate(objects, start=1)
    )
    return body + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n0\n%%%%EOF\n" % (len(objects) + 1, root)


def cyclic_pdf() -> bytes:
    """Pages that contain themselves."""
    return pdf_objects(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99 >>"
    )


def endless_pdf() -> bytes:
    """A PDF that says it has a thousand million pages."""
    return pdf_objects(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 1000000000 >>")


def swelling_pdf() -> bytes:
    """A page whose 100 KB of instructions unpack to 100 MB, twice over."""
    packed = zlib.compress(zlib.compress(b"BT ET " * 17_000_000))
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf_objects(b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, stream)


def svg(words: str = "") -> bytes:
    """A picture of XML with a script and, before it, what is given."""
    return f'{words}<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><text>x</text></svg>'.encode()


CASES = [
    Case("locked.pdf", nasty.encrypted_pdf, "encrypted"),
    Case("pdf+zip.pdf", lambda: nasty.pdf() + archive(), "suspicious", "PDF with a ZIP behind it"),
    Case("zip+pdf.pdf", pdf_in_zip, "suspicious", "ZIP that is a PDF"),
    Case(
        "page+pdf.pdf", lambda: b"<html><script>x</script>" + nasty.pdf(), "suspicious", "page that is a PDF"
    ),
    Case("exe+pdf.pdf", lambda: EXE + nasty.pdf(), "suspicious", "program that is a PDF"),
    Case("png+zip.md", lambda: nasty.png() + archive(), "suspicious", "picture with a ZIP behind it"),
    Case("text+zip.txt", lambda: NOTE + archive(), "suspicious", "text with a ZIP behind it"),
    Case("eicar.txt", lambda: EICAR, "suspicious", "scanner test"),
    Case("eicar.pdf", lambda: nasty.pdf(extra_trailer=EICAR), "suspicious", "scanner test in a PDF"),
    Case("page.pdf", lambda: PAGE, "mislabelled", "page named .pdf"),
    Case("note.pdf", lambda: NOTE, "mislabelled", "text named .pdf"),
    Case("word.pdf", nasty.docx, "mislabelled", "docx named .pdf"),
    Case("sheet.docx", office.workbook, "mislabelled", "xlsx named .docx"),
    Case("slides.xlsx", office.slides, "mislabelled", "pptx named .xlsx"),
    Case("really.docx", nasty.pdf, "mislabelled", "PDF named .docx"),
    Case("archive.docx", archive, "mislabelled", "ZIP named .docx"),
    Case("old.docx", lambda: nasty.OLE + bytes(600), "mislabelled", "old Word named .docx"),
    Case("rich.docx", lambda: rb"{\rtf1 x}", "mislabelled", "RTF named .docx"),
    Case("photo.txt", nasty.jpeg, "mislabelled", "photo named .txt"),
    Case("program.pdf", lambda: EXE, "broken", "program named .pdf"),
    Case("half.pdf", lambda: nasty.pdf()[:300], "broken", "half a PDF"),
    Case("cyclic.pdf", cyclic_pdf, "broken", "pages that contain themselves"),
    Case("endless.pdf", endless_pdf, "broken", "a thousand million pages"),
    Case("swelling.pdf", swelling_pdf, "no_text", "PDF stream that unpacks to 100 MB"),
    Case("large.txt", lambda: b"a" * (LARGEST_FILE + 1), "too_large", "more than 20 MB"),
    Case(
        "entity.html",
        lambda: b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x;",
        "suspicious",
    ),
    Case("laughs.html", lambda: LAUGHS, "suspicious", "billion laughs as a page"),
    Case(
        "entity-svg.html", lambda: svg("<!DOCTYPE svg [<!ENTITY x 'y'>]>"), "suspicious", "SVG with an entity"
    ),
    Case("drawing.html", svg, "empty", "SVG with a script named .html"),
    Case("drawing.svg", svg, "unsupported"),
    Case(
        "deep.html",
        lambda: b"<html><body>" + b"<div>" * 50_000 + b"x",
        "too_complex",
        "50,000 levels of HTML",
    ),
    Case(
        "comments.html", lambda: b"<!-- -->" * 5_000 + b"<p>x</p>", None, "comments that can be cut 2^n ways"
    ),
    Case("brackets.md", lambda: b"[" * 50_000 + b"x\n", None, "50,000 open brackets"),
    Case("quotes.md", lambda: b">" * 20_000 + b" x\n", "empty", "20,000 levels of quotation"),
    Case("stars.md", lambda: b"*a **b " * 10_000, None, "emphasis that never ends"),
    Case(
        "cell.csv",
        lambda: "質問,回答\n".encode() + b'"' + b"a" * 5_000_000,
        "broken",
        "a cell that never ends",
    ),
    Case("wide.csv", lambda: "質問,回答".encode() + b"," * 1_000_000 + b"\n", "empty", "a million columns"),
    Case("bytes.txt", lambda: bytes(range(256)) * 100, "mislabelled", "every byte there is"),
    Case("blank.md", lambda: b" \n\t\r\n", "empty"),
    Case("../../outside.md", lambda: NOTE, "bad_name"),
    Case("/etc/passwd.md", lambda: NOTE, "bad_name"),
    Case("nul\x00.md", lambda: NOTE, "bad_name"),
    Case("two\nlines.md", lambda: NOTE, "bad_name"),
    Case("gnp.\u202efdp.md", lambda: NOTE, "bad_name", "name that is written backwards"),
    Case(os.fsdecode("転入.md".encode("cp932")), lambda: NOTE, "bad_name", "name in cp932"),
    Case("あ" * 297 + ".md", lambda: NOTE, "bad_name", "name of 300 characters"),
    Case("no-ending", lambda: NOTE, "unsupported"),
    Case("program.exe", lambda: EXE, "unsupported"),
]
