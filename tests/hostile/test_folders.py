"""`documents add` on a folder that somebody has filled with traps: the good file is taken, the rest told."""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from tests import cast
from tests.core.text import nasty, office
from tests.hostile import hidden
from tests.hostile import test_archives as archives
from yuimaru.core.text.extract import Source, extract
from yuimaru.core.text.tables_out import from_csv
from yuimaru.interfaces.cli import intake_files, knowledge
from yuimaru.services.knowledge.actions import reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

ADD = ["add", "--municipality", cast.OUMI]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "incoming"
    inside.mkdir()
    (inside / "good.md").write_text("# 窓口\n\n窓口は平日に開いています。\n", encoding="utf-8")
    return inside


def _added(folder: Path) -> tuple[int, dict[str, list[dict[str, str]]]]:
    result = CliRunner().invoke(knowledge.documents, [*ADD, str(folder), "--json"])
    report: dict[str, list[dict[str, str]]] = json.loads(result.stdout)
    assert [Path(one["path"]).name for one in report["added"]] == ["good.md"]
    return result.exit_code, report


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# 秘密\n\n外の文書です。\n", encoding="utf-8")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    (folder / "gone.md").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.md")
    code, report = _added(folder)
    assert code == 1
    assert {(Path(one["path"]).name, one["code"]) for one in report["refused"]} == {
        ("link.md", "link"), ("passwd.txt", "link"), ("up", "link"), ("gone.md", "link"),
    }  # fmt: skip


def test_300_megabytes_are_not_read(folder: Path) -> None:
    with (folder / "huge.pdf").open("wb") as huge:
        huge.truncate(300_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, report = _added(folder)
    assert [one["code"] for one in report["refused"]] == ["too_large"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # KiB


def test_names_that_are_no_utf8_are_told_and_refused(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/" + "転入.md".encode("cp932"))).write_bytes(b"# a\n\nb\n")
    (folder / "gnp.\u202edm.md").write_bytes(b"# a\n\nb\n")
    _, report = _added(folder)
    assert [one["code"] for one in report["refused"]] == ["bad_name", "bad_name"]
    assert "255文字以内" in report["refused"][0]["message"]


def test_hidden_sheets_are_counted(folder: Path) -> None:
    (folder / "good.md").unlink()
    (folder / "fees.xlsx").write_bytes(office.workbook())
    (folder / "locked.pdf").write_bytes(nasty.encrypted_pdf())
    result = CliRunner().invoke(knowledge.documents, [*ADD, str(folder)])
    assert "非表示の2枚を除く" in result.stdout
    assert "（encrypted）" in result.stdout
    answer = CliRunner().invoke(
        knowledge.ask, ["--municipality", cast.OUMI, "印鑑登録証明書の手数料は", "--json"]
    )
    (sentence,) = json.loads(answer.stdout)["sentences"]
    assert sentence["citations"][0]["location"] == {
        "page": None, "sheet": "手数料", "cell": "A6", "heading": "証明書の手数料", "machine_read": False,
    }  # fmt: skip
    assert "手数料：1,300円" in sentence["text"]


def test_copies_and_hidden_words_are_told(folder: Path) -> None:
    (folder / "zz.md").write_bytes((folder / "good.md").read_bytes())
    (folder / "page.html").write_text(
        f"<html><p>平日です。</p><p hidden>{hidden.ORDER}</p></html>", encoding="utf-8"
    )
    result = CliRunner().invoke(knowledge.documents, [*ADD, str(folder)])
    assert result.exit_code == 0
    assert "本文から除きました: 非表示の文字 1" in result.stdout
    assert f"同じ内容の文書があるため、登録しませんでした: {folder}/zz.md（good.md と同じ）" in result.stdout
    again = CliRunner().invoke(knowledge.documents, [*ADD, str(folder), "--keep-duplicates", "--json"])
    report = json.loads(again.stdout)
    assert [Path(one["path"]).name for one in report["added"]] == ["zz.md"]
    assert len(report["unchanged"]) == 2
    assert report["warnings"] == [
        {"path": f"{folder}/zz.md", "code": "near_duplicate", "of": "good.md", "share": 1.0}
    ]


def test_a_zip_is_the_folder_it_was_made_of(folder: Path, tmp_path: Path) -> None:
    held = archives.packed(
        ("../up.md", b"# a\n\nb\n"), ("page.html", hidden.page(f"<p hidden>{hidden.ORDER}</p>")())
    )
    (tmp_path / "all.zip").write_bytes(held)
    result = CliRunner().invoke(knowledge.documents, [*ADD, str(tmp_path / "all.zip"), "--json"])
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [one["path"] for one in report["added"]] == [
        f"{tmp_path}/all.zip/page.html",
        f"{tmp_path}/all.zip/窓口/good.md",
    ]
    assert report["flagged"] == report["added"][0]["flagged"] == [{"kind": "hidden_text", "count": 1}]
    assert [one["code"] for one in report["refused"]] == ["outside"]
    assert [row[0] for row in _names()] == ["page.html", "窓口/good.md"]


def test_what_was_stopped_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        (folder / f"{number:02}.md").write_text(f"# 件{number}\n\n{number}件目です。\n", encoding="utf-8")
    monkeypatch.setattr(intake_files, "_PART", 10)
    with monkeypatch.context() as stopped:
        stopped.setattr(reading, "extract", _stopping_at("15.md"))
        first = CliRunner().invoke(knowledge.documents, [*ADD, str(folder)])
    assert first.exit_code == 130
    assert "8件は登録済み" in first.stderr
    assert len(_names()) == 8
    second = CliRunner().invoke(knowledge.documents, [*ADD, str(folder), "--json"])
    report = json.loads(second.stdout)
    assert (len(report["unchanged"]), len(report["added"])) == (8, 23)
    assert "taking in: 31/31" in second.stderr


def _stopping_at(name: str) -> Callable[..., Iterator[object]]:
    def stopped(sources: Iterable[Source]) -> Iterator[object]:
        for source in sources:
            if source.name == name:
                raise KeyboardInterrupt
            yield from extract([source])

    return stopped


def _names() -> list[list[str]]:
    listed = CliRunner().invoke(knowledge.documents, ["list", "--municipality", cast.OUMI, "--csv"])
    return sorted(row[1:2] for row in from_csv(listed.stdout_bytes)[1:])


def test_the_list_leaves_as_a_table(folder: Path) -> None:
    (folder / "=1+1.md").write_text('# =HYPERLINK("x")\n\n本文です。\n', encoding="utf-8")
    CliRunner().invoke(knowledge.documents, [*ADD, str(folder)])
    result = CliRunner().invoke(knowledge.documents, ["list", "--municipality", cast.OUMI, "--csv"])
    head, *rows = from_csv(result.stdout_bytes)
    assert head[:3] == ["id", "name", "title"]
    assert {(row[1], row[2]) for row in rows} == {("good.md", "窓口"), ("=1+1.md", '=HYPERLINK("x")')}
    assert b"\"'=HYPERLINK" in result.stdout_bytes
    both = CliRunner().invoke(knowledge.documents, ["list", "--municipality", cast.OUMI, "--csv", "--json"])
    assert both.exit_code == 2


def test_a_watched_folder(folder: Path) -> None:
    watch = ["watch", "--municipality", cast.OUMI, str(folder), "--json"]
    with patch("time.sleep"):
        first = CliRunner().invoke(knowledge.documents, [*watch, "--once"])
        (folder / "locked.pdf").write_bytes(nasty.encrypted_pdf())
        second = CliRunner().invoke(knowledge.documents, watch)
    told = json.loads(first.stdout)
    assert (first.exit_code, told["stands"]) == (0, False)
    assert [(line["file"], line["code"]) for line in told["lines"]] == [("good.md", "added")]
    assert (second.exit_code, json.loads(second.stdout)["stands"]) == (1, True)
    assert len(from_csv(Path(told["report"]).read_bytes())) == 3
    stopped = json.loads(CliRunner().invoke(knowledge.documents, [*watch, "--stop"]).stdout)
    assert (stopped["stands"], stopped["lines"]) == (False, [])
    gone = CliRunner().invoke(knowledge.documents, ["watch", "--municipality", cast.OUMI, f"{folder}/none"])
    assert gone.exit_code == 2
