"""Check digits against codes that are in use."""

from __future__ import annotations

import pytest

from yuimaru.core.japan.codes import (
    check_digit,
    is_corporate_number,
    is_individual_number,
    is_municipality_code,
)

IN_USE = ["011002", "131016", "141003", "271004", "134023", "182010", "472115", "130001"]
DEMO = ["990001", "990019", "990027", "990035"]


@pytest.mark.parametrize("code", IN_USE + DEMO)
def test_a_code_has_one_right_check_digit(code: str) -> None:
    assert check_digit(code[:5]) == code[5]
    right = [digit for digit in "0123456789" if is_municipality_code(code[:5] + digit)]
    assert right == [code[5]]


@pytest.mark.parametrize("code", ["", "01100", "0110020", "０１１００２", "01100a", "000001", " 011002"])
def test_what_is_no_code_is_refused(code: str) -> None:
    assert not is_municipality_code(code)


def test_a_check_digit_needs_five_digits() -> None:
    with pytest.raises(ValueError, match="five digits"):
        check_digit("9900")


@pytest.mark.parametrize("number", ["4011001098993", "7000012050002"])
def test_corporate_numbers(number: str) -> None:
    assert is_corporate_number(number)
    assert not is_corporate_number(str((int(number[0]) % 9) + 1) + number[1:])
    assert not is_corporate_number(number[:-1])


@pytest.mark.parametrize("number", ["123456789018", "983205673214"])
def test_an_individual_number_checks_itself(number: str) -> None:
    assert is_individual_number(number)
    for place, digit in enumerate(number[:-1]):
        other = str((int(digit) + 1) % 10)
        assert not is_individual_number(number[:place] + other + number[place + 1 :])
    assert not is_individual_number(number[:-1])
    assert not is_individual_number(number.translate(str.maketrans("0123456789", "０１２３４５６７８９")))
