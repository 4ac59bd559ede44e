"""The demo towns' documents: complete, equal to their sources, and carrying what the questions expect."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

import yuimaru.demo

DOCUMENTS = Path(yuimaru.demo.__path__[0]) / "documents"
SUBJECTS = {
    "粗大ごみ",
    "児童手当",
    "転入・転出",
    "住民票の写し",
    "保育所",
    "国民健康保険",
    "感染症",
    "窓口案内",
    "印鑑登録",
    "マイナンバーカード",
    "国民年金",
    "介護保険",
    "後期高齢者医療",
    "障害者手帳",
    "ひとり親",
    "水道",
    "犬の登録",
    "防災",
    "ごみの分別",
    "図書館",
}
FORMATS = {".pdf", ".docx", ".html", ".md", ".txt", ".csv"}
CP932 = {
    "990027/kokuho.txt",
    "990027/inu.txt",
    "990035/tennyu-tenshutsu.txt",
    "990035/hitorioya.txt",
    "990035/madoguchi.csv",
    "990035/bunbetsu.csv",
}


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DOCUMENTS / name).read_text(encoding="utf-8"))
    return loaded


MANIFEST = _load("manifest.yaml")
PAST = _load("past.yaml")
ENTRIES = [(code, entry) for code, entries in MANIFEST.items() for entry in entries]
BUILT = [f"{code}/{e['file']}" for code, e in ENTRIES if Path(e["file"]).suffix in {".pdf", ".docx"}]


@cache
def _text(path: str) -> str:
    """What the file says, without white space."""
    file = DOCUMENTS / path
    match file.suffix:
        case ".pdf":
            text = _pdf_lines(path)
        case ".docx":
            text = "".join(_word_parts(docx.Document(str(file))))
        case ".html":
            text = LexborHTMLParser(file.read_bytes()).text()
        case _:
            text = file.read_bytes().decode("cp932" if path in CP932 else "utf-8-sig")
    return "".join(text.split())


def _pdf_lines(path: str) -> str:
    """The text of all pages without their page numbers."""
    pages = pypdfium2.PdfDocument(DOCUMENTS / path)
    return "\n".join(re.sub(r"\d+ / \d+\s*\Z", "", p.get_textpage().get_text_range()) for p in pages)


def _word_parts(word: Any) -> list[str]:
    return [
        part.text if hasattr(part, "text") else "".join(cell.text for row in part.rows for cell in row.cells)
        for part in word.iter_inner_content()
    ]


def _letters(text: str) -> str:
    """The text without list marks and numbers, which PDF prints and Word keeps apart."""
    return "".join(re.sub(r"(?m)^\s*(#+|[-・]|\d+\.(?= )|\|[-|:]+\|$)\s*", "", text).replace("|", "").split())


def test_manifest_lists_every_file_once() -> None:
    listed = [f"{code}/{entry['file']}" for code, entry in ENTRIES]
    on_disk = [path.relative_to(DOCUMENTS).as_posix() for path in DOCUMENTS.glob("99*/*")]
    assert sorted(listed) == sorted(on_disk)


@pytest.mark.parametrize("code", MANIFEST)
def test_each_town_covers_the_common_subjects_and_all_formats(code: str) -> None:
    subjects = [entry["subject"] for entry in MANIFEST[code]]
    assert len(subjects) == len(set(subjects)) == 25
    assert set(subjects) >= SUBJECTS
    assert {Path(entry["file"]).suffix for entry in MANIFEST[code]} == FORMATS


@pytest.mark.parametrize("path", BUILT)
def test_built_file_says_what_its_source_says(path: str) -> None:
    source = (DOCUMENTS / "sources" / path).with_suffix(".md").read_text("utf-8")
    built = _text(path) if path.endswith(".docx") else _letters(_pdf_lines(path))
    assert built == _letters(source)


@pytest.mark.parametrize("path", [path for path in BUILT if path.endswith(".pdf")])
def test_pdf_is_tagged_and_small(path: str) -> None:
    assert pypdfium2.PdfDocument(DOCUMENTS / path).is_tagged()
    assert (DOCUMENTS / path).stat().st_size < 150_000


@pytest.mark.parametrize("code", PAST)
def test_what_is_past_says_how_it_ended(code: str) -> None:
    assert sorted(entry["file"] for entry in PAST[code]) == sorted(
        path.name for path in (DOCUMENTS / "past" / code).iterdir()
    )
    published = {entry["file"]: entry["valid_from"] for entry in MANIFEST[code]}
    for entry in PAST[code]:
        superseded = published.get(entry["file"])
        assert [superseded is not None, "withdrawn" in entry, "valid_to" in entry].count(True) == 1
        assert superseded is None or entry["valid_from"] < superseded


@pytest.mark.parametrize(("code", "entry"), ENTRIES)
def test_document_bears_its_date(code: str, entry: dict[str, Any]) -> None:
    day = entry["valid_from"]
    printed = f"令和{day.year - 2018}年{day.month}月{day.day}日"
    assert entry["file"].endswith(".csv") or printed in _text(f"{code}/{entry['file']}")
