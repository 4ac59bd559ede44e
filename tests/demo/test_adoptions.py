"""What the towns have set in their kata is what their documents tell residents."""

from __future__ import annotations

import pytest

from tests import cast
from tests.demo.test_documents import _text
from yuimaru.core.kata import package
from yuimaru.core.kata.models import Cell
from yuimaru.demo.cast.bodies import BODIES
from yuimaru.demo.cast.everyday import EVERYDAY
from yuimaru.demo.seed import KATAS

RECORDS = {cast.OUMI: "juminhyo.md", cast.MIDORINO: "juminhyo.md", cast.TSUKIHAMA: "juminhyo.html"}
WASTE = {cast.OUMI: "sodaigomi.pdf", cast.MIDORINO: "sodaigomi.html"}
TAXES = {cast.OUMI: "zeishomei.md", cast.TSUKIHAMA: "zeishomei.html"}
DOGS = {cast.OUMI: "inu.md", cast.MIDORINO: "inu.txt", cast.TSUKIHAMA: "inu.html"}


def _params(kata: str, code: str) -> dict[str, Cell]:
    """The parameters that run in a town: its own over the defaults."""
    defaults = {param.id: param.default for param in package.load(KATAS / kata).package.kata.params}
    own = {**cast.ADOPTED, **EVERYDAY}[kata][code]
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


@pytest.mark.parametrize("kata", sorted(EVERYDAY))
def test_towns_set_only_what_there_is_to_set(kata: str) -> None:
    declared = {param.id: param for param in package.load(KATAS / kata).package.kata.params}
    for own in EVERYDAY[kata].values():
        for name, value in own.items():
            param = declared[name]
            assert type(value) is {"text": str, "int": int, "yesno": bool}[param.type]
            if isinstance(value, int) and not isinstance(value, bool):
                assert param.min is None or param.min <= value
                assert param.max is None or value <= param.max


@pytest.mark.parametrize("code", TAXES)
def test_tax_certificates_cost_what_the_document_says(code: str) -> None:
    params, told = _params("zei-shoumei", code), _text(f"{code}/{TAXES[code]}")
    assert f"1通{params['所得系の手数料']}円" in told
    assert f"6月{params['新年度の開始日']}日" in told
    assert params["新年度の開始"] == 6
    assert params["世帯は委任状なし"] is True
    assert "委任状は要りません" in told
    assert str(params["担当電話"]) in told
    properties = {1: f"1件{params['評価の手数料']}円", 10: "10筆まで"}
    assert properties[int(params["評価の基本件数"] or 0)] in told


def test_each_further_property_costs_as_much_as_the_first_where_the_document_counts_them() -> None:
    params = _params("zei-shoumei", cast.OUMI)
    assert params["評価の加算"] == params["評価の手数料"]


@pytest.mark.parametrize("code", DOGS)
def test_dogs_cost_what_the_document_says(code: str) -> None:
    params, told = _params("inu-touroku", code), _text(f"{code}/{DOGS[code]}")
    for fee in ("登録手数料", "済票手数料", "再交付手数料"):
        assert f"{params[fee]:,}円" in told
    assert str(params["担当電話"]) in told
    assert ("特例制度に参加していません" in told) is not params["特例に参加"]


def test_every_section_that_answers_enquiries_is_one_of_the_town() -> None:
    sections = {body.code: {section.name for section in body.sections} for body in BODIES}
    for code in EVERYDAY["otoiawase"]:
        params = _params("otoiawase", code)
        assert {value for name, value in params.items() if name.endswith("の課")} <= sections[code]
