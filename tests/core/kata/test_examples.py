"""Examples are the tests inside a kata: each slip in them or in the kata is told in words, and coverage is measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.core.kata import sample

from yuimaru.core.kata.examples import Report, run, run_all
from yuimaru.core.kata.package import load
from yuimaru.core.kata.program import program

KATAS = sorted(path.parent for path in Path("katas").glob("*/kata.yaml"))


def report(folder: Path, examples: str = sample.EXAMPLE_FILE, kata: str = sample.KATA) -> Report:
    return run_all(load(sample.write(folder, kata, {"examples/plots.yaml": examples})).package)


def test_the_sample_passes_and_its_coverage_is_counted(tmp_path: Path) -> None:
    found = report(tmp_path)
    assert [(result.id, result.failures) for result in found.results] == [
        ("small-plot", []),
        ("nothing-entered", []),
    ]
    # The large plot (f3) was applied for, the small one (f1) is what the correction left.
    covered = found.coverage
    assert (covered.rows, covered.actions) == ((3, 6), (4, 8))
    assert (covered.branches, covered.notices) == ((6, 10), (3, 4))
    assert not found.covered
    assert covered.unreached == [
        "判定表の行「人数.n1」",
        "判定表の行「料金.f2」",
        "判定表の行「料金.f4」",
        "操作「決定.承認（2番目）」",
        "操作「決定.却下」",
        "操作「抽選.当選」",
        "操作「抽選.落選」",
        "項目「申込.申込者.勤務先」を尋ねる場合",
        "項目「申込.家族.保護者」を尋ねる場合",
        "項目「申込.希望.写し」を尋ねる場合",
        "操作「決定.承認（1番目）」ができない場合",
        "通知「不承認通知」（差し込む項目がすべてそろうもの）",
    ]


def test_the_form_of_a_step_belongs_to_the_act(tmp_path: Path) -> None:
    kata = sample.KATA.replace("料金.円 <= 5000", "審査.区画あり = true")
    sends_to_lottery = report(tmp_path / "a", kata=kata).results[0]
    assert "終わりの工程：「利用開始」のはずが「抽選」でした。" in sends_to_lottery.failures
    filled = sample.EXAMPLE_FILE.replace("action: 通す}", "action: 通す, answers: {区画あり: true}}")
    assert report(tmp_path / "b", filled, kata).results[0].ok


def test_refused_answers_reach_no_row(tmp_path: Path) -> None:
    refused = sample.EXAMPLE_FILE[sample.EXAMPLE_FILE.index("- id: nothing-entered") :]
    assert report(tmp_path, refused).coverage.rows == (0, 6)


SLIPS: dict[str, tuple[str, str, str]] = {
    "other amount": ("円: 3000", "円: 4000", "判定「料金」の「円」：「4000」のはずが「3000」でした。"),
    "other row": ("料金: [f1]", "料金: [f2]", "判定「料金」の行：「f2」のはずが「f1」でした。"),
    "undecided": ("料金: {円: 3000, 言葉: 市内の方の小さい区画です}", "料金: null", "判定「料金」："),
    "other end": ("end: 利用開始", "end: 不承認", "終わりの工程：「不承認」のはずが「利用開始」でした。"),
    "other route": ("route: [審査, 補正,", "route: [審査,", "工程の順："),
    "other notices": ("notices: [受付通知,", "notices: [", "通知："),
    "other step": ("{step: 補正, action: 再提出", "{step: 決定, action: 承認", "操作の工程：「決定」のはずが「補正」でした。"),
    "act that is not open": ("{step: 審査, action: 通す}", "{step: 審査, action: 再提出}", "操作「再提出」はできません"),
    "no reason given": (", note: 広さを確かめてください。", "", "理由（note）が必要です"),
    "corrected by the decider": ("{step: 決定, action: 承認}", "{step: 決定, action: 承認, answers: {広さ: 小}}", "答えを入力できません"),
    "corrected at a desk": ("{step: 審査, action: 通す}", "{step: 審査, action: 通す, answers: {広さ: 小}}", "「広さ」が受け付けられませんでした"),
    "corrected wrongly": ("answers: {広さ: 小}}", "answers: {広さ: 中}}", "「広さ」が受け付けられませんでした："),
    "refused answer": ("フリガナ: タカハシ ヨシロウ", "フリガナ: たかはし", "「フリガナ」が受け付けられませんでした："),
    "expected refusal": ("expect:\n    decisions", "expect:\n    problems: [電話]\n    decisions", "「電話」は誤りになるはずですが"),
    "unknown table": ("人数: {人: 1}", "人口: {人: 1}", "「人口」は、この型にありません。"),
    "unknown output": ("人数: {人: 1}", "人数: {数: 1}", "「人数.数」は、この型にありません。"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_every_difference_is_told(tmp_path: Path, slip: str) -> None:
    old, new, sentence = SLIPS[slip]
    assert sample.EXAMPLE_FILE.count(old) >= 1
    found = report(tmp_path, sample.EXAMPLE_FILE.replace(old, new, 1)).results[0]
    assert not found.ok
    assert any(sentence in failure for failure in found.failures), found.failures


def test_a_contradiction_in_a_table_is_a_failure_not_a_crash(tmp_path: Path) -> None:
    kata = sample.KATA.replace("if: ['>= 6']", "if: ['>= 0']").replace("if: ['< 6']", "if: ['>= 0']")
    (failure,) = report(tmp_path, kata=kata).results[0].failures
    assert "行「n1」「n2」が同時に当てはまりました" in failure


def test_a_period_without_days_is_a_failure_not_a_crash(tmp_path: Path) -> None:
    kata = sample.KATA.replace("days: 補正期限日数, calendar", "days: 補正期限日数 / 4, calendar")
    (failure,) = report(tmp_path, kata=kata).results[0].failures
    assert "補正期限日数 / 4" in failure


def test_params_of_an_example_are_used(tmp_path: Path) -> None:
    examples = sample.EXAMPLE_FILE.replace(
        "  answers:\n    氏名", "  params: {補正期限日数: 7}\n  answers:\n    氏名", 1
    )
    loaded = load(sample.write(tmp_path, files={"examples/plots.yaml": examples}))
    assert loaded.package.examples[0].params == {"補正期限日数": 7}
    assert run(program(loaded.canonical), loaded.package.examples[0]).ok


@pytest.mark.parametrize("folder", KATAS, ids=lambda folder: folder.name)
def test_the_library_passes_its_examples_and_reaches_everything(folder: Path) -> None:
    found = run_all(load(folder).package)
    assert [(result.id, result.failures) for result in found.failed] == []
    assert found.coverage.unreached == []
    assert len(found.results) >= 12
