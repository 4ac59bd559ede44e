"""Workbooks and slides of two makers give the same text with the same places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from tests.core.text import office

from yuimaru.core.text.extract import Block, Extracted, Refused, Source
from yuimaru.core.text.extract.figures import shown
from yuimaru.core.text.extract.reading import read

Read = Callable[[str], Extracted]
moment = datetime.fromisoformat


@pytest.fixture(scope="module", params=["library", "libreoffice"])
def saved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Reads the workbook or the slides as one maker saves them."""

    def reading(kind: str) -> Extracted:
        content = {"xlsx": office.workbook, "pptx": office.slides}[kind]()
        if request.param == "libreoffice":
            content = office.resaved(content, kind, tmp_path_factory.mktemp(kind))
        found, cause = read(Source(f"file.{kind}", content))
        assert isinstance(found, Extracted), cause
        return found

    return reading


def places(found: Extracted) -> dict[tuple[object, ...], str]:
    return {
        _place(block): found.text[block.start : block.end]
        for block in found.blocks
        if block.kind != "heading"
    }


def _place(block: Block) -> tuple[object, ...]:
    return (block.sheet, block.cell) if block.sheet else (block.page, block.start)


def test_a_workbook(saved: Read) -> None:
    found = saved("xlsx")
    told = places(found)
    assert found.title == "証明書の手数料"
    assert found.left_out == 2
    assert told["手数料", "A2"] == "令和8年4月1日から、次のとおりです。"
    assert (
        told["手数料", "A5"]
        == "区分：窓口／証明書：住民票の写し／手数料：300円／割合：50%／開始日：令和8年4月1日"
    )
    assert told["手数料", "A6"].startswith("区分：窓口／証明書：印鑑登録証明書／手数料：1,300円／割合：25%")
    assert told["手数料", "A7"].endswith("手数料：450円／割合：0%／開始日：令和元年5月1日")
    assert told["手数料", "A10"] == "※ 郵送のときは、返信用の切手が要ります。"
    assert told["施設", "A3"] == "施設：図書館／開館・平日：9:00／開館・休日：10:00／電話：0599-40-0999"
    assert told["よくある質問", "C3"] == "委任状があればできます。"
    questions = [block.question for block in found.blocks if block.kind == "faq"]
    assert questions == ["いつまでに届け出ますか", "代理人でもできますか"]
    assert not any(hidden in found.text for hidden in ("見せない", "隠した", "作業用", "計算用", "SUM"))


def test_a_workbook_gives_values_instead_of_formulas(tmp_path_factory: pytest.TempPathFactory) -> None:
    content = office.resaved(office.workbook(), "xlsx", tmp_path_factory.mktemp("sum"))
    found, _ = read(Source("a.xlsx", content))
    assert isinstance(found, Extracted)
    assert places(found)["手数料", "A9"] == "区分：合計／手数料：2,050円"


def test_slides(saved: Read) -> None:
    found = saved("pptx")
    assert found.title == "避難所のご案内"
    assert found.left_out == 1
    assert [(block.kind, block.page, found.text[block.start : block.end]) for block in found.blocks] == [
        ("heading", 1, "避難所のご案内"),
        ("paragraph", 1, "月浜村 総務課"),
        ("heading", 2, "持ち物"),
        ("list", 2, "・飲み水を3日分"),
        ("list", 2, "　・1人1日3リットル"),
        ("list", 2, "・常備薬"),
        ("heading", 3, "避難所の一覧"),
        ("table_row", 3, "地区：浜／避難所：月浜小学校／定員：200人"),
        ("table_row", 3, "地区：山手／避難所：公民館／定員：80人"),
        ("paragraph", 3, "開設は村の放送でお知らせします。"),
    ]
    assert "覚え書き" not in found.text


def _book(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    return office.saved(book)


def test_a_label_and_its_value_are_found_at_the_value() -> None:
    found, _ = read(Source("a.xlsx", _book(["場所", "2階4番窓口"], ["電話", "0599-41-0110"])))
    assert isinstance(found, Extracted)
    assert places(found) == {("Sheet", "B1"): "場所：2階4番窓口", ("Sheet", "B2"): "電話：0599-41-0110"}


def test_a_workbook_of_hidden_sheets_only_is_empty() -> None:
    book = openpyxl.load_workbook(office.SAVED / "libreoffice.xlsx")
    for sheet in book.worksheets[:3]:
        book.remove(sheet)
    book.create_sheet("空")
    found, _ = read(Source("a.xlsx", office.saved(book)))
    assert isinstance(found, Refused)
    assert found.code == "empty"


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (300, "General", "300"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.5, "#,##0", "1,234,568"),
        (1300, '#,##0"円"', "1,300円"),
        (1300, "¥#,##0;[Red]¥-#,##0", "¥1,300"),
        (-1300, "¥#,##0;[Red]¥-#,##0", "¥-1,300"),
        (-5, "0", "-5"),
        (0, '0;-0;"なし"', "なし"),
        (0.085, "0.0%", "8.5%"),
        (12, "0000", "0012"),
        (1234.5, "#,##0.0#", "1,234.5"),
        (2_500_000, "#,##0,", "2,500"),
        (980, '[$¥-411]#,##0_);"("#,##0")"', "¥980"),
        (True, "General", "TRUE"),
        ("改行_x000a_あり", "@", "改行\nあり"),
        (moment("2026-04-01"), "yyyy/m/d", "2026年4月1日"),
        (moment("2026-04-01"), "m/d/yy", "2026年4月1日"),
        (moment("2026-04-01"), 'm"月"d"日"(aaa)', "4月1日(水)"),
        (moment("2026-04-01"), 'yyyy"年"m"月"', "2026年4月"),
        (moment("2019-05-01"), '[$-411]ggge"年"m"月"d"日"', "令和元年5月1日"),
        (moment("2026-04-01T09:05"), "yyyy/m/d h:mm", "2026年4月1日 9:05"),
        (date(2026, 12, 29), "General", "2026年12月29日"),
        (time(8, 30), "h:mm", "8:30"),
        (timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
        (None, "General", ""),
    ],
)
def test_cells_are_shown_as_the_sheet_shows_them(value: Any, code: str, text: str) -> None:
    assert shown(value, code) == text
