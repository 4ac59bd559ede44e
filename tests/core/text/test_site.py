"""A web site as it was saved: its pages without what they share, with their day, section and links."""

from __future__ import annotations

import pytest

from yuimaru.core.text.extract import Extracted, Source, site
from yuimaru.core.text.extract.reading import read

PAGES = {
    "index.html": ("青海市", "青海市のホームページです。くらしの手続をご案内します。"),
    "kurashi/tennyu.html": ("転入届", "転入届は、引っ越した日から14日以内に出してください。"),
    "kurashi/gomi.html": ("粗大ごみ", "手数料は1点につき300円です。"),
    "kurashi/inkan.html": ("印鑑登録", "登録には本人確認書類が必要です。"),
    "kosodate/teate.html": ("児童手当", "手当は偶数月の10日に支払います。"),
}


def page(title: str, words: str, *, charset: str = "utf-8", head: str = "") -> bytes:
    """A page of a town as a mirror saves it: no part is marked as what it is."""
    made = (
        f"{head}<!DOCTYPE html><html><head><meta charset='{charset}'><title>{title}｜青海市公式ホームページ</title></head><body>"
        "<div><p>文字の大きさ</p><ul><li><a href='/index.html'>ホーム</a></li><li><a href='/kurashi/'>くらし</a></li></ul></div>"
        f"<div class='topic-path'>ホーム ＞ {title}</div><div class='cookie-banner'>クッキーを使います。</div>"
        f"<div><h1>{title}</h1><p>更新日：令和8年4月1日</p><p>{words}</p><p><a href='../kurashi/gomi.html?p=1#top'>粗大ごみ</a></p>"
        "<p>お問い合わせ先　青海市 市民課 電話 0599-40-0110</p></div>"
        "<div><p>青海市役所　〒999-0401 汐見県青海市港町1-1</p><p>Copyright Oumi City</p></div></body></html>"
    )
    return made.encode({"shift_jis": "cp932"}.get(charset, charset))


def _read(name: str, content: bytes) -> Extracted:
    found, cause = read(Source(name, content))
    assert isinstance(found, Extracted), (found, cause)
    return found


def _site() -> dict[str, Extracted]:
    read_ = [_read(name, page(*told)) for name, told in PAGES.items()]
    return dict(zip(PAGES, site.own_words(read_), strict=True))


def test_what_all_pages_share_at_their_ends_is_left_out() -> None:
    for name, found in _site().items():
        title, words = PAGES[name]
        assert found.title == title
        assert words in found.text
        assert "0599-40-0110" not in found.text.split(words)[0]
        for shared in ("文字の大きさ", "くらし\n", "クッキー", "〒999-0401", "Copyright", "ホーム ＞"):
            assert shared not in found.text
        for block in found.blocks:
            assert found.text[block.start : block.end].strip()


def test_the_section_to_ask_stays_though_it_stands_on_every_page() -> None:
    for found in _site().values():
        assert found.text.rstrip().endswith("お問い合わせ先　青海市 市民課 電話 0599-40-0110")


def test_three_pages_do_not_tell_what_a_site_shares() -> None:
    few = [_read(name, page(*told)) for name, told in list(PAGES.items())[:3]]
    assert site.own_words(few) == few


def test_the_day_the_section_and_the_links() -> None:
    found = _site()["kosodate/teate.html"]
    assert found.page is not None
    assert (found.page.updated, found.page.section) == ("2026-04-01", "市民課")
    assert site.link_targets("kosodate/teate.html", found) == (
        ("ホーム", "index.html"), ("くらし", "kurashi/index.html"), ("粗大ごみ", "kurashi/gomi.html"),
    )  # fmt: skip


@pytest.mark.parametrize("charset", ["utf-8", "shift_jis", "euc-jp", "iso-2022-jp"])
def test_the_page_names_its_encoding(charset: str) -> None:
    assert (
        "転入届は14日以内です。"
        in _read("a.html", page("転入", "転入届は14日以内です。", charset=charset)).text
    )


def test_the_server_named_its_encoding() -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=EUC-JP\r\n\r\n"
    words = page("転入", "転入届は14日以内です。", head=head).decode().replace("<meta charset='utf-8'>", "")
    assert "転入届は14日以内です。" in _read("a.html", words.encode("euc_jp")).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/index.html", "a/"),
        ("a/index.html?lang=ja", "a/index.html"),
        ("a/b.html@print=1.html", "a/b.html"),
        ("a/Default.htm", "a/"),
    ],
)
def test_one_page_under_two_names(one: str, other: str) -> None:
    assert site.address(one) == site.address(other)
