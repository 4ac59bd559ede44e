"""`yuimaru kata`: outputs, exit codes and one-line refusals as other programs rely on them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from tests.core.kata import sample

from yuimaru.interfaces.cli.kata import kata


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sample.write(tmp_path / "plot")


def call(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and stdout of a command."""
    result = CliRunner().invoke(kata, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout


def call_json(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    """Exit code and the one JSON object on stdout."""
    code, out = call(*arguments, "--json")
    found = json.loads(out)
    assert isinstance(found, dict)
    return code, found


def refusal(*arguments: str | Path) -> str:
    """The one line that wrong input is answered with."""
    with pytest.raises(click.ClickException) as refused:
        kata.main([str(each) for each in arguments], standalone_mode=False)
    message = refused.value.format_message()
    assert refused.value.exit_code == 2
    assert "\n" not in message
    return message


def test_check_says_ok(folder: Path) -> None:
    assert call_json("check", folder) == (0, {"ok": True, "errors": []})
    assert "誤りはありません" in call("check", folder)[1]


def test_check_names_file_line_and_path(folder: Path) -> None:
    sample.write(folder, sample.KATA.replace("when: 市内 = false", "when: 市外 = false"))
    code, found = call_json("check", folder)
    line = next(n for n, text in enumerate(sample.KATA.splitlines(), 1) if "id: 勤務先" in text)
    assert (code, found["ok"]) == (1, False)
    assert found["errors"] == [
        {
            "file": "kata.yaml",
            "line": line,
            "sheet": None,
            "cell": None,
            "path": "forms.申込.申込者.勤務先.when",
            "code": "unknown_name",
            "message": "1文字目：「市外」という項目はありません。もしかして「市内」のことですか。",
        }
    ]
    code, text = call("check", folder)
    assert code == 1
    assert f"kata.yaml:{line} forms.申込.申込者.勤務先.when：誤り：" in text


def test_check_reads_broken_yaml_as_an_error_of_the_kata(folder: Path) -> None:
    (folder / "kata.yaml").write_text("kata: [", encoding="utf-8")
    code, found = call_json("check", folder)
    assert (code, found["errors"][0]["code"]) == (1, "yaml")


def test_test_counts_examples_and_coverage(folder: Path) -> None:
    covered = {"rows": [3, 6], "actions": [4, 8], "branches": [6, 10], "notices": [3, 4]}
    expected = {"examples": 2, "passed": 2, "failed": [], "coverage": covered}
    assert call_json("test", folder) == (0, expected)
    assert call_json("test", folder, "--coverage") == (1, expected)
    code, text = call("test", folder, "--coverage")
    assert code == 1
    assert "例が通らないところ：操作「抽選.当選」\n" in text
    assert "例が通らないところ：項目「申込.申込者.勤務先」を尋ねる場合\n" in text


def test_test_tells_what_failed(folder: Path) -> None:
    examples = sample.EXAMPLE_FILE.replace("円: 3000", "円: 3001")
    sample.write(folder, files={"examples/plots.yaml": examples})
    code, found = call_json("test", folder)
    assert (code, found["passed"]) == (1, 1)
    assert found["failed"][0]["id"] == "small-plot"


@pytest.mark.parametrize(
    ("expression", "given", "value", "kind"),
    [
        ("1 + 2", "{}", 3, "number"),
        ("x * 1.5", '{"x": 3.3}', "4.95", "number"),
        ("年度年齢(生年月日, 今日)", '{"生年月日": "2023-04-02", "今日": "2026-11-25"}', 3, "number"),
        ("日数後(日, 14)", '{"日": "2026-11-10"}', "2026-11-24", "date"),
        ("x > 1 and y", '{"x": 0, "y": null}', False, "yesno"),
        ("x > 1", '{"x": null}', None, "null"),
        ("児童.年齢", '{"児童": [{"年齢": 3}, {"年齢": 5}]}', [3, 5], "list"),
    ],
)
def test_eval_gives_value_and_type(expression: str, given: str, value: Any, kind: str) -> None:
    found = {"ok": True, "value": value, "type": kind, "errors": []}
    assert call_json("eval", expression, "--input", given) == (0, found)


@pytest.mark.parametrize(("expression", "position"), [("1 +", 4), ("公務院 = true", 1), ("年齢( < 3", 5)])
def test_eval_points_at_the_character(expression: str, position: int) -> None:
    code, found = call_json("eval", expression, "--input", '{"公務員": true}')
    assert (code, found["ok"]) == (1, False)
    assert found["errors"][0]["position"] == position


def test_eval_reads_a_file(tmp_path: Path) -> None:
    (tmp_path / "input.json").write_text('{"x": 2}', encoding="utf-8")
    assert call("eval", "x + 1", "--input", f"@{tmp_path / 'input.json'}") == (0, "3\n")


def test_decide_gives_outputs_rows_and_grounds(folder: Path) -> None:
    given = json.dumps(sample.ANSWERS)
    code, found = call_json("decide", folder, "料金", "--input", given, "--today", "2026-11-24")
    assert (code, found) == (
        0,
        {
            "table": "料金",
            "hit_policy": "F",
            "outputs": {"円": 3000, "言葉": "市内の方の小さい区画です"},
            "rows": ["f1"],
            "grounds": ["条例第5条第1項"],
        },
    )
    assert "根拠：条例第5条第1項" in call("decide", folder, "料金", "--input", given)[1]


def test_decide_adds_up_members_and_says_when_nothing_applies(folder: Path) -> None:
    members = [{"年齢": 3}, {"年齢": 8}, {"年齢": 70}]
    given = json.dumps({"市内": True, "仲間": members})
    assert call_json("decide", folder, "人数", "--input", given)[1]["outputs"] == {"人": 2}
    assert call_json("decide", folder, "人数", "--input", "{}")[1]["outputs"] is None


def test_decide_takes_values_of_columns(folder: Path) -> None:
    given = '{"市内": true, "広さ": "大", "人": 2}'
    assert call_json("decide", folder, "料金", "--input", given)[1]["rows"] == ["f2"]
    assert call_json("decide", folder, "人数", "--input", '{"年齢": 5}')[1]["rows"] == ["n1"]


def test_eval_takes_dates_that_are_known_in_part() -> None:
    given = '{"生年月日": "1945-XX-XX"}'
    assert call_json("eval", "年(生年月日)", "--input", given)[1]["value"] == 1945
    assert call_json("eval", "生年月日", "--input", given)[1] == {
        "ok": True,
        "value": "1945-XX-XX",
        "type": "date",
        "errors": [],
    }


def test_dmn_writes_the_tables(folder: Path, tmp_path: Path) -> None:
    code, found = call_json("dmn", folder, tmp_path / "out.dmn")
    written = (tmp_path / "out.dmn").read_text("utf-8")
    assert (code, found["ok"], found["errors"]) == (0, True, [])
    assert written.count("<decisionTable") == found["tables"] > 0
    assert "書き出しました" in call("dmn", folder, tmp_path / "out.dmn")[1]
    assert "書けません" in refusal("dmn", folder, tmp_path / "nowhere" / "out.dmn")


def test_diff_compares_by_ids(folder: Path, tmp_path: Path) -> None:
    same = sample.write(tmp_path / "same", sample.KATA.replace("# ", ""))
    assert call_json("diff", folder, same) == (0, {"equal": True, "changes": []})
    kata_text = sample.KATA.replace("then: [3000,", "then: [3500,").replace(
        "          - {id: 備考, type: longtext, label: 備考}\n", ""
    )
    other = sample.write(tmp_path / "other", kata_text)
    code, found = call_json("diff", folder, other)
    assert (code, found["equal"]) == (1, False)
    assert [(change["path"], change["kind"]) for change in found["changes"]] == [
        ("decisions.料金.rows.f1.then", "changed"),
        ("forms.申込.希望.備考", "removed"),
    ]
    assert "decisions.料金.rows.f1.then：変更" in call("diff", folder, other)[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "/no/such/folder"],
        ["test", "/no/such/folder"],
        ["diff", "FOLDER", "/no/such/folder"],
        ["eval", "1", "--input", "{"],
        ["eval", "1", "--input", "[1]"],
        ["eval", "1", "--input", '{"x": NaN}'],
        ["eval", "1", "--input", "@/no/such/file"],
        ["decide", "FOLDER", "料", "--input", "{}"],
        ["decide", "FOLDER", "料金", "--input", '{"市外": true}'],
        ["decide", "FOLDER", "料金", "--input", '{"広さ": "中"}'],
        ["decide", "FOLDER", "料金", "--input", "{}", "--today", "きょう"],
        ["decide", "FOLDER", "料金"],
        ["check"],
        ["unknown"],
    ],
)
def test_wrong_input_is_one_line_and_exit_2(folder: Path, arguments: list[str]) -> None:
    assert refusal(*(str(folder) if each == "FOLDER" else each for each in arguments))


def test_a_broken_kata_is_not_run(folder: Path) -> None:
    sample.write(folder, sample.KATA.replace("by: 共同", "by: 共用"))
    assert "kata check" in refusal("test", folder)
    assert "kata check" in refusal("decide", folder, "料金", "--input", "{}")


def test_no_command_starts_django(folder: Path) -> None:
    script = (
        "import sys\n"
        "from yuimaru.interfaces.cli.kata import kata\n"
        f"kata.main(['check', {str(folder)!r}], standalone_mode=False)\n"
        "sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd="src")
    assert (done.returncode, done.stderr) == (0, "")


def test_schema_prints_the_answers_of_a_form(folder: Path) -> None:
    code, out = call("schema", folder)
    assert code == 0
    assert json.loads(out) == json.loads(call("schema", folder, sample.FORM)[1])
    assert json.loads(out)["properties"]["仲間"]["maxItems"] == 3
    assert "区画あり" in json.loads(call("schema", folder, "点検")[1])["required"]
    assert "無い様式" in refusal("schema", folder, "無い様式")
