"""A footnote goes with the passage that calls it, in Word, on web pages and at the foot of a PDF's page."""

from __future__ import annotations

from tests.core.text import nasty
from tests.hostile import hidden
from tests.hostile.packages import changed

from yuimaru.core.text.extract import Extracted, Source
from yuimaru.core.text.extract.reading import read
from yuimaru.services.knowledge.rules.passages import drafts

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _passages(name: str, content: bytes) -> list[str]:
    found, cause = read(Source(name, content))
    assert isinstance(found, Extracted), cause
    return [found.text[draft.start : draft.end] for draft in drafts(found.blocks)]


def word() -> bytes:
    """A Word document with a footnote and an endnote, as Word keeps them: in parts of their own."""
    document = nasty.docx()
    for number, kind in ((1, "footnote"), (2, "endnote")):
        note = f'<w:{kind} w:id="7"><w:p><w:r><w:t>土日祝日を除きます。{number}</w:t></w:r></w:p></w:{kind}>'
        line = f'<w:{kind} w:id="-1" w:type="separator"><w:p><w:r><w:t>線</w:t></w:r></w:p></w:{kind}>'
        part = f'<?xml version="1.0"?><w:{kind}s xmlns:w="{SPACE}">{line}{note}</w:{kind}s>'
        document = changed(document, f"word/{kind}s.xml", part.encode())
        tie = f'<Relationship Id="n{number}" Type="{KINDS}/{kind}s" Target="{kind}s.xml"/></Relationships>'
        document = changed(
            document,
            "word/_rels/document.xml.rels",
            lambda old, tie=tie: old.replace(b"</Relationships>", tie.encode()),  # type: ignore[misc]
        )
        typed = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
        named = f'<Override PartName="/word/{kind}s.xml" ContentType="{typed}"/></Types>'
        document = changed(
            document,
            "[Content_Types].xml",
            lambda old, named=named: old.replace(b"</Types>", named.encode()),  # type: ignore[misc]
        )
    calls = '<w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:endnoteReference w:id="7"/></w:r></w:p>'
    return changed(
        document,
        "word/document.xml",
        lambda old: old.replace(
            "届け出てください。</w:t></w:r></w:p>".encode(),
            f"届け出てください。</w:t></w:r>{calls}".encode(),
            1,
        ),
    )


def test_word() -> None:
    first = _passages("a.docx", word())[0]
    assert first.startswith(
        "会社をやめた日から14日以内に届け出てください。（注1）（注2）\n"
        "（注1）　土日祝日を除きます。1\n（注2）　土日祝日を除きます。2"
    )


def test_pages() -> None:
    page = (
        "<html><body><h1>窓口</h1><h2>時間</h2><p>平日に開きます<sup><a href='#n1' id='r1'>1</a></sup>。</p>"
        "<table><tr><th>区分</th><th>額</th></tr><tr><td>写し<a href='#n2'>※2</a></td><td>300円</td></tr></table>"
        "<h2>場所</h2><p><a href='#top'>1</a>階です。<a href='#n1'>注1</a></p>"
        "<ol><li id='n1'>年末年始を除きます。 <a href='#r1'>↩</a></li></ol><p id='n2'>※2 郵送は別です。</p></body></html>"
    )
    assert _passages("a.html", page.encode()) == [
        "平日に開きます（注1）。\n（注1）　年末年始を除きます。",
        "区分：写し（注2）／額：300円\n（注2）　郵送は別です。",
        "1階です。（注1）",
    ]


def test_a_link_that_is_no_note_stays_a_link() -> None:
    page = "<html><body><p data-note='9'><a href='#a'>2</a>と<a href='#b'>くわしく</a></p><p id='a'>A</p><p id='b'>B</p></body></html>"
    assert _passages("a.html", page.encode()) == ["2とくわしく\nA\nB"]


def test_the_foot_of_a_page() -> None:
    lines = [
        (12, 700, "The fee for a copy is 300 yen *1 at the counter."),
        (12, 640, "The office opens at 9 and closes at 5 on every weekday."),
        (8, 120, "*1 Except for pupils of the"),
        (8, 110, "schools in this town."),
        (8, 100, "*2 Nobody calls this note."),
    ]
    drawn = " ".join(f"BT /F1 {size} Tf 72 {high} Td ({words}) Tj ET" for size, high, words in lines)
    assert _passages("a.pdf", hidden.one_page(drawn)) == [
        "The fee for a copy is 300 yen *1 at the counter.\n*1　Except for pupils of the schools in this town.\n"
        "The office opens at 9 and closes at 5 on every weekday.\n*2　Nobody calls this note."
    ]
