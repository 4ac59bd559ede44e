"""Files that must be read or refused: small ones of every kind, broken and dishonest ones among them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from docx import Document
from docx.oxml import OxmlElement

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pdf(text: str = "Garbage is collected on Monday.", *, extra_trailer: bytes = b"") -> bytes:
    """A PDF of one page with one line of Latin text."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode("ascii") if text else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = io.BytesIO(b"")
    body.write(b"%PDF-1.4\n")
    places = []
    for number, held in enumerate(objects, start=1):
        places.append(body.tell())
        body.write(b"%d 0 obj\n%s\nendobj\n" % (number, held))
    start = body.tell()
    body.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        body.write(b"%010d 00000 n \n" % place)
    body.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, extra_trailer))
    body.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return body.getvalue()


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password nobody knows."""
    key = b"<" + b"5a" * 32 + b">"
    encryption = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O %s /U %s >> /ID [%s %s]"
    return pdf(extra_trailer=encryption % (key, key, key, key))


def png(width: int = 2, height: int = 2) -> bytes:
    """A PNG that says it is so many pixels wide and high, with the data of a small one."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\x00" * 3 * 2)
    parts = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
        for kind, held in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """The head of a JPEG that says it is so many pixels wide and high."""
    frame = struct.pack(">HBHHB", 8 + 3, 8, height, width, 1) + b"\x01\x11\x00"
    thumbnail = b"\xff\xe1" + struct.pack(">H", 2 + 8) + b"Exif\xff\xc0\x00\x00"
    return b"\xff\xd8" + thumbnail + b"\xff\xc0" + frame + b"\xff\xd9"


def docx(*, deleted: str = "", hidden: str = "", ruby: str = "") -> bytes:
    """A Word document with headings, a list and a table; what is deleted or hidden must not be read."""
    document = Document()
    document.add_heading("国民健康保険のしおり", 0)
    document.add_heading("加入の届け出", 1)
    paragraph = document.add_paragraph("会社をやめた日から14日以内に届け出てください。")
    if deleted:
        removal = OxmlElement("w:del")
        run = OxmlElement("w:r")
        words = OxmlElement("w:delText")
        words.text = deleted
        run.append(words)
        removal.append(run)
        paragraph._p.append(removal)
    if hidden:
        paragraph.add_run(hidden).font.hidden = True
    if ruby:
        run = OxmlElement("w:r")
        holder, reading, base = (OxmlElement(f"w:{name}") for name in ("ruby", "rt", "rubyBase"))
        for part, words in ((reading, ruby), (base, "届出")):
            inner, text = OxmlElement("w:r"), OxmlElement("w:t")
            text.text = words
            inner.append(text)
            part.append(inner)
            holder.append(part)
        run.append(holder)
        paragraph._p.append(run)
    for entry in ("資格喪失証明書", "本人確認書類"):
        document.add_paragraph(entry, style="List Bullet")
    table = document.add_table(rows=0, cols=3)
    for cells in (
        ("区分", "割合", "備考"),
        ("70歳未満", "3割", "すべての方"),
        ("70歳以上", "2割", "所得による"),
    ):
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def docx_with(part: str, content: bytes) -> bytes:
    """A Word document one of whose parts has been replaced or added."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx())) as before,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
        after.writestr(part, content)
    return written.getvalue()


def docx_of_declarations() -> bytes:
    """A Word document whose text is an entity that reads a file."""
    return docx_with(
        "word/document.xml",
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>",
    )


def docx_that_swells() -> bytes:
    """A Word document of 200 KB that unpacks to 160 MB."""
    return docx_with("word/media/image1.bmp", bytes(160_000_000))


def encrypted_office() -> bytes:
    """What Office writes for a document with a password: a compound file with an encrypted package."""
    return OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def workbook() -> bytes:
    """An Excel workbook's outer shape."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    return written.getvalue()
