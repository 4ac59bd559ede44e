"""Office documents that say something without showing it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from openpyxl.comments import Comment
from openpyxl.styles import Font
from pptx import Presentation
from pptx.dml import color
from pptx.util import Inches
from pptx.util import Pt as SlidePt

from tests.core.text import nasty, office
from tests.hostile.hidden import EXTRACT, ORDER, SHOWN, Hidden, everything, nothing
from tests.hostile.packages import changed
from yuimaru.core.text.extract import xlsx

SlideColour: Any = color.RGBColor  # which has no types
PIXEL = nasty.png(1, 1)
RUNS = f"{EXTRACT}.runs.Runs.hidden"
CELLS = f"{EXTRACT}.cells.Ink.shows"
INKS = f"{EXTRACT}.inks.Inks._concealing"


def word(change: Callable[[Any, Any], None]) -> Callable[[], bytes]:
    """A Word document that shows one sentence, with a run that `change` hides."""

    def make() -> bytes:
        document = Document()
        document.add_paragraph(SHOWN)
        run = document.add_paragraph().add_run(ORDER)
        change(document, run)
        return office.saved(document)

    return make


def book(change: Callable[[Any], None]) -> Callable[[], bytes]:
    """A workbook that shows a sheet, changed to hold something more."""

    def make() -> bytes:
        made = openpyxl.Workbook()
        sheet: Any = made.active
        for row in (["区分", "手数料"], ["住民票", SHOWN], ["戸籍", "450円"]):
            sheet.append(row)
        change(made)
        return office.saved(made)

    return make


def slide(change: Callable[[Any, Any], None]) -> Callable[[], bytes]:
    """Slides that show a sentence, with a box that `change` hides."""

    def make() -> bytes:
        show = Presentation()
        made = show.slides.add_slide(show.slide_layouts[6])
        made.shapes.add_textbox(Inches(1), Inches(1), Inches(5), Inches(1)).text_frame.text = SHOWN
        box = made.shapes.add_textbox(Inches(1), Inches(4), Inches(5), Inches(1))
        box.text_frame.text = ORDER
        change(made, box)
        return office.saved(show)

    return make


def _commented(document: Any, run: Any) -> None:
    document.add_comment(runs=[run], text=ORDER, author="x", initials="x")
    run.text = SHOWN


def _deleted(_: Any, run: Any) -> None:
    removal, words = OxmlElement("w:del"), OxmlElement("w:delText")
    inner = OxmlElement("w:r")
    words.text = ORDER
    inner.append(words)
    removal.append(inner)
    run._r.addprevious(removal)
    run.text = SHOWN


def _coloured(_: Any, run: Any) -> None:
    run.font.color.rgb = RGBColor(0xFE, 0xFE, 0xFE)


def _styled(document: Any, run: Any) -> None:
    style = document.styles.add_style("Faint", 1)
    style.font.color.rgb = RGBColor(255, 255, 255)
    child = document.styles.add_style("Fainter", 1)
    child.base_style = style
    run._parent.style = child


def _described(document: Any, run: Any) -> None:
    run.text = SHOWN
    run.add_picture(io.BytesIO(PIXEL))
    run._r.find(".//" + qn("wp:docPr")).set("descr", ORDER)


def _cell(made: Any) -> Any:
    cell = made.active["B3"]
    cell.value = ORDER
    return cell


def _hidden_row(made: Any) -> None:
    _cell(made)
    made.active.row_dimensions[3].hidden = True


def _hidden_column(made: Any) -> None:
    made.active["C2"] = ORDER
    made.active.column_dimensions["C"].hidden = True


def _hidden_sheet(made: Any) -> None:
    sheet = made.create_sheet("計算")
    sheet.append([ORDER, ORDER])
    sheet.sheet_state = "veryHidden"


def _noted(made: Any, box: Any) -> None:
    box.text_frame.text = SHOWN
    made.notes_slide.notes_text_frame.text = ORDER


def _colour_of(box: Any, colour: SlideColour) -> None:
    box.text_frame.paragraphs[0].runs[0].font.color.rgb = colour


def _as_its_box(_: Any, box: Any) -> None:
    box.fill.solid()
    box.fill.fore_color.rgb = SlideColour(0, 51, 102)
    _colour_of(box, SlideColour(0, 51, 102))


def _hide_slide(made: Any, _: Any) -> None:
    made._element.set("show", "0")


def _hidden_slide() -> bytes:
    show = Presentation()
    for words in (SHOWN, ORDER):
        made = show.slides.add_slide(show.slide_layouts[6])
        made.shapes.add_textbox(Inches(1), Inches(1), Inches(5), Inches(1)).text_frame.text = words
    _hide_slide(made, None)
    return office.saved(show)


def _commented_slide() -> bytes:
    words = f'<p:cmLst xmlns:p="x"><p:cm authorId="0"><p:text>{ORDER}</p:text></p:cm></p:cmLst>'
    return changed(
        slide(_says(SHOWN))(),
        "ppt/comments/comment1.xml",
        words.encode(),
    )


def _set(name: str, value: str) -> Callable[[Any, Any], None]:
    return lambda _, box: box._element.nvSpPr.cNvPr.set(name, value)


def both(*changes: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Several changes one after another."""

    def change(made: Any, part: Any) -> None:
        for each in changes:
            each(made, part)

    return change


def _says(words: str) -> Callable[[Any, Any], None]:
    return lambda _, box: setattr(box.text_frame, "text", words)


def _shaded(_: Any, run: Any) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "1F3864")
    run._r.get_or_add_rPr().append(shade)


CASES = [
    Hidden("hidden_text", "a.docx", word(lambda _, run: setattr(run.font, "hidden", True)), RUNS, nothing),
    Hidden("same_colour", "a.docx", word(_coloured), RUNS, nothing),
    Hidden("same_colour", "style.docx", word(_styled), RUNS, nothing),
    Hidden("tiny_text", "a.docx", word(lambda _, run: setattr(run.font, "size", Pt(1))), RUNS, nothing),
    Hidden("comment", "a.docx", word(_commented)),
    Hidden("deleted_text", "a.docx", word(_deleted)),
    Hidden("alt_text", "a.docx", word(_described)),
    Hidden("comment", "a.xlsx", book(lambda made: setattr(made.active["A2"], "comment", Comment(ORDER, "x")))),
    Hidden("hidden_row", "a.xlsx", book(_hidden_row), f"{EXTRACT}.xlsx._layout", lambda _: xlsx._Layout()),
    Hidden("hidden_column", "a.xlsx", book(_hidden_column), f"{EXTRACT}.xlsx._Layout.hides", lambda *_: False),
    Hidden("hidden_sheet", "a.xlsx", book(_hidden_sheet)),
    Hidden("same_colour", "a.xlsx", book(lambda made: setattr(_cell(made), "font", Font(color="FFFFFFFF"))), CELLS, everything),
    Hidden("tiny_text", "a.xlsx", book(lambda made: setattr(_cell(made), "font", Font(sz=1))), CELLS, everything),
    Hidden("hidden_text", "a.xlsx", book(lambda made: setattr(_cell(made), "number_format", ";;;")), CELLS, everything),
    Hidden("notes", "a.pptx", slide(_noted)),
    Hidden("hidden_slide", "a.pptx", _hidden_slide),
    Hidden("comment", "a.pptx", _commented_slide),
    Hidden("alt_text", "a.pptx", slide(both(_set("descr", ORDER), _says(SHOWN)))),
    Hidden("hidden_text", "a.pptx", slide(_set("hidden", "1"))),
    Hidden("same_colour", "a.pptx", slide(lambda _, box: _colour_of(box, SlideColour(255, 255, 255))), INKS, nothing),
    Hidden("same_colour", "box.pptx", slide(_as_its_box), INKS, nothing),
    Hidden("tiny_text", "a.pptx", slide(lambda _, box: setattr(box.text_frame.paragraphs[0].runs[0].font, "size", SlidePt(1))), INKS, nothing),
    Hidden("off_page", "a.pptx", slide(lambda _, box: setattr(box, "left", -Inches(9))), f"{EXTRACT}.inks.Inks.has_place", everything),
]  # fmt: skip
# What looks alike and is no secret: it must stay.
PLAIN = {
    "head.docx": word(both(_coloured, _shaded)),
    "box.pptx": slide(both(_as_its_box, lambda _, box: _colour_of(box, SlideColour(255, 255, 255)))),
}
