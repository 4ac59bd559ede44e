"""What the towns have set in their kata is what their documents tell residents."""

from __future__ import annotations

import pytest

from tests import cast
from tests.demo.test_documents import _text
from yuimaru.core.kata import package
from yuimaru.core.kata.models import Cell
from yuimaru.demo.seed import KATAS

RECORDS = {cast.OUMI: "juminhyo.md", cast.MIDORINO: "juminhyo.md", cast.TSUKIHAMA: "juminhyo.html"}
WASTE = {cast.OUMI: "sodaigomi.pdf", cast.MIDORINO: "sodaigomi.html"}


def _params(kata: str, code: str) -> dict[str, Cell]:
    """The parameters that run in a town: its own over the defaults."""
    defaults = {param.id: param.default for param in package.load(KATAS / kata).package.kata.params}
    own = cast.ADOPTED[kata][code]
    assert own.keys() <= defaults.keys()
    return {**defaults, **own}


@pytest.mark.parametrize("code", RECORDS)
def test_copies_of_records_cost_what_the_document_says(code: str) -> None:
    params, told = _params("juminhyo-seikyu", code), _text(f"{code}/{RECORDS[code]}")
    assert f"1通{params['写しの手数料']}円" in told
    assert f"住民票記載事項証明書{params['証明書の手数料']}円" in told.replace("|", "")
    assert str(params["担当電話"]) in told
    for way in str(params["払い方"]).split("、"):
        assert way in told
    days = {1: "翌開庁日に発送", 2: "2開庁日以内に発送", 3: "3開庁日ほど"}
    assert days[int(params["発送日数"] or 0)] in told


def test_only_towns_that_collect_bulky_waste_have_adopted_its_kata() -> None:
    assert set(cast.ADOPTED["sodaigomi-moushikomi"]) == set(WASTE)


@pytest.mark.parametrize("code", WASTE)
def test_bulky_waste_is_collected_as_the_document_says(code: str) -> None:
    params, told = _params("sodaigomi-moushikomi", code), _text(f"{code}/{WASTE[code]}")
    assert f"{params['上限点数']}点まで" in told
    assert f"{params['出す時刻']}までに" in told
    assert str(params["区1の収集日"]) in told
    assert str(params["区2の収集日"]) in told
    assert str(params["担当電話"]) in told


def test_bulky_waste_costs_what_the_documents_say() -> None:
    by_piece, by_weight = (_params("sodaigomi-moushikomi", code) for code in WASTE)
    told = _text(f"{cast.OUMI}/{WASTE[cast.OUMI]}")
    for yen, kind in ((300, "いす"), (500, "自転車"), (800, "ベッド")):
        assert by_piece[f"{kind}料金"] == yen
        assert f"{yen}円{kind}" in told
    told = _text(f"{cast.MIDORINO}/{WASTE[cast.MIDORINO]}")
    assert by_weight["運搬料"] == 1000
    assert "運搬料1,000円" in told
    for yen, kind, name in (
        (100, "布団", "布団（1枚）5kg"),
        (200, "自転車", "自転車18kg"),
        (400, "学習机", "学習机35kg"),
        (500, "たんす", "たんす50kg"),
        (600, "ソファ大", "ソファ（3人用）60kg"),
    ):
        assert by_weight[f"{kind}料金"] == yen
        assert f"{name}{yen}円" in told
