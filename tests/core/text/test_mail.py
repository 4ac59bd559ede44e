"""Mails give their own words as a document and what is attached as others, in every encoding."""

from __future__ import annotations

import pytest
from tests.core.text import mails

from yuimaru.core.text.extract import Extracted, Source, unpack
from yuimaru.core.text.extract.reading import read

PERIOD = "現況届の受付は、6月1日から6月30日までです。"


def _read(content: bytes) -> Extracted:
    found, cause = read(Source("mail.eml", content))
    assert isinstance(found, Extracted), (found, cause)
    return found


@pytest.mark.parametrize(
    "content",
    [mails.with_attachments(), mails.old(), mails.old("shift_jis", "8bit"), mails.old("shift_jis", "base64"), mails.page()],
    ids=["utf-8", "iso-2022-jp", "shift_jis", "base64", "page"],
)  # fmt: skip
def test_the_body_is_read(content: bytes) -> None:
    found = _read(content)
    assert found.title == mails.SUBJECT
    assert PERIOD in found.text
    assert "隠れた行" not in found.text


def test_letters_of_vendors_and_the_head() -> None:
    found = _read(mails.old())
    assert "①" in found.text
    assert "差出人：市民課 <a@example.jp>" in found.text
    assert "日付：令和8年6月1日" in _read(mails.with_attachments()).text


def test_what_is_attached() -> None:
    held = unpack(Source("mail.eml", mails.with_attachments()))
    assert [(member.name, member.refused) for member in held] == [
        ("_要領.pdf", None), ("様式.md", None), ("様式 (2).md", None), ("元のメール.eml", None),
    ]  # fmt: skip
    assert "転送された本文です。" in _read(held[-1].content).text


def test_a_mail_that_was_cut_off_is_read_or_refused_in_words() -> None:
    content = mails.with_attachments()
    for part in range(1, 20):
        found, cause = read(Source("a.eml", content[: len(content) * part // 20]))
        assert not cause
        assert isinstance(found, Extracted) or found.code == "unknown_encoding"
