"""Workbooks and slides as offices make them: by the libraries, and the same saved anew by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from pptx import Presentation
from pptx.util import Inches

SAVED = Path(__file__).parent / "office"  # what LibreOffice made, for machines without it
SOFFICE = shutil.which("soffice")


def workbook() -> bytes:
    """Fees with formulas, formats, merged cells, a two-row header, questions, and what is hidden."""
    book = openpyxl.Workbook()
    fees: Any = book.active
    fees.title = "手数料"
    rows: list[list[Any]] = [
        ["証明書の手数料"],
        ["令和8年4月1日から、次のとおりです。"],
        [],
        ["区分", "証明書", "手数料", "割合", "開始日", "内部メモ"],
        ["窓口", "住民票の写し", 300, 0.5, date(2026, 4, 1), "見せない"],
        ["", "印鑑登録証明書", 1300, 0.25, date(2026, 4, 1), "見せない"],
        ["郵送", "戸籍の附票", 450, 0, date(2019, 5, 1), "見せない"],
        ["隠した行", "x", 1, 0, date(2026, 4, 1), "見せない"],
        ["合計", "", "=SUM(C5:C7)"],
        ["※ 郵送のときは、返信用の切手が要ります。"],
    ]
    for row in rows:
        fees.append(row)
    for line in range(5, 10):
        fees.cell(line, 3).number_format = '#,##0"円"'
        fees.cell(line, 4).number_format = "0%"
        fees.cell(line, 5).number_format = '[$-411]ggge"年"m"月"d"日"'
    fees.merge_cells("A5:A6")
    fees.column_dimensions["F"].hidden = True
    fees.row_dimensions[8].hidden = True
    _more_sheets(book)
    return saved(book)


def _more_sheets(book: Any) -> None:
    asked = book.create_sheet("よくある質問")
    for row in (
        ["分類", "質問", "回答"],
        ["転入", "いつまでに届け出ますか", "引っ越した日から14日以内です。"],
        ["転入", "代理人でもできますか", "委任状があればできます。"],
    ):
        asked.append(row)
    places = book.create_sheet("施設")
    for row in (
        ["施設", "開館", "", "電話"],
        ["", "平日", "休日", ""],
        ["図書館", "9:00", "10:00", "0599-40-0999"],
    ):
        places.append(row)
    places.merge_cells("B1:C1")
    places.merge_cells("A1:A2")
    places.merge_cells("D1:D2")
    for name, state in (("作業用", "hidden"), ("計算用", "veryHidden")):
        hidden = book.create_sheet(name)
        hidden.append(["隠した", "シートの中身"])
        hidden.sheet_state = state


def slides() -> bytes:
    """Three slides: a title, bullets with notes, a table with a text box; and a hidden one."""
    show = Presentation()
    first = show.slides.add_slide(show.slide_layouts[0])
    first.shapes.title.text = "避難所のご案内"
    first.placeholders[1].text = "月浜村 総務課"
    second = show.slides.add_slide(show.slide_layouts[1])
    second.shapes.title.text = "持ち物"
    frame = second.placeholders[1].text_frame
    frame.text = "飲み水を3日分"
    for words, level in (("1人1日3リットル", 1), ("常備薬", 0)):
        paragraph = frame.add_paragraph()
        paragraph.text, paragraph.level = words, level
    second.notes_slide.notes_text_frame.text = "発表者だけの覚え書き"
    third = show.slides.add_slide(show.slide_layouts[5])
    third.shapes.title.text = "避難所の一覧"
    table = third.shapes.add_table(3, 3, Inches(1), Inches(2), Inches(8), Inches(2)).table
    for number, row in enumerate(
        (("地区", "避難所", "定員"), ("浜", "月浜小学校", "200人"), ("山手", "公民館", "80人"))
    ):
        for place, words in enumerate(row):
            table.cell(number, place).text = words
    box = third.shapes.add_textbox(Inches(1), Inches(5), Inches(8), Inches(1))
    box.text_frame.text = "開設は村の放送でお知らせします。"
    hidden = show.slides.add_slide(show.slide_layouts[5])
    hidden.shapes.title.text = "見せないスライド"
    hidden._element.set("show", "0")
    return saved(show)


def wide_workbook(cells: int = 200_000) -> bytes:
    """A plain sheet of many figures."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for number in range(cells // 20):
        sheet.append([number * place for place in range(20)])
    return saved(book)


def resaved(content: bytes, kind: str, folder: Path) -> bytes:
    """The same file as LibreOffice saves it: made now where its Calc and Impress are, else as made before."""
    source, made = folder / f"source.{kind}", folder / "out" / f"source.{kind}"
    source.write_bytes(content)
    if SOFFICE is not None:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [
            SOFFICE,
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(made.parent),
            str(source),
        ]
        subprocess.run(command, check=False, capture_output=True, timeout=180)
    return made.read_bytes() if made.exists() else (SAVED / f"libreoffice.{kind}").read_bytes()


def saved(made: Any) -> bytes:
    """The bytes that a library writes."""
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()
