"""Each format gives its text with headings, lists, tables, questions and places, as its author meant it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from tests.core.text import nasty

import yuimaru.demo
from yuimaru.core.text.extract import Extracted, Source
from yuimaru.core.text.extract.reading import read

DEMO = Path(yuimaru.demo.__path__[0]) / "documents"

PLAIN = """窓口のご案内

１　開いている時間
　月浜村役場の窓口は、平日の午前8時30分から午後5時15分まで開いて
います。土曜日は休みです。

２　持ち物
(1) 受付票を持って、番号が呼ばれるまでお待ちください。座る場所がない
　　ときは、職員に申し出てください。
(2) 印鑑

　接種の種類　　　　自己負担
　インフルエンザ　　1,500円
　新型コロナ　　　　3,500円
"""


def extracted(name: str, content: bytes | str) -> Extracted:
    found, cause = read(Source(name, content.encode() if isinstance(content, str) else content))
    assert isinstance(found, Extracted), (found, cause)
    for before, block in pairwise([None, *found.blocks]):
        assert block is not None
        words = found.text[block.start : block.end]
        assert words
        assert words.lstrip("　") == words.strip()
        assert before is None or before.end < block.start
    return found


def parts(found: Extracted) -> list[tuple[str, str]]:
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks]


def test_markdown() -> None:
    found = extracted(
        "a.md",
        "---\ntitle: x\n---\n# 届け出\n転入届は、引っ越した日から**14日以内**に\n出してください。\n\n"
        "## 必要なもの\n1. 本人確認書類\n2. 転出証明書\n   - [写し](https://example.jp)は不可\n\n"
        "| 区分 | 手数料 |\n|---|---|\n| 住民票 | 300円 |\n\n| | |\n|---|---|\n| 電話 | 0599-40-0110 |\n",
    )
    assert found.title == "届け出"
    assert parts(found) == [
        ("heading", "届け出"),
        ("paragraph", "転入届は、引っ越した日から14日以内に出してください。"),
        ("heading", "必要なもの"),
        ("list", "1. 本人確認書類"),
        ("list", "2. 転出証明書"),
        ("list", "　・写しは不可"),
        ("table_row", "区分：住民票／手数料：300円"),
        ("table_row", "電話：0599-40-0110"),
    ]
    assert found.blocks[3].heading_path == ("届け出", "必要なもの")


def test_html_without_what_is_not_the_page() -> None:
    found = extracted(
        "a.html",
        "<!doctype html><html><head><title>T</title><style>p{}</style></head><body><nav>メニュー</nav>"
        "<main><h1>保育所</h1><p>申込みは<b>11月1日</b>から\n  です。<ruby>郵送<rt>ゆうそう</rt></ruby>も可。</p>"
        "<p hidden>隠れ</p><p style='display: none'>隠れ</p><script>alert(1)</script>"
        "<table><caption>一覧</caption><tr><th>年齢</th><th>時間</th></tr>"
        "<tr><td rowspan=2>0歳</td><td>8時間</td></tr><tr><td>11時間</td></tr></table>"
        "<dl><dt>Q1. 転園できますか？</dt><dd>A. できます。</dd><dt>受付</dt><dd>平日</dd></dl>"
        "<details><summary>育休中でも申し込めますか</summary><p>申し込めます。</p></details>"
        "</main><footer>フッタ</footer></body></html>",
    )
    assert parts(found) == [
        ("heading", "保育所"),
        ("paragraph", "申込みは11月1日からです。郵送も可。"),
        ("paragraph", "一覧"),
        ("table_row", "年齢：0歳／時間：8時間"),
        ("table_row", "年齢：0歳／時間：11時間"),
        ("faq", "できます。"),
        ("table_row", "受付：平日"),
        ("faq", "申し込めます。"),
    ]
    assert [block.question for block in found.blocks if block.kind == "faq"] == [
        "転園できますか？",
        "育休中でも申し込めますか",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"])
def test_plain_text_in_every_encoding(encoding: str) -> None:
    found = extracted("a.txt", PLAIN.encode(encoding))
    assert found.title == "窓口のご案内"
    assert parts(found)[1:] == [
        ("heading", "１　開いている時間"),
        (
            "paragraph",
            "月浜村役場の窓口は、平日の午前8時30分から午後5時15分まで開いています。土曜日は休みです。",
        ),
        ("heading", "２　持ち物"),
        (
            "list",
            "(1) 受付票を持って、番号が呼ばれるまでお待ちください。座る場所がないときは、職員に申し出てください。",
        ),
        ("list", "(2) 印鑑"),
        ("table_row", "接種の種類：インフルエンザ／自己負担：1,500円"),
        ("table_row", "接種の種類：新型コロナ／自己負担：3,500円"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("columns", ["分類,質問,回答", "category,Question,ANSWER"])
def test_questions_and_answers(encoding: str, columns: str) -> None:
    table = columns + '\r\n手当,いつですか,"10日です。\n休日は前の日です。"\r\n手当,,答えだけ\r\n'
    found = extracted("faq.csv", table.encode(encoding))
    block = found.blocks[-1]
    assert (block.kind, block.question, block.cell, block.heading_path) == (
        "faq",
        "いつですか",
        "C2",
        ("手当",),
    )
    assert found.text[block.start : block.end] == "10日です。\n休日は前の日です。"
    assert "答えだけ" not in found.text


def test_word_documents_without_deleted_hidden_and_ruby_words() -> None:
    found = extracted("a.docx", nasty.docx(deleted="消した", hidden="見えない", ruby="とどけで"))
    assert found.title == "国民健康保険のしおり"
    assert parts(found)[1:] == [
        ("heading", "加入の届け出"),
        ("paragraph", "会社をやめた日から14日以内に届け出てください。届出"),
        ("list", "・資格喪失証明書"),
        ("list", "・本人確認書類"),
        ("table_row", "区分：70歳未満／割合：3割／備考：すべての方"),
        ("table_row", "区分：70歳以上／割合：2割／備考：所得による"),
    ]


def test_pdf_keeps_pages_headings_tables_and_whole_sentences() -> None:
    found = extracted("sodaigomi.pdf", (DEMO / "990019/sodaigomi.pdf").read_bytes())
    told = dict.fromkeys(parts(found))
    assert ("heading", "4 手数料") in told
    assert (
        "table_row",
        "品目：エアコン、テレビ、冷蔵庫・冷凍庫、洗濯機・衣類乾燥機／処分の方法：家電リサイクル法の対象です。"
        "買ったお店か、買い替えるお店に引き取りを頼んでください。",
    ) in told
    assert "申し込みは、収集を希望する日の3開庁日前までに済ませてください。" in found.text
    pages = [block.page for block in found.blocks]
    assert pages == sorted(page for page in pages if page)
    assert max(page for page in pages if page) > 1


def test_letters_are_not_normalised() -> None:
    found = extracted("a.md", "髙橋さん、﨑本さん、𠮷野さん、神（U+FA19）、①Ⅳ㈱\n")
    assert "髙橋さん、﨑本さん、𠮷野さん、神（U+FA19）、①Ⅳ㈱" in found.text


@pytest.mark.parametrize(
    "file", sorted(DEMO.glob("9900*/*.*")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_every_demo_document_is_read(file: Path) -> None:
    found = extracted(file.name, file.read_bytes())
    assert len(found.blocks) > 10
    assert not any(len(text) > 1_000 for _, text in parts(found))
