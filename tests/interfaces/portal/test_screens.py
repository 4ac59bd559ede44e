"""Screens made of stored answers: what is prefilled says so, until the answer is somebody's own."""

from __future__ import annotations

from pathlib import Path

from tests.core.kata.test_items import TODAY, make
from tests.core.kata.test_prefill import FIRST, ITEMS
from yuimaru.interfaces.portal import screens
from yuimaru.interfaces.portal.screens import Filling


def test_a_prefilled_field_says_where_its_value_came_from(tmp_path: Path) -> None:
    program = make(tmp_path, ITEMS)
    step = program.screen("減免", "続き").step
    fresh = screens.build(Filling(program, "減免", FIRST, TODAY, "ja"), step).members[0].fields
    assert (fresh[0].value, fresh[0].source) == ("青葉 陽菜", "「お名前」の答えから")
    assert fresh[2].parts["holder"] == "アオバ ヒナ"
    assert fresh[0].described_by == "宛名-source"
    own = screens.build(Filling(program, "減免", {**FIRST, "宛名": "別の名"}, TODAY, "ja"), step)
    assert (own.members[0].fields[0].value, own.members[0].fields[0].source) == ("別の名", "")


def test_what_a_hidden_answer_holds_is_not_offered(tmp_path: Path) -> None:
    program = make(tmp_path, ITEMS)
    step = program.screen("減免", "続き").step
    answers = {**FIRST, "本人": False}
    [shown] = screens.build(Filling(program, "減免", answers, TODAY, "ja"), step).members
    assert (shown.fields[0].value, shown.fields[0].source) == ("", "")
