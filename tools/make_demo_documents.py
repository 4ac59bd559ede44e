"""Builds the PDF and Word files of the demo towns from their sources (Typst and a Noto CJK font needed).

Run `python tools/make_demo_documents.py`; the result is the same byte for byte until a source changes.
"""

import io
import json
import zipfile
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import typst
import yaml
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

DOCUMENTS = Path(__file__).parents[1] / "src/yuimaru/demo/documents"
SOURCES = DOCUMENTS / "sources"
TOWNS = {
    "990019": ("青海市", "#0017c1"),
    "990027": ("みどり野町", "#115a36"),
    "990035": ("月浜村", "#006f83"),
}
FONT = "Yu Gothic"
TEXT_WIDTH = Mm(160)
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list or table; only the fields of its kind are filled."""

    kind: Literal["heading", "paragraph", "bullets", "numbers", "table"]
    text: str = ""
    level: int = 0
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Publication:
    """What a source says and who published it when."""

    title: str
    town: str
    section: str
    colour: str
    revised: date
    blocks: tuple[Block, ...]

    @property
    def publisher(self) -> str:
        """Town and section, as the author of the file."""
        return f"{self.town} {self.section}"


def read_blocks(source: str) -> tuple[Block, ...]:
    """Parses the plain subset of Markdown that the sources use: headings, paragraphs, flat lists, tables."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(source))
    return tuple(_block(node) for node in tree.children)


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            return Block("heading", text=_text(node), level=int(node.tag[1]))
        case "paragraph":
            return Block("paragraph", lines=tuple(_text(node).split("\n")))
        case "bullet_list":
            return Block("bullets", lines=tuple(_text(item) for item in node.children))
        case "ordered_list":
            return Block("numbers", lines=tuple(_text(item) for item in node.children))
        case "table":
            rows = (row for part in node.children for row in part.children)
            return Block("table", rows=tuple(tuple(_text(cell) for cell in row.children) for row in rows))
    raise ValueError(f"line {node.map}: {node.type} has no place in a source")


def _text(node: SyntaxTreeNode) -> str:
    return "\n".join(part.content for part in node.walk() if part.type == "inline")


def to_pdf(publication: Publication) -> bytes:
    """Sets the publication as tagged A4 PDF (PDF/UA-1) with its Japanese font embedded as a subset."""
    revised = publication.revised
    document = asdict(publication) | {
        "publisher": publication.publisher,
        "revised": {"year": revised.year, "month": revised.month, "day": revised.day},
    }
    pdf: bytes = typst.compile(
        SOURCES / "document.typ",
        format="pdf",
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=_midnight(revised),
    )
    return pdf


def to_docx(publication: Publication) -> bytes:
    """Writes the publication as a Word file with real headings, lists and tables."""
    word = Document()
    _set_up_page(word, publication)
    for block in publication.blocks:
        _add(word, block)
    packed = io.BytesIO()
    word.save(packed)
    return _same_bytes(packed)


def _set_up_page(word: Any, publication: Publication) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = (section.page_width - TEXT_WIDTH) // 2
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet", "List Number"):
        _use_japanese_font(word.styles[name])
    word.styles["Normal"].font.size = Pt(10.5)
    word.styles["Title"].font.size = Pt(18)
    for name in ("Title", "Heading 1", "Heading 2"):
        word.styles[name].font.color.rgb = RGBColor.from_string(publication.colour[1:].upper())
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "ja-JP")
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _append(footer._p, "w:fldSimple", instr="PAGE")
    about = word.core_properties
    about.title, about.author, about.language = publication.title, publication.publisher, "ja-JP"
    about.comments, about.last_modified_by = "", publication.publisher
    about.created = about.modified = _midnight(publication.revised)


def _use_japanese_font(style: Any) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _add(word: Any, block: Block) -> None:
    match block.kind:
        case "heading":
            word.add_heading(block.text, level=block.level - 1)
        case "paragraph":
            word.add_paragraph("\n".join(block.lines))
        case "bullets":
            for line in block.lines:
                word.add_paragraph(line, style="List Bullet")
        case "numbers":
            _add_numbers(word, block.lines)
        case "table":
            _add_table(word, block.rows)


def _add_numbers(word: Any, lines: tuple[str, ...]) -> None:
    """Every list has a numbering of its own, else Word would go on counting from the list before."""
    numbering = word.part.numbering_part.element
    style = word.styles["List Number"].element.pPr.numPr.numId.val
    own = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
    own.add_lvlOverride(ilvl=0).add_startOverride(1)
    for line in lines:
        properties = word.add_paragraph(line, style="List Number")._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = own.numId


def _add_table(word: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    table = word.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    lengths = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
    for column, length in zip(table.columns, lengths, strict=True):
        column.width = TEXT_WIDTH * length // sum(lengths)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    _append(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")
    word.add_paragraph()


def _append(parent: Any, tag: str, **attributes: str) -> None:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)


def _same_bytes(packed: io.BytesIO) -> bytes:
    """Packs the archive again without the time of day."""
    result = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ZIP_TIME), old.read(name), zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def build() -> None:
    """Builds every PDF and Word file that the manifest names."""
    writers = {".pdf": to_pdf, ".docx": to_docx}
    manifest = yaml.safe_load((DOCUMENTS / "manifest.yaml").read_text(encoding="utf-8"))
    for code, (town, colour) in TOWNS.items():
        for entry in manifest[code]:
            target = DOCUMENTS / code / entry["file"]
            if target.suffix not in writers:
                continue
            source = (SOURCES / code / target.name).with_suffix(".md").read_text("utf-8")
            publication = Publication(
                entry["title"], town, entry["section"], colour, entry["valid_from"], read_blocks(source)
            )
            target.write_bytes(writers[target.suffix](publication))
            print(f"{code}/{target.name}  {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    build()
