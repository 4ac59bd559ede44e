"""A folder becomes one canonical text; whatever is wrong with it is told with file, line and path."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from tests.core.kata import sample

from yuimaru.core.kata.check import check
from yuimaru.core.kata.models import Package
from yuimaru.core.kata.package import MAX_FILES, canonical, digest, load
from yuimaru.core.kata.paths import texts
from yuimaru.core.kata.problems import KataErrors, KataProblem, errors
from yuimaru.core.kata.program import program
from yuimaru.core.kata.source import MAX_BYTES, MAX_DEPTH, MAX_VALUES

KATAS = sorted(path.parent for path in Path("katas").glob("*/kata.yaml"))


def problems_of(folder: Path) -> list[KataProblem]:
    """Everything that loading or checking finds."""
    try:
        loaded = load(folder)
    except KataErrors as broken:
        return broken.problems
    return check(loaded.package, loaded.sources)


def mutated(tmp_path: Path, old: str, new: str) -> list[KataProblem]:
    """The errors of the sample kata with one text replaced."""
    assert sample.KATA.count(old) >= 1
    return errors(problems_of(sample.write(tmp_path, sample.KATA.replace(old, new, 1))))


def test_sample_is_sound(tmp_path: Path) -> None:
    assert errors(problems_of(sample.write(tmp_path))) == []


@pytest.mark.parametrize(("kind", "needs_one"), [("procedure", True), ("staff", True), ("self_check", False)])
def test_what_somebody_applies_for_needs_a_workflow(tmp_path: Path, kind: str, needs_one: bool) -> None:
    def codes(kata: str) -> set[str]:
        kata = kata.replace("kata: garden-plot", f"kata: garden-plot\nkind: {kind}", 1)
        return {problem.code for problem in problems_of(sample.write(tmp_path, kata))}

    head, _, rest = sample.KATA.partition("workflow:\n")
    without = head + "notices:\n" + rest.partition("\nnotices:\n")[2]
    assert ("no_workflow" in codes(without)) == needs_one
    assert ("self_check_workflow" in codes(sample.KATA)) != needs_one


def test_canonical_text_is_sorted_compact_and_round_trips(tmp_path: Path) -> None:
    loaded = load(sample.write(tmp_path))
    data = json.loads(loaded.canonical)
    assert loaded.canonical == json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert data["kata"]["language"] == 1
    assert canonical(Package.model_validate_json(loaded.canonical)) == loaded.canonical
    assert loaded.sha256 == digest(loaded.canonical)
    assert program(loaded.canonical).sha256 == loaded.sha256
    assert program(loaded.canonical) is program(loaded.canonical)


def test_what_does_not_change_the_meaning_does_not_change_the_hash(tmp_path: Path) -> None:
    one = load(sample.write(tmp_path / "a"))
    spelt_out = sample.KATA.replace("title: 市民農園の申込", "title: '市民農園の申込'  # 名前").replace(
        "{id: 小, label: 小さい区画}", "{label: 小さい区画, id: 小, alone: false}"
    )
    assert load(sample.write(tmp_path / "b", spelt_out)).sha256 == one.sha256
    other = sample.KATA.replace("3000", "3001")
    assert load(sample.write(tmp_path / "c", other)).sha256 != one.sha256
    translated = sample.ENGLISH.replace("Full name", "Name")
    assert load(sample.write(tmp_path / "d", files={"i18n/en.yaml": translated})).sha256 != one.sha256


def test_scalars_stay_as_they_are_typed(tmp_path: Path) -> None:
    kata = sample.KATA.replace("default: 産業課", "default: 0120").replace(
        "bring: [本人確認書類]", "bring: [yes, on, 37.50]"
    )
    loaded = load(sample.write(tmp_path, kata))
    assert loaded.package.kata.params[0].default == "0120"
    assert loaded.package.kata.bring == ["yes", "on", "37.50"]


def test_texts_by_language_fall_back_to_japanese(tmp_path: Path) -> None:
    ready = sample.ready(tmp_path)
    assert ready.title("en") == "Application for a garden plot"
    assert ready.title("vi") == ready.title() == "市民農園の申込"
    assert ready.text("forms.申込.申込者.フリガナ.label", "フリガナ", "en") == "フリガナ"
    assert ready.guidance("en") == ready.guidance("ja") == "# 市民農園\n"
    known = texts(ready.kata)
    assert known["forms.申込.希望.広さ.options.大.label"] == "大きい区画"
    assert known["decisions.料金.rows.f4.then.言葉"] == "市外の方です"
    assert known["workflow.審査.resident_title"] == "書類の確認"


REFUSED = {
    "anchor": "title: &a 市民農園の申込",
    "tag": "title: !!python/object:os.system x",
    "duplicate_key": "title: 一つ\ntitle: 二つ",
    "extra_forbidden": "title: 市民農園の申込\nkeyword: [a]",
    "missing": "",
    "character": 'title: "a\\0b"',
    "yaml": "title: [市民農園",
    "documents": "title: 一つ\n---\ntitle: 二つ",
    "string_type": "title: 12",
    "key_not_text": "? [a]\n: b",
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, code: str) -> None:
    found = mutated(tmp_path, "title: 市民農園の申込", REFUSED[code])
    assert code in [problem.code for problem in found]
    assert all(problem.file == "kata.yaml" and problem.line for problem in found)
    assert all(problem.message_ja.endswith("。") and problem.message_en for problem in found)


def test_a_misspelt_word_is_named_with_the_right_one(tmp_path: Path) -> None:
    (found,) = mutated(tmp_path, "label: お名前, required: true", "label: お名前, requird: true")
    line = next(n for n, text in enumerate(sample.KATA.splitlines(), 1) if "id: 氏名," in text)
    assert (found.path, found.line) == ("forms.申込.申込者.氏名.requird", line)
    assert "「required」のことですか。" in found.message_ja


SLIPS: dict[str, tuple[str, str, str]] = {
    "unknown item in when": ("when: 市内 = false", "when: 市外 = false", "forms.申込.申込者.勤務先.when"),
    "later item in when": ("when: 市内 = false", "when: 広さ = \"小\"", "forms.申込.申込者.勤務先.when"),
    "itself in when": ("when: 年齢 < 15", "when: 保護者 = \"a\"", "forms.申込.家族.保護者.when"),
    "item of a repeat outside it": ("when: 空(口座) = false", "when: 年齢 > 3", "forms.申込.希望.写し.when"),
    "text compared with number": ("when: 年齢 < 15", "when: 年齢 < \"15\"", "forms.申込.家族.保護者.when"),
    "check is no condition": ("check: 生年月日 <= 今日", "check: 生年月日", "forms.申込.申込者.生年月日.check"),
    "broken expression": ("when: 市内 = false", "when: 市内 = ", "forms.申込.申込者.勤務先.when"),
    "two items of one id": ("{id: メール, type: mail", "{id: 電話, type: mail", "forms.申込.申込者.電話.id"),
    "item and table of one id": ("- id: 人数", "- id: 面積", "decisions.面積.id"),
    "half-width id": ("{id: メール,", "{id: ﾒｰﾙ,", "forms.申込.申込者.ﾒｰﾙ.id"),
    "keyword as id": ("{id: メール,", "{id: between,", "forms.申込.申込者.between.id"),
    "choice without options": ("options: [{id: 小, label: 小さい区画}, {id: 大, label: 大きい区画}]", "options: []", "forms.申込.希望.広さ"),
    "options of a text": ("type: mail, label: メールアドレス", "type: mail, label: メールアドレス, options: [a, b]", "forms.申込.申込者.メール.options"),
    "min above max": ("min: 0, max: 120", "min: 130, max: 120", "forms.申込.家族.年齢.min"),
    "gap": ("if: ['>= 6']", "if: ['> 6']", "decisions.人数"),
    "overlap": ("if: ['>= 6']", "if: ['>= 5']", "decisions.人数.rows.n2"),
    "cell of another type": ("if: ['>= 6']", "if: ['\"六\"']", "decisions.人数.rows.n2.if.0"),
    "too few cells": ("if: ['>= 6']", "if: []", "decisions.人数.rows.n2"),
    "output of another type": ("then: [3000,", "then: [三千,", "decisions.料金.rows.f1.then.0"),
    "unknown output of a table": ("is: 人数.人", "is: 人数.人々", "decisions.料金.inputs.人"),
    "each without group": ("each: 仲間", "each: 仲間氏名", "decisions.人数.each"),
    "aggregate alone": ("{id: 円, type: int, unit: 円}", "{id: 円, type: int, aggregate: sum}", "decisions.料金.outputs.円.aggregate"),
    "unknown target": ("{id: 再提出, to: 審査}", "{id: 再提出, to: 審議}", "workflow.補正.actions.再提出.to"),
    "unknown start": ("start: 審査", "start: 審議", "workflow.start"),
    "unknown role": ("by: 共同", "by: 共用", "workflow.審査.by"),
    "nobody acts": ("      by: 共同\n", "", "workflow.審査"),
    "joint role decides": ("by: 決裁者", "by: 共同", "workflow.決定.decides"),
    "applicant decides": ("by: 決裁者", "by: 申請者", "workflow.決定.decides"),
    "disposition passed by": ("{id: 通す, to: 決定", "{id: 通す, to: 利用開始", "workflow.利用開始"),
    "other person after": ("not_by: 審査", "not_by: 抽選", "workflow.決定.not_by"),
    "no exit": ("actions: [{id: 再提出, to: 審査}]", "actions: [{id: 再提出, to: 補正}]", "workflow.補正"),
    "unreachable": ("when: 料金.円 <= 5000, weight: main}\n        - {id: 承認, to: 抽選", "weight: main}\n        - {id: 辞退, to: 不承認", "workflow.抽選"),
    "never taken": ("to: 利用開始, when: 料金.円 <= 5000", "to: 利用開始", "workflow.決定.actions.承認"),
    "unknown item seen": ("sees: [氏名,", "sees: [名前,", "workflow.審査.sees.0"),
    "applicant's form at a desk": ("form: 点検", "form: 申込", "workflow.審査.form"),
    "group in a staff form": ("title: 点検\n        items:", "title: 点検\n        repeat: {id: 区画, title: 区画}\n        items:", "workflow.審査.form"),
    "unknown overdue": ("form: 点検\n", "form: 点検\n      overdue: 放置\n", "workflow.審査.overdue"),
    "decides by itself": ("due: {days: 3}\n", "due: {days: 3}\n      overdue: 承認\n", "workflow.決定.overdue"),
    "edits by staff": ("by: 申請者\n", "by: 担当\n", "workflow.補正.edits"),
    "unknown notice": ("notify: [補正通知]", "notify: [補正の通知]", "workflow.補正.notify.0"),
    "end without nature": ("title: 不承認, end: rejected, nature: disposition", "title: 不承認, end: rejected", "workflow.不承認"),
    "filing refused": ("title: 不承認, end: rejected, nature: disposition", "title: 不承認, end: rejected, nature: notification", "workflow.不承認.nature"),
    "refusal not told": (", notify: [不承認通知]", "", "workflow.不承認"),
    "refusal without reason": ("'«理由»。«教示»", "'。«教示»", "workflow.不承認"),
    "refusal without appeal": ("'«理由»。«教示»", "'«理由»。", "workflow.不承認"),
    "unknown ground": ("notify: [不承認通知]", "notify: [不承認通知], grounds: [手数料]", "workflow.不承認.grounds.0"),
    "nobody writes why": ("{id: 却下, to: 不承認, needs_note: true, weight: stop}", "{id: 却下, to: 不承認, weight: stop}", "workflow.不承認"),
    "unknown merge field": ("«氏名» 様", "«名前» 様", "notices.受付通知.body"),
    "sensitive merge field": ("«氏名» 様", "«暗証» 様", "notices.受付通知.body"),
    "repeated merge field": ("«氏名» 様", "«仲間氏名» 様", "notices.受付通知.body"),
    "open merge field": ("«氏名» 様", "«氏名 様", "notices.受付通知.body"),
    "param of another type": ("type: int, default: 14", "type: int, default: 十四", "params.補正期限日数.default"),
    "param out of range": ("type: int, default: 14", "type: int, default: 3", "params.補正期限日数.default"),
    "built-in role": ("{id: 担当, title: 担当}", "{id: 申請者, title: 担当}", "roles.申請者"),
    "period is text": ("due: {days: 補正期限日数,", "due: {days: 担当課,", "workflow.補正.due.days"),
    "period from no date": ("{days: 14, calendar: calendar}", "{days: 14, after: 氏名}", "standard_period.after"),
    "procedure without workflow": ("kata: garden-plot", "kata: garden-plot\nkind: self_check", "workflow"),
    "conversation with repeat": ("title: 申込書", "title: 申込書\n    chat: true", "forms.申込.家族.repeat"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_the_check_finds_every_slip_at_its_place(tmp_path: Path, slip: str) -> None:
    old, new, path = SLIPS[slip]
    found = mutated(tmp_path, old, new)
    assert path in [problem.path for problem in found], found
    assert all(problem.line is not None and problem.message_en for problem in found)


def test_all_findings_come_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    kata = sample.KATA
    for old, new, _ in (
        SLIPS["unknown role"],
        SLIPS["gap"],
        SLIPS["unknown merge field"],
        SLIPS["later item in when"],
    ):
        kata = kata.replace(old, new, 1)
    lines = [problem.line or 0 for problem in errors(problems_of(sample.write(tmp_path, kata)))]
    assert len(lines) >= 4
    assert lines == sorted(lines)


def test_near_names_are_proposed(tmp_path: Path) -> None:
    (found, *_) = mutated(tmp_path, "is: 人数.人", "is: 人数表.人")
    assert "「人数表」という項目はありません。もしかして「人数」のことですか。" in found.message_ja


def test_translations_and_examples_may_name_only_what_exists(tmp_path: Path) -> None:
    files = {
        "i18n/en.yaml": "forms.申込.申込者.名前.label: Name\nnotices.受付通知.body: Dear «name»",
        "examples/plots.yaml": sample.EXAMPLE_FILE.replace("rows: {料金: [f1]", "rows: {料金: [f9]").replace(
            "{step: 審査, action: 通す}", "{step: 審査, action: 通過}"
        ),
    }
    found = errors(problems_of(sample.write(tmp_path, files=files)))
    assert [(problem.file, problem.line) for problem in found] == [
        ("examples/plots.yaml", 17),
        ("examples/plots.yaml", 21),
        ("i18n/en.yaml", 1),
        ("i18n/en.yaml", 2),
    ]


@pytest.mark.parametrize(
    ("name", "content", "limit"),
    [
        ("size", "a: " + "x" * MAX_BYTES, f"{MAX_BYTES:,}"),
        ("depth", "a: " + "[" * 60_000, str(MAX_DEPTH)),
        ("depth of maps", "a: " + "{a: " * 5_000, str(MAX_DEPTH)),
        ("values", "a: [" + "1," * (MAX_VALUES + 10) + "]", f"{MAX_VALUES:,}"),
        ("aliases", "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", "&"),
        ("not UTF-8", "", "UTF-8"),
    ],
)
def test_hostile_files_are_refused_quickly_with_the_limit_named(
    tmp_path: Path, name: str, content: str, limit: str
) -> None:
    folder = sample.write(tmp_path)
    (folder / "kata.yaml").write_bytes("型".encode("cp932") if name == "not UTF-8" else content.encode())
    began = time.process_time()
    with pytest.raises(KataErrors) as refused:
        load(folder)
    assert time.process_time() - began < 5
    assert limit in refused.value.problems[0].message_ja


def test_only_the_files_of_a_kata_are_read(tmp_path: Path) -> None:
    outside = tmp_path / "secret.yaml"
    outside.write_text("title: 秘密", encoding="utf-8")
    folder = sample.write(
        tmp_path / "kata", files={"example/typo.yaml": "[]", "README.md": "# 説明", ".git/config": "x"}
    )
    (folder / "i18n" / "vi.yaml").symlink_to(outside)
    found = problems_of(folder)
    assert [(problem.file, problem.code) for problem in found] == [
        ("example", "unknown_file"),
        ("i18n/vi.yaml", "not_a_file"),
    ]


@pytest.mark.parametrize("name", ["kata.yaml", "docs/guidance.ja.md", "examples/plots.yaml"])
def test_control_characters_are_refused_in_every_file(tmp_path: Path, name: str) -> None:
    folder = sample.write(tmp_path)
    (folder / name).write_bytes("# 一行目\n型\0".encode())
    (found,) = problems_of(folder)
    assert (found.file, found.line, found.code) == (name, 2, "character")


def test_a_folder_without_kata_is_no_kata(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        assert [problem.code for problem in problems_of(folder)] == ["no_kata"]


def test_the_number_of_files_is_limited(tmp_path: Path) -> None:
    folder = sample.write(tmp_path, files={f"examples/{number}.yaml": "[]" for number in range(MAX_FILES)})
    (found,) = problems_of(folder)
    assert (found.code, str(MAX_FILES) in found.message_ja) == ("too_many_files", True)


@pytest.mark.parametrize("folder", KATAS, ids=lambda folder: folder.name)
def test_the_library_is_sound(folder: Path) -> None:
    assert [(problem.path, problem.message_ja) for problem in problems_of(folder)] == []
