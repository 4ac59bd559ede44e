"""Nasty Office packages: bombs, entities, passwords, macros, and parts that lie about each other."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from tests.core.text import nasty, office
from tests.hostile.case import Case
from yuimaru.core.files.dangers import EICAR

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ははははははははははは">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><d>&i;</d>"
).encode()
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
FROM_AFAR = b'<?xml version="1.0"?><!DOCTYPE d SYSTEM "http://192.0.2.1/evil.dtd"><d/>'
TYPES = "[Content_Types].xml"


def changed(package: bytes, part: str, held: bytes | Callable[[bytes], bytes], *, last: bool = True) -> bytes:
    """The package with one part replaced, added, or passed through a function."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as before,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
        old = before.read(part) if part in before.namelist() else b""
        after.writestr(part, held(old) if callable(held) else held)
    return written.getvalue()


def _raw(package: bytes, old: bytes, new: bytes, count: int = -1) -> bytes:
    assert old in package
    assert len(old) == len(new)
    return package.replace(old, new, count)


def overlapping() -> bytes:
    """Two names in the directory for the same bytes."""
    package = changed(nasty.docx(), "zzzz1.xml", b"<a/>")
    package = changed(package, "zzzz2.xml", b"<a/>")
    directory = package.index(b"PK\x01\x02")
    first, second = (package.index(f"zzzz{n}.xml".encode(), directory) - 46 for n in (1, 2))
    offset = package[first + 42 : first + 46]
    return package[: second + 42] + offset + package[second + 46 :]


def twice() -> bytes:
    """One name for two contents."""
    return changed(nasty.docx(), "word/documenu.xml", b"<a/>").replace(
        b"word/documenu.xml", b"word/document.xml"
    )


def lying() -> bytes:
    """A part of 9 MB whose directory says 9 bytes."""
    package = changed(nasty.docx(), "word/media/a.bin", bytes(9_000_000))
    return package.replace(struct.pack("<I", 9_000_000), struct.pack("<I", 9))


def crowded() -> bytes:
    """Eleven thousand empty parts."""
    written = io.BytesIO(nasty.docx())
    with zipfile.ZipFile(written, "a") as package:
        for number in range(11_000):
            package.writestr(f"customXml/{number}.xml", b"")
    return written.getvalue()


def nested() -> bytes:
    """A bomb inside an embedded archive, which only the reader of the document would open."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(2):
            package.writestr(f"{number}.bin", bytes(80_000_000))
    return changed(nasty.docx(), "word/embeddings/bomb.zip", bomb.getvalue())


def heavy() -> bytes:
    """A body below the limit for bytes whose tree would need gigabytes."""
    body = b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 2_500_000
    return changed(
        nasty.docx(), "word/document.xml", lambda old: old.replace(b"<w:sectPr", body + b"<w:sectPr", 1)
    )


def deep() -> bytes:
    """Ten thousand elements within each other."""
    inside = b"<w:tbl><w:tr><w:tc>" * 10_000 + b"</w:tc></w:tr></w:tbl>" * 10_000
    return changed(
        nasty.docx(), "word/document.xml", lambda old: old.replace(b"<w:sectPr", inside + b"<w:sectPr", 1)
    )


def locked_parts() -> bytes:
    """Parts that say they are encrypted."""
    package = bytearray(nasty.docx())
    place = package.index(b"PK\x01\x02")
    package[place + 8] |= 1
    return bytes(package)


def strange_method() -> bytes:
    """A compression that nobody knows."""
    package = bytearray(nasty.docx())
    place = package.index(b"PK\x01\x02")
    package[place + 10 : place + 12] = struct.pack("<H", 99)
    return bytes(package)


def _macro(package: bytes, kind: str) -> bytes:
    types = (
        b'<Override PartName="/x/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    told = changed(package, TYPES, lambda old: old.replace(b"</Types>", types))
    return changed(told, f"{kind}/vbaProject.bin", b"\xcc\x61" + bytes(64))


def _sheet(change: Callable[[bytes], bytes]) -> bytes:
    return changed(office.workbook(), "xl/worksheets/sheet1.xml", change)


def far_cell() -> bytes:
    """A sheet that says it is as large as a sheet can be, with one cell in its last corner."""
    corner = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return _sheet(
        lambda old: old.replace(b"</sheetData>", corner).replace(b'ref="A1:F10"', b'ref="A1:XFD1048576"')
    )


def joined_cells() -> bytes:
    """Ten thousand merged ranges over the whole sheet."""
    ranges = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % number for number in range(1, 10_000))
    return _sheet(lambda old: old.replace(b"</mergeCells>", ranges + b"</mergeCells>"))


UTF16 = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY x "y">]><d/>'.encode("utf-16")
UTF7 = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE d +AFsAXQA+-<d/>'
EBCDIC = '<?xml version="1.0" encoding="cp037"?><!DOCTYPE d [<!ENTITY x "y">]><d/>'.encode("cp037")


def _docx(part: str, held: bytes) -> Callable[[], bytes]:
    return lambda: changed(nasty.docx(), part, held)


def _xlsx(part: str, held: bytes) -> Callable[[], bytes]:
    return lambda: changed(office.workbook(), part, held)


def _pptx(part: str, held: bytes) -> Callable[[], bytes]:
    return lambda: changed(office.slides(), part, held)


def _half(make: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: (whole := make())[: len(whole) // 2]


CASES = [
    Case("swelling.docx", nasty.docx_that_swells, "too_large", "docx of 200 KB that unpacks to 160 MB"),
    Case("swelling.xlsx", _xlsx("xl/media/a.bin", bytes(160_000_000)), "too_large"),
    Case("swelling.pptx", _pptx("ppt/media/a.bin", bytes(160_000_000)), "too_large"),
    Case("one-part.xlsx", _xlsx("xl/worksheets/sheet1.xml", b" " * 110_000_000), "too_large"),
    Case("nested.docx", nested, "too_large", "a bomb inside an embedded archive"),
    Case("crowded.docx", crowded, "too_large", "11,000 parts"),
    Case("overlapping.docx", overlapping, "suspicious", "two parts in the same bytes"),
    Case("twice.docx", twice, "suspicious", "one name twice"),
    Case(
        "slip.docx", _docx("../../etc/cron.d/x", b"x"), "suspicious", "a part that leads out of the package"
    ),
    Case("lying.docx", lying, "broken", "a part larger than it says"),
    Case("heavy.docx", heavy, "too_complex", "a tree of gigabytes"),
    Case("deep.docx", deep, "broken", "30,000 levels of XML"),
    Case("method.docx", strange_method, "broken", "unknown compression"),
    Case("xxe.docx", nasty.docx_of_declarations, "suspicious"),
    Case("laughs.docx", _docx("word/document.xml", LAUGHS), "suspicious", "billion laughs in docx"),
    Case("afar.docx", _docx("word/styles.xml", FROM_AFAR), "suspicious", "DTD from another host"),
    Case("utf16.docx", _docx("word/document.xml", UTF16), "suspicious", "entity in UTF-16"),
    Case("utf7.docx", _docx("word/document.xml", UTF7), "suspicious", "entity in UTF-7"),
    Case("ebcdic.docx", _docx("word/document.xml", EBCDIC), "suspicious", "entity in EBCDIC"),
    Case(
        "rels.docx", _docx("word/_rels/document.xml.rels", OUTSIDE), "suspicious", "entity in relationships"
    ),
    Case("unnamed.docx", _docx("customXml/item1.bin", OUTSIDE), "suspicious", "XML that is not named so"),
    Case("strings.xlsx", _xlsx("xl/sharedStrings.xml", OUTSIDE), "suspicious", "entity in shared strings"),
    Case("laughs.xlsx", _xlsx("xl/workbook.xml", LAUGHS), "suspicious", "billion laughs in xlsx"),
    Case("slide.pptx", _pptx("ppt/slides/slide1.xml", OUTSIDE), "suspicious", "entity in a slide"),
    Case("laughs.pptx", _pptx("ppt/presentation.xml", LAUGHS), "suspicious", "billion laughs in pptx"),
    Case("types.pptx", _pptx(TYPES, LAUGHS), "suspicious", "billion laughs in content types"),
    Case("locked.docx", nasty.encrypted_office, "encrypted"),
    Case("locked.xlsx", nasty.encrypted_office, "encrypted"),
    Case("locked.pptx", nasty.encrypted_office, "encrypted"),
    Case("locked-parts.docx", locked_parts, "encrypted", "encrypted parts"),
    Case("macro.docx", lambda: _macro(nasty.docx(), "word"), "macro", "docm named docx"),
    Case("macro.xlsx", lambda: _macro(office.workbook(), "xl"), "macro", "xlsm named xlsx"),
    Case("macro.pptx", lambda: _macro(office.slides(), "ppt"), "macro", "pptm named pptx"),
    Case("quiet.docx", _docx("word/vbaProject.bin", b"\xcc\x61"), "macro", "macro that no type tells of"),
    Case("report.docm", nasty.docx, "macro"),
    Case("sums.xlsm", office.workbook, "macro"),
    Case("eicar.docx", _docx("word/media/a.txt", EICAR), "suspicious", "scanner test inside a package"),
    Case("half.docx", _half(nasty.docx), "broken"),
    Case("half.xlsx", _half(office.workbook), "broken"),
    Case("half.pptx", _half(office.slides), "broken"),
    Case("no-sheet.xlsx", _xlsx("xl/worksheets/sheet1.xml", b"<not xml"), "broken", "sheet that is no XML"),
    Case("no-slide.pptx", _pptx("ppt/slides/slide1.xml", b"<not xml"), "broken", "slide that is no XML"),
    Case("shell.xlsx", nasty.workbook, "broken", "workbook without content"),
    Case("far.xlsx", far_cell, None, "a cell in the last corner"),
    Case("joined.xlsx", joined_cells, None, "merged ranges over everything"),
]
