"""The language of approvals: what the check refuses, which route and which drafts a case gets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.core.kata import sample

from yuimaru.core.kata import check, examples, routes
from yuimaru.core.kata.approval import Kind
from yuimaru.core.kata.facts import decide_all, facts, with_decisions
from yuimaru.core.kata.package import Loaded, canonical, load
from yuimaru.core.kata.problems import errors
from yuimaru.core.kata.program import Program, program
from yuimaru.core.kata.workflow import Act, case_facts

ROUTE = """\
  - id: 経路
    title: 決裁の経路
    hit: R
    inputs: [{id: 円, is: 料金.円}, {id: 区画, is: 審査.区画あり}]
    outputs: [{id: 職}, {id: 種別}, {id: 課}]
    rows:
      - {id: e1, if: ['-', '-'], then: [係長, 回議, '']}
      - {id: e2, if: ['> 5000', '-'], then: [課長, 合議, 財政課]}
      - {id: e3, if: ['<= 5000', '-'], then: [課長, 決裁, '']}
      - {id: e4, if: ['> 5000', '-'], then: [=上の職, 決裁, '']}
      - {id: e5, if: ['-', 'true'], then: [農政係長, 供覧, '']}
workflow:
"""
STEP = """\
      by: 担当
      not_by: 審査
      approval:
        subject: 市民農園の利用（«氏名»、«料金.円»円）
        inquiry: |
          «広さ»の区画の利用を承認してよろしいか伺います。
        drafts: [{notice: 承認通知, when: 料金.円 <= 5000}, {notice: 不承認通知, when: 料金.円 > 5000}]
        route: 経路
      due: {days: 3}
      resident_title: 決定
      actions:
        - {id: 承認, to: 利用開始, when: 料金.円 <= 5000, weight: main}
        - {id: 承認, to: 不承認, weight: main}
        - {id: 差戻し, to: 審査, needs_note: true}
"""
BEFORE = sample.KATA[sample.KATA.index("      by: 決裁者") : sample.KATA.index("    - {id: 抽選")]
LOTTERY = sample.KATA[sample.KATA.index("    - {id: 抽選") : sample.KATA.index("    - {id: 利用開始")]
KATA = (
    sample.KATA.replace("workflow:\n", ROUTE, 1)
    .replace(BEFORE, STEP)
    .replace(LOTTERY, "")
    .replace("  - {id: 決裁者, title: 決裁者}\n", "")
    .replace("roles:\n", "  - {id: 上の職, label: 上の職, type: text, default: 部長}\nroles:\n", 1)
    .replace("notify: [不承認通知]", "notify: [不承認通知], grounds: [料金]")
)
EXAMPLES = (
    sample.EXAMPLE_FILE.replace(
        "{step: 審査, action: 戻す", "{step: 審査, action: 戻す, answers: {区画あり: false}"
    )
    .replace("{step: 審査, action: 通す}", "{step: 審査, action: 通す, answers: {区画あり: true}}")
    .replace(
        "  expect:\n    decisions",
        "  expect:\n    marks: {決定: [回議 係長, 決裁 課長, 供覧 農政係長]}\n    decisions",
    )
)


def loaded(folder: Path, kata: str = KATA, cases: str = EXAMPLES) -> Loaded:
    english = {"i18n/en.yaml": sample.ENGLISH, "examples/plots.yaml": cases}
    return load(sample.write(folder, kata, english))


def found(folder: Path, *changes: tuple[str, str]) -> list[tuple[str, str]]:
    kata = KATA
    for before, after in changes:
        assert before in kata, before
        kata = kata.replace(before, after)
    one = loaded(folder, kata)
    return [(problem.code, problem.path) for problem in errors(check.check(one.package, one.sources))]


def of_case(ready: Program, act: str = "通す", **answers: Any) -> dict[str, Any]:
    known = facts(ready, sample.FORM, {**sample.ANSWERS, **answers}, today=sample.TODAY, params={})
    decided = with_decisions(known, decide_all(ready, known))
    return case_facts(ready, decided, [Act("審査", act, None, {"区画あり": True})])


def test_the_kata_holds_and_its_examples_go_their_route(tmp_path: Path) -> None:
    one = loaded(tmp_path)
    assert errors(check.check(one.package, one.sources)) == []
    assert [result.failures for result in examples.run_all(one.package).results] == [[], []]


def test_an_example_says_which_route_it_expects(tmp_path: Path) -> None:
    one = loaded(tmp_path, cases=EXAMPLES.replace("決裁 課長", "決裁 部長"))
    [failed, _passed] = examples.run_all(one.package).results
    assert failed.failures == [
        "「決定」の決裁の経路：「回議 係長 → 決裁 部長 → 供覧 農政係長」のはずが"
        "「回議 係長 → 決裁 課長 → 供覧 農政係長」でした。"
    ]


def test_the_route_reads_answers_acts_forms_and_settings(tmp_path: Path) -> None:
    ready = program(loaded(tmp_path).canonical)
    step = ready.work_step("決定")
    cheap = routes.route_of(ready, step, of_case(ready))
    assert [line.words for line in cheap.lines] == ["回議 係長", "決裁 課長", "供覧 農政係長"]
    dear = routes.route_of(ready, step, of_case(ready, 市内=False))
    assert [(line.words, line.section) for line in dear.lines] == [
        ("回議 係長", None), ("合議 課長", "財政課"), ("決裁 部長", None), ("供覧 農政係長", None),
    ]  # fmt: skip
    assert dear.lines[2].kind is Kind.DECIDE
    assert routes.drafts_of(ready, step, of_case(ready)) == ["承認通知"]
    assert routes.end_of(ready, step, "不承認通知", of_case(ready, 市内=False)).id == "不承認"


def test_a_step_with_an_approval_decides(tmp_path: Path) -> None:
    ready = program(loaded(tmp_path).canonical)
    assert ready.work_step("決定").decides
    assert "経路" not in ready.tables
    assert "経路" not in decide_all(ready, of_case(ready))


def test_posts_that_the_settings_close_are_not_asked_of_the_town(tmp_path: Path) -> None:
    ready = program(loaded(tmp_path).canonical)
    named = {(post, section) for _kind, post, section in routes.posts_named(ready)}
    assert named == {("係長", None), ("課長", "財政課"), ("課長", None), ("部長", None), ("農政係長", None)}
    kata = KATA.replace("{id: 区画, is: 審査.区画あり}", "{id: 区画, is: '上の職 = \"町長\"'}")
    ready = program(loaded(tmp_path / "closed", kata).canonical)
    assert "農政係長" not in {post for _kind, post, _section in routes.posts_named(ready)}


def test_a_route_without_a_decision_for_a_case_is_told(tmp_path: Path) -> None:
    one = loaded(tmp_path)
    rows = one.package.kata.decisions[-1].rows
    broken = one.package.kata.decisions[-1].model_copy(update={"rows": rows[:2]})
    kata = one.package.kata.model_copy(update={"decisions": [*one.package.kata.decisions[:-1], broken]})
    package = one.package.model_copy(update={"kata": kata})
    ready = program(canonical(package))
    with pytest.raises(routes.RouteError):
        routes.route_of(ready, ready.work_step("決定"), of_case(ready))
    assert any(
        "決裁の経路が決まりません" in failure for failure in examples.run_all(package).results[0].failures
    )


MISTAKES = {
    "no such table": ([("route: 経路", "route: 経絡")], "unknown_name", "workflow.決定.approval.route"),
    "nobody decides the dear ones": ([("=上の職, 決裁", "=上の職, 供覧")], "route_gap", "decisions.経路"),
    "two decide": ([("['<= 5000', '-'], then: [課長", "['<= 9000', '-'], then: [課長")], "route_overlap", "decisions.経路"),
    "no decision at all": (
        [("課長, 決裁", "課長, 回議"), ("=上の職, 決裁", "=上の職, 回議")], "route_undecided", "decisions.経路"
    ),
    "strange kind": ([("農政係長, 供覧", "農政係長, 閲覧")], "route_kind", "decisions.経路.rows.e5.then.1"),
    "kind worked out": ([("農政係長, 供覧", "農政係長, =上の職")], "route_kind", "decisions.経路.rows.e5.then.1"),
    "one row only": ([("hit: R\n    inputs: [{id: 円", "hit: F\n    inputs: [{id: 円")], "route_shape", "decisions.経路"),
    "no post": ([("outputs: [{id: 職}", "outputs: [{id: 名}")], "route_shape", "decisions.経路"),
    "unknown field": ([("«広さ»の区画", "«広間»の区画")], "unknown_name", "workflow.決定.approval.inquiry"),
    "field that is closed": ([("«広さ»の区画", "«電話»の区画")], "sensitive_field", "workflow.決定.approval.inquiry"),
    "field of the route": ([("«広さ»の区画", "«経路.職»の区画")], "unknown_name", "workflow.決定.approval.inquiry"),
    "no approved": ([("route: 経路", "route: 経路\n        approved: 可決")], "unknown_name", "workflow.決定.approval.approved"),
    "a way past": (
        [("        - {id: 差戻し, to: 審査", "        - {id: 省略, to: 利用開始}\n        - {id: 差戻し, to: 審査")],
        "approval_action", "workflow.決定.actions.省略",
    ),
    "returned to the applicant": (
        [("{id: 差戻し, to: 審査", "{id: 差戻し, to: 補正")], "approval_return", "workflow.決定.actions.差戻し.to"
    ),
    "form at the decision": ([("        route: 経路", "        route: 経路\n      form: 点検")], "approval_form", "workflow.決定.form"),
    "draft unknown": ([("{notice: 承認通知, when", "{notice: 通知, when")], "unknown_name", "workflow.決定.approval.drafts.0.notice"),
    "draft left out": (
        [(", {notice: 不承認通知, when: 料金.円 > 5000}", "")], "undrafted", "workflow.決定.approval.drafts"
    ),
    "draft on a word": ([("{notice: 承認通知, when: 料金.円 <= 5000}", "{notice: 承認通知, when: 料金.円}")],
                        "type", "workflow.決定.approval.drafts.0.when"),
    "joint desk drafts": ([("      by: 担当\n      not_by", "      by: 共同\n      not_by")], "decides_scope", "workflow.決定.decides"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_is_told_where_it_stands(tmp_path: Path, mistake: str) -> None:
    changes, code, path = MISTAKES[mistake]
    problems = found(tmp_path, *changes)
    assert path in [where for _code, where in problems], problems
    if code != "type":
        assert (code, path) in problems
