"""A watched folder: what changed is taken in once, what is refused or gone is told once, and nothing is done by halves."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

import pytest

from tests import cast
from tests.core.text import nasty
from tests.services.knowledge.town import AT, FEES, town
from yuimaru.core.text.tables_out import from_csv
from yuimaru.foundation.jobs.actions import run_next
from yuimaru.foundation.jobs.models import Job
from yuimaru.services.knowledge import actions, jobs, queries
from yuimaru.services.knowledge.actions import watching
from yuimaru.services.knowledge.actions.watching import Line, Watch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "共有"
    made.mkdir()
    (made / "sodai.md").write_text(FEES, encoding="utf-8")
    (made / "locked.pdf").write_bytes(nasty.encrypted_pdf())
    return made


def _pass(folder: Path, *, withdraws: bool = False, settle: float = 0.0) -> list[tuple[str, str]]:
    with town() as (owner, actor):
        held = watching.watched(cast.OUMI, folder)
        held.withdraws = withdraws
        lines = watching.take_changes(owner=owner, watch=held, by=actor, at=AT, settle=settle)
    return [(line.file, line.code) for line in lines]


def _live() -> list[tuple[str, int]]:
    with town() as (owner, _):
        return sorted(queries.list_documents(owner).values_list("name", "revision"))


def _touch(path: Path, words: str, second: int) -> None:
    path.write_text(words, encoding="utf-8")
    os.utime(path, (second, second))


def test_only_what_changed_is_taken_and_a_refusal_is_told_once(folder: Path) -> None:
    assert _pass(folder) == [("sodai.md", "added"), ("locked.pdf", "refused")]
    assert _pass(folder) == []
    _touch(folder / "sodai.md", FEES.replace("300", "400"), 2_000_000_000)
    assert _pass(folder) == [("sodai.md", "revised")]
    assert _live() == [("sodai.md", 2)]


def test_the_clerk_reads_a_table_beside_the_folder(folder: Path) -> None:
    _pass(folder)
    (folder / "=1+1.md").write_text("# 件\n\n本文です。\n", encoding="utf-8")
    _pass(folder)
    report = folder.parent / "共有_取込結果.csv"
    head, *rows = from_csv(report.read_bytes())
    assert head == ["日時", "ファイル", "結果", "説明"]
    assert [row[1:3] for row in rows] == [
        ["sodai.md", "登録しました"], ["locked.pdf", "登録できません"], ["=1+1.md", "登録しました"],
    ]  # fmt: skip
    assert rows[0][0] == "2026-11-24 09:00"
    assert "パスワード" in rows[1][3]
    assert report.read_bytes().count("\ufeff".encode()) == 1


def test_a_file_that_is_still_being_copied_waits(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "time.sleep", lambda _: (folder / "sodai.md").write_text(FEES + "続き。\n", encoding="utf-8")
    )
    assert _pass(folder) == [("locked.pdf", "refused")]
    monkeypatch.undo()
    assert _pass(folder) == [("sodai.md", "added")]


def test_what_is_gone_is_told_once_and_withdrawn_only_when_that_is_wanted(folder: Path) -> None:
    _pass(folder)
    (folder / "sodai.md").unlink()
    assert _pass(folder) == [("sodai.md", "gone")]
    assert _pass(folder) == []
    assert _live() == [("sodai.md", 1)]
    assert _pass(folder, withdraws=True) == [("sodai.md", "withdrawn")]
    assert _live() == []
    (folder / "sodai.md").write_text(FEES, encoding="utf-8")
    assert _pass(folder) == [("sodai.md", "revised")]


def test_an_empty_folder_withdraws_nothing(folder: Path) -> None:
    _pass(folder)
    for file in folder.iterdir():
        file.unlink()
    assert _pass(folder, withdraws=True) == [("sodai.md", "gone")]
    assert _live() == [("sodai.md", 1)]


def test_a_stopped_pass_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        (folder / f"{number}.md").write_text(f"# {number}\n\n{number}件目です。\n", encoding="utf-8")
    monkeypatch.setattr(watching, "_PART", 2)
    add, calls = actions.add_documents, []

    def stopping(**told: object) -> object:
        calls.append(told)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return add(**told)  # type: ignore[arg-type]

    monkeypatch.setattr(watching, "add_documents", stopping)
    with pytest.raises(KeyboardInterrupt):
        _pass(folder)
    assert len(_live()) == 2
    assert len(_pass(folder)) == 4
    assert len(_live()) == 5


def test_the_worker_looks_at_standing_folders_only(folder: Path) -> None:
    held = Watch(cast.OUMI, str(folder))
    held.save()
    jobs.enqueue_watches(at=AT)
    assert not Job.objects.exists()
    held.stands = True
    held.save()
    for _ in range(2):
        jobs.enqueue_watches(at=AT)
    (job,) = Job.objects.all()
    assert job.kind == "documents.watch"
    with patch("time.sleep"):
        assert run_next(at=AT)
    assert _live() == [("sodai.md", 1)]
    jobs.enqueue_watches(at=AT)
    assert Job.objects.filter(kind="documents.watch", done_at=None).count() == 0


def test_a_folder_that_is_not_connected_is_no_error(tmp_path: Path) -> None:
    held = Watch(cast.OUMI, str(tmp_path / "share"), stands=True)
    held.save()
    jobs.enqueue_watches(at=AT)
    assert not Job.objects.exists()


def test_the_state_of_another_version_is_begun_anew(folder: Path) -> None:
    held = Watch(cast.OUMI, str(folder))
    held.save()
    watching._place(held.id).write_text('{"unknown": 1}')
    assert watching.watched(cast.OUMI, folder).done == {}
    assert Line("a", "added").result == "登録しました"
