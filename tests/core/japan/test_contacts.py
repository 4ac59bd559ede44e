"""Telephone numbers, postal codes and mail addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from yuimaru.core.japan.contacts import ContactProblem, parse_mail, parse_phone, parse_postal_code


@pytest.mark.parametrize(
    ("parse", "typed", "plain"),
    [
        (parse_phone, "0599-40-0110", "0599-40-0110"),
        (parse_phone, "０５９９ー４０ー０１１０", "0599-40-0110"),
        (parse_phone, "0599400110", "0599400110"),
        (parse_phone, "(0599)40−0110", "0599-40-0110"),
        (parse_phone, " 090 0000 0000 ", "09000000000"),
        (parse_phone, "0800-000-0000", "0800-000-0000"),
        (parse_phone, "0120-000-000", "0120-000-000"),
        (parse_postal_code, "〒999-0401", "999-0401"),
        (parse_postal_code, "９９９０４０１", "9990401"),
        (parse_postal_code, "999‐0401", "999-0401"),
        (parse_mail, "aoba@example.jp", "aoba@example.jp"),
        (parse_mail, "ａｏｂａ＠ｅｘａｍｐｌｅ．ｊｐ", "aoba@example.jp"),
        (parse_mail, "a..b.@example.co.jp", "a..b.@example.co.jp"),
    ],
)
def test_what_is_typed_becomes_half_width(parse: Callable[[str], str], typed: str, plain: str) -> None:
    assert parse(typed) == plain


@pytest.mark.parametrize(
    ("parse", "typed", "code"),
    [
        (parse_phone, "", "empty"),
        (parse_phone, "-", "empty"),
        (parse_phone, "40-0110", "area_code"),
        (parse_phone, "0599-40-011", "too_short"),
        (parse_phone, "090-0000-000", "too_short"),
        (parse_phone, "0599-40-01100", "too_long"),
        (parse_phone, "0599--40-0110", "characters"),
        (parse_phone, "0599-40-0110 内線3", "characters"),
        (parse_postal_code, "999-040", "postal_code"),
        (parse_postal_code, "99-90401", "postal_code"),
        (parse_mail, "aoba@example", "mail"),
        (parse_mail, "aoba", "mail"),
        (parse_mail, "青葉@example.jp", "mail"),
        (parse_mail, "a b@example.jp", "mail"),
        (parse_mail, "a@" + "x" * 250 + ".jp", "mail"),
        (parse_mail, "a@example.jp\nBcc: b@example.jp", "mail"),
    ],
)
def test_what_cannot_be_right_is_refused(parse: Callable[[str], str], typed: str, code: str) -> None:
    with pytest.raises(ContactProblem) as caught:
        parse(typed)
    assert caught.value.code == code
    assert caught.value.ja.endswith(("。", "jp"))
    assert caught.value.en.isascii()
