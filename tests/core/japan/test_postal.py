"""Postal codes: found in a file, as far as they tell, and read from what Japan Post publishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from yuimaru.core.japan import postal
from yuimaru.core.japan.contacts import ContactProblem
from yuimaru.demo import __file__ as demo

DEMO = postal.read(Path(demo).parent / "postal-codes.tsv")
KEN_ALL = """\
99001,"999  ","9990400","シオミケン","オウミシ","イカニケイサイガナイバアイ","汐見県","青海市","以下に掲載がない場合",0,0,0,0,0,0
99001,"999  ","9990401","シオミケン","オウミシ","ミナトマチ","汐見県","青海市","港町（１〜３丁目）",1,0,1,0,0,0
99001,"999  ","9990402","シオミケン","オウミシ","シマイチエン","汐見県","青海市","島一円",0,0,0,0,0,0
99001,"999  ","9990403","シオミケン","オウミシ","イチエン","汐見県","青海市","一円",0,0,0,0,0,0
"""


@pytest.mark.parametrize("code", ["999-0412", "9990412", "〒９９９−０４１２", " 999-0412 "])
def test_a_code_gives_its_address_however_it_is_typed(code: str) -> None:
    assert DEMO.address(code) == "汐見県みどり野町本町"


def test_a_code_of_several_places_gives_what_they_share() -> None:
    assert DEMO.address("999-0435") == "汐見県月浜村"


def test_an_unknown_code_has_no_address_and_a_wrong_one_is_told() -> None:
    assert DEMO.address("999-9999") == ""
    assert postal.read(Path("/nowhere.tsv")).address("999-0412") == ""
    with pytest.raises(ContactProblem):
        DEMO.address("999-04")


def test_the_file_is_made_of_what_japan_post_publishes() -> None:
    assert list(postal.from_ken_all(KEN_ALL.splitlines())) == [
        "9990400\t汐見県\t青海市\t",
        "9990401\t汐見県\t青海市\t港町",
        "9990402\t汐見県\t青海市\t",
        "9990403\t汐見県\t青海市\t一円",
    ]
