"""What cannot be read is refused with a code and a sentence, and never costs more than its share."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.text import nasty

from yuimaru.core.text.extract import CODES, Extracted, Limits, Refused, Source, extract
from yuimaru.core.text.extract.media import LARGEST_FILE
from yuimaru.core.text.extract.reading import read

DOCX = nasty.docx()
PDF = nasty.pdf()

CASES = [
    ("locked.pdf", nasty.encrypted_pdf(), "encrypted"),
    ("locked.docx", nasty.encrypted_office(), "encrypted"),
    ("truncated.pdf", PDF[: len(PDF) // 2], "broken"),
    ("garbage.pdf", b"\x00\x01\x02" * 500, "broken"),
    ("truncated.docx", DOCX[: len(DOCX) // 2], "broken"),
    ("no-body.docx", nasty.docx_with("word/document.xml", b"<not xml"), "broken"),
    ("entities.docx", nasty.docx_of_declarations(), "suspicious"),
    ("swelling.docx", nasty.docx_that_swells(), "too_large"),
    ("huge.txt", "あ".encode() * (LARGEST_FILE // 3 + 1), "too_large"),
    ("word.pdf", DOCX, "mislabelled"),
    ("really.docx", PDF, "mislabelled"),
    ("workbook.docx", nasty.workbook(), "mislabelled"),
    ("old.docx", nasty.OLE + bytes(600), "mislabelled"),
    ("binary.txt", bytes(range(256)) * 20, "mislabelled"),
    ("picture.md", b"\x89PNG\r\n\x1a\n" + bytes(100), "mislabelled"),
    ("page.txt", b"<!DOCTYPE html><html><body>x</body></html>", "mislabelled"),
    ("words.html", "ただの文です。".encode(), "mislabelled"),
    ("text.pdf", "ただの文です。".encode(), "mislabelled"),
    ("locked.pdf.txt", nasty.encrypted_office(), "mislabelled"),
    ("empty.md", b"", "empty"),
    ("blank.txt", " \n\n　\n".encode(), "empty"),
    ("headings.md", "# 見出しだけ\n".encode(), "empty"),
    ("hidden.html", b"<html><body><script>1</script></body></html>", "empty"),
    ("empty.csv", "質問,回答\n".encode(), "empty"),
    ("scan.pdf", nasty.pdf(""), "no_text"),
    ("columns.csv", "名前,電話\nA,1\n".encode(), "wrong_columns"),
    ("quotes.csv", '質問,回答\n"閉じない,x\n'.encode(), "broken"),
    ("deep.html", b"<html><body>" + b"<div>" * 5_000 + b"x</body></html>", "too_complex"),
    ("shell.xlsx", nasty.workbook(), "broken"),
    ("macro.docm", DOCX, "macro"),
    ("old.xls", DOCX, "unsupported"),
    ("../outside.md", b"# a", "bad_name"),
    ("noname", b"text", "unsupported"),
    ("mail.msg", nasty.OLE + bytes(600), "outlook"),
    ("words.eml", "ただの文です。".encode(), "mislabelled"),
    ("picture.eml", b"\x89PNG\r\n\x1a\n" + bytes(100), "mislabelled"),
    ("secret.eml", b"From: a@example.jp\nSubject: x\nContent-Type: multipart/encrypted\n\nx", "encrypted"),
]


@pytest.mark.parametrize(("name", "content", "code"), CASES, ids=[case[0] for case in CASES])
def test_refused(name: str, content: bytes, code: str) -> None:
    found, _ = read(Source(name, content))
    assert isinstance(found, Refused)
    assert found.code == code


def test_every_code_has_a_sentence_in_both_languages() -> None:
    assert {case[2] for case in CASES} | {
        "unknown_encoding", "link", "bomb", "outside", "too_deep", "too_many", "too_much",
    } == set(CODES)  # fmt: skip
    for code in CODES:
        refused = Refused.because(code)
        assert refused.message_ja.endswith("。")
        assert refused.message_en.isascii()


def test_one_process_reads_a_batch_and_the_good_files_stay() -> None:
    batch = [
        Source("a.md", "# 題\n本文です。".encode()),
        *(Source(n, c) for n, c, _ in CASES[:4]),
        Source("b.pdf", PDF),
    ]
    found = list(extract(batch))
    assert [getattr(one, "code", "read") for one in found] == [
        "read",
        "encrypted",
        "encrypted",
        "broken",
        "broken",
        "read",
    ]
    last = found[-1]
    assert isinstance(last, Extracted)
    assert last.text == "Garbage is collected on Monday.\n"
    assert last.blocks[0].page == 1


def test_a_file_that_breaks_its_limits_is_refused_and_the_next_is_read() -> None:
    heavy = Source("heavy.txt", "重い文書です。\n".encode() * 400_000)
    bounds = Limits(memory=400_000_000, cpu_seconds=1, wall_seconds=20)
    first, second = extract([heavy, Source("a.md", "# 題\n本文です。".encode())], bounds)
    assert isinstance(first, Refused)
    assert first.code == "too_complex"
    assert isinstance(second, Extracted)


def test_a_file_that_takes_too_long_is_refused() -> None:
    (only,) = extract([Source("a.md", b"# x\n\ny\n")], Limits(wall_seconds=0.0))
    assert isinstance(only, Refused)
    assert only.code == "too_complex"


def test_the_limited_process_takes_nothing_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "markdown_it.py").write_text("raise SystemExit('taken from the working folder')")
    (only,) = extract([Source("a.md", "# 題\n本文です。".encode())])
    assert isinstance(only, Extracted)
