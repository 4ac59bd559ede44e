"""Every kind of item as a browser gets it: labelled, described, filled, and never an individual number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from tests.core.kata import test_items
from yuimaru.core.kata import forms
from yuimaru.core.kata.forms import Problem
from yuimaru.core.kata.program import Program
from yuimaru.interfaces.look import fields

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def relief(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return test_items.make(tmp_path_factory.mktemp("relief"))


def html(relief: Program, problems: list[Problem] | None = None, lang: str = "ja") -> dict[str, str]:
    step = relief.screen("減免", "内訳").step
    answers = {**test_items.FILLED, "減免額": 12_000}
    shown = fields.build(
        relief,
        "減免",
        step,
        step.items,
        typed=fields.typed_answers(relief, "減免", step, answers),
        problems=problems or (),
        lang=lang,
        worked_out=forms.worked_out(relief, "減免", "内訳", answers, today=TODAY, params={}, lang=lang),
    )
    return {field.path: render_to_string(field.template, {"field": field}) for field in shown}


def test_each_kind_is_filled_with_what_is_stored(relief: Program) -> None:
    page = html(relief)
    assert 'value="12000"' in page["使用料"]
    assert "<span>円</span>" in page["使用料"]
    assert 'name="開始.hour" value="08"' in page["開始"]
    assert 'name="対象月.month" value="12"' in page["対象月"]
    assert 'name="対象月.day"' not in page["対象月"]
    assert 'name="生年月日.unknown" value="true" checked' in page["生年月日"]
    assert 'name="署名.agreed" value="true" checked' in page["署名"]
    assert 'value="髙橋 𠮷郎"' in page["署名"]


def test_what_is_worked_out_is_shown_and_cannot_be_typed(relief: Program) -> None:
    page = html(relief)
    assert "0円" in page["残り"]
    assert "<input" not in page["残り"] + page["説明"]
    assert "<strong>全額</strong>" in page["説明"]


def test_an_individual_number_is_never_sent_to_a_browser(relief: Program) -> None:
    page = html(relief)["番号"]
    assert test_items.FILLED["番号"] not in page
    assert "入力済み（ここには表示しません）" in page
    assert 'name="番号.remove"' in page
    assert 'autocomplete="off"' in page


def test_an_explanation_cannot_bring_a_script(tmp_path: Path) -> None:
    items = (
        "          - {id: あ, type: explanation, label: あ, text: '<script>x</script>[y](javascript:z)'}\n"
    )
    program = test_items.make(tmp_path, items)
    step = program.screen("減免", "内訳").step
    [field] = fields.build(program, "減免", step, step.items, typed={}, lang="ja")
    page = render_to_string(field.template, {"field": field})
    assert "<script" not in page
    assert "href" not in page


def test_a_wrong_part_is_marked_and_the_summary_leads_to_it(relief: Program) -> None:
    step = relief.screen("減免", "内訳").step
    problems = [
        Problem("開始", "time", "時刻を確かめてください。", "minute"),
        Problem("署名", "required", "署名"),
    ]
    shown = fields.build(relief, "減免", step, step.items, typed={}, problems=problems, lang="ja")
    targets = {field.path: field.target for field in shown if field.error}
    assert targets == {"開始": "開始.minute", "署名": "署名.agreed"}
    assert html(relief, problems)["開始"].count('aria-invalid="true"') == 1
