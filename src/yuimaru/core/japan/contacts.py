"""Telephone numbers, postal codes and mail addresses as people type them, returned half-width."""

from __future__ import annotations

import re
import unicodedata

_HYPHENS = re.compile("[\u2010-\u2015\u2212\u30fc\u2500]")
_MAIL_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_MAIL_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
)
_POSTAL = re.compile(r"[0-9]{3}-?[0-9]{4}")
# Mobile, IP and 0800 numbers have eleven digits, all others ten (電気通信番号規則).
_ELEVEN_DIGITS = ("020", "050", "060", "070", "080", "090")


class ContactProblem(ValueError):
    """What is wrong with a number or address and what to do, in both languages."""

    def __init__(self, code: str, ja: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.ja = ja
        self.en = en


def parse_phone(text: str) -> str:
    """A domestic telephone number, half-width, with the hyphens as typed; raises ContactProblem."""
    plain = _half_width(text).replace("(", "-").replace(")", "-").replace(" ", "").strip("-")
    digits = plain.replace("-", "")
    if not digits:
        raise ContactProblem("empty", "電話番号を入力してください。", "Enter a telephone number.")
    if not (digits.isascii() and digits.isdigit()) or "--" in plain:
        raise ContactProblem(
            "characters",
            "電話番号は数字とハイフンで入力してください。",
            "Enter the telephone number in digits and hyphens.",
        )
    if not digits.startswith("0"):
        raise ContactProblem(
            "area_code",
            "電話番号は、0から始まる市外局番から入力してください。",
            "Enter the telephone number with its area code, which begins with 0.",
        )
    needed = 11 if digits.startswith(_ELEVEN_DIGITS) or digits.startswith("0800") else 10
    if len(digits) < needed:
        raise ContactProblem(
            "too_short",
            "電話番号のけた数が足りません。市外局番から入力してください。",
            "The telephone number is too short. Enter it with its area code.",
        )
    if len(digits) > needed:
        raise ContactProblem(
            "too_long",
            "電話番号のけた数が多すぎます。番号を確かめてください。",
            "The telephone number is too long. Check the number.",
        )
    return plain


def parse_postal_code(text: str) -> str:
    """A postal code of seven digits, half-width, with the hyphen as typed; raises ContactProblem."""
    plain = _half_width(text).replace(" ", "").removeprefix("〒")
    if not _POSTAL.fullmatch(plain):
        raise ContactProblem(
            "postal_code",
            "郵便番号は7けたの数字で入力してください。",
            "Enter the postal code with seven digits.",
        )
    return plain


def parse_mail(text: str) -> str:
    """A mail address in half-width characters; raises ContactProblem.

    Dots may stand anywhere before the @: mobile carriers have handed out such addresses.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    local, _, domain = plain.rpartition("@")
    if len(plain) > 254 or not _MAIL_LOCAL.fullmatch(local) or not _MAIL_DOMAIN.fullmatch(domain):
        raise ContactProblem(
            "mail",
            "メールアドレスの形を確かめてください。例：aoba@example.jp",
            "Check the mail address. Example: aoba@example.jp",
        )
    return plain


def _half_width(text: str) -> str:
    return _HYPHENS.sub("-", unicodedata.normalize("NFKC", text)).strip()
