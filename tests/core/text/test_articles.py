"""Ordinances of every format are passages of articles and paragraphs, with their captions, and so is the supplement."""

from __future__ import annotations

import io

import pytest
from docx import Document

from yuimaru.core.text.extract import Extracted, Source
from yuimaru.core.text.extract.reading import read
from yuimaru.services.knowledge.rules.passages import drafts

TITLE = "青海市手数料条例"
LAW = """第１章　総則
（目的）
第１条　この条例は、手数料の徴収について必要な事項を定めることを目的とする。
（手数料の額）
第２条　手数料の額は、次のとおりとする。
(1) 住民票の写し　300円
(2) 印鑑登録証明書　300円
２　前項の規定にかかわらず、市長が認めるときは、手数料を免除することができる。
第２章　雑則
（委任）
第３条　この条例の施行に必要な事項は、規則で定める。
第３条の２　前条の規則は、市長が定める。
附　則
１　この条例は、令和８年４月１日から施行する。
２　改正前の条例は、廃止する。""".splitlines()


def _plain() -> bytes:
    return "\n".join([TITLE, "", *LAW]).encode("cp932")


def _page() -> bytes:
    return f"<html><body><h1>{TITLE}</h1>{''.join(f'<p>{line}</p>' for line in LAW)}</body></html>".encode()


def _word() -> bytes:
    document = Document()
    document.add_heading(TITLE, 0)
    for line in LAW:
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _markdown() -> bytes:
    return "\n\n".join([f"# {TITLE}", *LAW]).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", _plain()),
        ("a.html", _page()),
        ("a.docx", _word()),
        ("a.md", _markdown()),
    ],
)
def test_each_passage_stands_under_its_article(name: str, content: bytes) -> None:
    found, cause = read(Source(name, content))
    assert isinstance(found, Extracted), cause
    told = {draft.heading: found.text[draft.start : draft.end].split("\n") for draft in drafts(found.blocks)}
    first, second = f"{TITLE} › 第１章　総則", f"{TITLE} › 第２章　雑則"
    assert list(told) == [
        f"{first} › 第1条（目的）",
        f"{first} › 第2条（手数料の額）",
        f"{first} › 第2条（手数料の額） › 第2項",
        f"{second} › 第3条（委任）",
        f"{second} › 第3条の2",
        f"{TITLE} › 附則",
        f"{TITLE} › 附則 › 第2項",
    ]
    assert told[f"{first} › 第2条（手数料の額）"][1:] == LAW[5:7]


def test_a_law_that_is_only_quoted_changes_nothing() -> None:
    words = "# 届け出\n\n## 根拠\n\n第22条 により、14日以内に届け出ます。\n\n（土日を除く）\n"
    found, _ = read(Source("a.md", words.encode()))
    assert isinstance(found, Extracted)
    assert {block.heading_path for block in found.blocks[2:]} == {("届け出", "根拠")}
