"""Check digits of the codes that local governments live by: 全国地方公共団体コード, 法人番号 and 個人番号."""

from __future__ import annotations

import re

_FIVE_DIGITS = re.compile(r"[0-9]{5}")
_SIX_DIGITS = re.compile(r"[0-9]{6}")
_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_THIRTEEN_DIGITS = re.compile(r"[0-9]{13}")
_MUNICIPALITY_WEIGHTS = (6, 5, 4, 3, 2)


def check_digit(code5: str) -> str:
    """The sixth digit of a 全国地方公共団体コード; ValueError unless five half-width digits are given."""
    if not _FIVE_DIGITS.fullmatch(code5):
        raise ValueError("five digits are needed")
    total = sum(weight * int(digit) for weight, digit in zip(_MUNICIPALITY_WEIGHTS, code5, strict=True))
    return str((11 - total % 11) % 10)


def is_municipality_code(code6: str) -> bool:
    """Whether six half-width digits form a 全国地方公共団体コード with the right check digit.

    No prefecture is numbered 00; prefixes that are not in use today are left to whoever keeps the list.
    """
    if not _SIX_DIGITS.fullmatch(code6) or code6.startswith("00"):
        return False
    return check_digit(code6[:5]) == code6[5]


def is_corporate_number(number: str) -> bool:
    """Whether thirteen half-width digits form a 法人番号: its first digit checks the other twelve."""
    if not _THIRTEEN_DIGITS.fullmatch(number):
        return False
    total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number[1:])))
    return int(number[0]) == 9 - total % 9


def is_individual_number(number: str) -> bool:
    """Whether twelve half-width digits form a 個人番号: its last digit checks the other eleven.

    平成26年総務省令第85号5条: counted from the right, the first six digits weigh 2 to 7, the other five 2 to 6.
    """
    if not _TWELVE_DIGITS.fullmatch(number):
        return False
    total = sum(int(digit) * (place % 6 + 2) for place, digit in enumerate(reversed(number[:11])))
    rest = total % 11
    return int(number[11]) == (0 if rest <= 1 else 11 - rest)
