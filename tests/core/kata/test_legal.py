"""What the law adds: a 届出 is done on arrival; a refusal says why, who decided, and how to appeal."""

from __future__ import annotations

import pytest
from tests.core.kata import sample
from tests.core.kata.sample import ANSWERS, FORM, TODAY

from yuimaru.core.kata import legal
from yuimaru.core.kata.facts import decide_all, facts
from yuimaru.core.kata.legal import Authority
from yuimaru.core.kata.program import Program

OUMI = Authority("青海市長", "青海市", "汐見県知事")


@pytest.fixture(scope="module")
def plot(tmp_path_factory: pytest.TempPathFactory) -> Program:
    text = sample.KATA.replace("notify: [不承認通知]", "notify: [不承認通知], grounds: [料金]")
    return sample.ready(tmp_path_factory.mktemp("plot"), text)


def reason(plot: Program, written: str, lang: str = "ja") -> str:
    known = facts(plot, FORM, {**ANSWERS, "市内": False, "勤務先": "港"}, today=TODAY, params={})
    return legal.reason(plot, plot.work_step("不承認"), decide_all(plot, known), written, lang)


def test_a_reason_is_what_was_written_and_the_grounds_of_the_rows(plot: Program) -> None:
    assert reason(plot, "区画が足りません。") == "区画が足りません。\n条例第5条第3項"
    assert reason(plot, " ") == "条例第5条第3項"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_instruction_names_authority_reviewer_and_defendant(lang: str) -> None:
    text = legal.instruction(OUMI, lang)
    assert all(name in text for name in ("青海市長", "汐見県知事", "青海市"))
    assert "{" not in text


@pytest.mark.parametrize(
    ("kind", "name", "head", "english"),
    [
        ("city", "青海市", "青海市長", "the Mayor of 青海市"),
        ("village", "月浜村", "月浜村長", "the Mayor of 月浜村"),
        ("prefecture", "汐見県", "汐見県知事", "the Governor of 汐見県"),
        ("consortium", "汐見広域連合", "汐見広域連合の長", "the head of 汐見広域連合"),
    ],
)
def test_heads_of_bodies(kind: str, name: str, head: str, english: str) -> None:
    assert (legal.head_of(kind, name), legal.head_of(kind, name, "en")) == (head, english)


def test_a_procedure_whose_outcomes_are_all_notifications_is_a_filing(plot: Program) -> None:
    assert not legal.is_filing(plot.kata)
    workflow = plot.kata.workflow
    assert workflow is not None
    ends = [
        step.model_copy(update={"nature": "notification"}) if step.end else step for step in workflow.steps
    ]
    filing = plot.kata.model_copy(update={"workflow": workflow.model_copy(update={"steps": ends})})
    assert legal.is_filing(filing)
