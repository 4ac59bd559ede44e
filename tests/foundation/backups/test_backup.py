"""Backups: everything is in them, what is wrong with one is said, and a restored one lives."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import FileField

import yuimaru
from tests import cast
from yuimaru.demo.cast import PASSWORD
from yuimaru.foundation.backups import actions, archive, database, inventory, keys, queries
from yuimaru.foundation.backups.manifest import Manifest
from yuimaru.foundation.backups.report import Refused, Report

pytestmark = [pytest.mark.django_db, pytest.mark.store("sqlite")]
SOURCE = Path(yuimaru.__file__).parent


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.errors]


def test_every_table_of_every_model_is_in_the_manifest(backup: Path) -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert "cases_case" in tables
    assert tables - archive.read_manifest(backup, "data").tables.keys() == set()


def test_every_place_in_the_data_folder_is_decided_on(installation: Path) -> None:
    """A new file store must be kept or left out on purpose: names are taken from the code that builds paths."""
    outside = {"story.py", "proofs"}  # what they write lies in folders of their own
    code = [path for path in SOURCE.rglob("*.py") if not outside & set(path.parts)]
    named = {
        name
        for path in code
        for name in re.findall(r'\b(?:VAR|var) / "([\w-]+(?:\.\w+)?)', path.read_text(encoding="utf-8"))
    }
    assert {"files", "mail", "index", "demo.json"} <= named
    known = {inventory.DATABASE, inventory.KEYS, *inventory.STORES, *inventory.LEFT_OUT}
    assert named - known == set()
    fields = [field for model in apps.get_models() for field in model._meta.fields]
    assert not [field for field in fields if isinstance(field, FileField)], "files lie in the room of files"
    (installation / "new-store").mkdir()
    assert inventory.strangers(installation) == ["new-store"]


def test_files_mails_and_keys_are_in_it_and_the_keys_apart(installation: Path, backup: Path) -> None:
    manifest = archive.read_manifest(backup, "data")
    names = {entry.name for entry in manifest.files}
    stored = {
        path.relative_to(installation).as_posix()
        for path in (installation / "files").rglob("*")
        if path.is_file()
    }
    assert stored
    assert names == {*stored, inventory.DATABASE, "mail/20261122-1.log"}
    assert (installation / "keys" / "signing.key").read_bytes() not in backup.read_bytes()
    kept_apart = archive.read_manifest(queries.keys_beside(backup), "keys")
    assert [entry.name for entry in kept_apart.files] == ["keys/signing.key"]
    for path in (backup, queries.keys_beside(backup)):
        assert path.stat().st_mode & 0o077 == 0, "nobody else may read it"


def test_a_backup_can_be_looked_at_with_tar(backup: Path) -> None:
    with tarfile.open(backup) as tar:
        assert tar.getnames()[:2] == ["yuimaru-backup/manifest.json", "yuimaru-backup/yuimaru.sqlite3"]


def test_verify_counts_rows_files_and_chains(backup: Path) -> None:
    report = queries.verify(backup, keys_file=queries.keys_beside(backup))
    assert (report.ok, report.chains_ok, report.files) == (True, True, 2)
    assert report.tables["tenancy_organisation"] == len(cast.BODIES)


def test_a_backup_made_while_others_write_is_one_moment(
    installation: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with closing(sqlite3.connect(installation / inventory.DATABASE)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM people_assignment")
        report = actions.make(var=installation, out=tmp_path_factory.mktemp("out") / "b", at=cast.BUILT_AT)
        writer.rollback()
    assert report.ok
    assert report.tables["people_assignment"] == len(cast.PEOPLE)


def test_a_restored_installation_is_the_same_and_opens(
    installation: Path, backup: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "restored"
    report = actions.restore(
        backup, folder, keys_file=queries.keys_beside(backup), sign_in=actions.SignIn("oumi-clerk", PASSWORD)
    )
    assert report.ok, report.errors
    assert sorted(path.name for path in folder.iterdir()) == ["files", "keys", "mail", "yuimaru.sqlite3"]
    assert keys.fingerprints(folder) == keys.fingerprints(installation)
    for store in inventory.STORES:
        for name, path in inventory.stored_files(installation, store):
            assert (folder / name).read_bytes() == path.read_bytes()
    with database.reading(folder / inventory.DATABASE) as restored:
        assert restored.execute("SELECT count(*) FROM audit_event").fetchone()[0] > 50
        assert database.broken_chains(restored) == []


@pytest.mark.parametrize(
    ("login", "password", "fine"),
    [
        ("oumi-clerk", PASSWORD, True),
        ("oumi-clerk", None, True),
        ("oumi-clerk", "wrong", False),
        ("nobody", None, False),
    ],
)
def test_a_sign_in_is_proven(
    backup: Path, tmp_path: Path, login: str, password: str | None, fine: bool
) -> None:
    report = actions.restore(
        backup, tmp_path / "r", keys_file=queries.keys_beside(backup), sign_in=actions.SignIn(login, password)
    )
    assert codes(report) == ([] if fine else ["login"])
    assert any((tmp_path / "r").iterdir()) == fine


def test_nothing_is_restored_over_something(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "mine.txt").write_text("x")
    with pytest.raises(actions.NotEmpty):
        actions.restore(backup, tmp_path / "r", keys_file=queries.keys_beside(backup))
    assert [path.name for path in (tmp_path / "r").iterdir()] == ["mine.txt"]


def test_no_backup_is_overwritten(installation: Path, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(actions.NotEmpty):
        actions.make(var=installation, out=backup, at=cast.BUILT_AT)
    assert backup.read_bytes() == before


def _rewrite(path: Path, change: Callable[[Manifest], Manifest]) -> None:
    """Write a backup again, sealed as if it were whole, with another manifest."""
    manifest = archive.read_manifest(path, "data")
    folder = path.parent / "rewriting"
    assert list(archive.unpack(path, manifest, folder.joinpath)) == []
    archive.write(path, change(manifest), [(entry.name, folder / entry.name) for entry in manifest.files])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20_000])


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _newer_schema(path: Path) -> None:
    _rewrite(
        path, lambda made: made.model_copy(update={"migrations": (*made.migrations, ("cases", "9999_later"))})
    )


def _newer_format(path: Path) -> None:
    _rewrite(path, lambda made: made.model_copy(update={"format": 2}))


def _other_file(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + b"x" * 5000)


def _other_tar(path: Path) -> None:
    with tarfile.open(path, "w") as tar:
        tar.add(__file__, "yuimaru/readme.txt")


def _keys_instead(path: Path) -> None:
    shutil.copy(queries.keys_beside(path), path)


def _fewer_rows(path: Path) -> None:
    _rewrite(path, lambda made: made.model_copy(update={"tables": {**made.tables, "cases_case": 7}}))


BAD: list[tuple[Callable[[Path], None], str, str]] = [
    (_empty, "empty", "空のファイル"),
    (_truncated, "truncated", "途中で切れています"),
    (_flipped, "changed", "作ったときの内容と違います"),
    (_newer_schema, "newer", "より新しい版"),
    (_newer_format, "newer", "より新しい版"),
    (_other_file, "not_a_backup", "写しではありません"),
    (_other_tar, "not_a_backup", "写しではありません"),
    (_keys_instead, "other_kind", "鍵の写しです"),
    (_fewer_rows, "counts", "cases_case"),
]


@pytest.mark.parametrize(("spoil", "code", "sentence"), BAD, ids=[spoil.__name__ for spoil, _, _ in BAD])
def test_a_bad_backup_is_refused_with_its_reason_and_leaves_nothing(
    backup: Path, tmp_path: Path, spoil: Callable[[Path], None], code: str, sentence: str
) -> None:
    spoil(backup)
    reports = [
        queries.verify(backup),
        actions.restore(backup, tmp_path / "r", keys_file=queries.keys_beside(backup)),
    ]
    for report in reports:
        assert not report.ok
        assert codes(report) == [code]
        assert sentence in report.errors[0].message
    assert list((tmp_path / "r").iterdir()) == []


def test_a_name_that_leads_outside_is_refused(backup: Path) -> None:
    manifest = archive.read_manifest(backup, "data")
    sources = []
    for name in ("files/../../x", "/etc/x", "keys/signing.key", "elsewhere/x", "files"):
        entry = manifest.files[0].model_copy(update={"name": name, "size": 1})
        one = backup.with_name("one")
        one.write_bytes(b"x")
        sources.append((manifest.model_copy(update={"files": (entry,)}), [(name, one)]))
    for changed, files in sources:
        archive.write(backup, changed, files)
        with pytest.raises(Refused):
            archive.read_manifest(backup, "data")


def test_keys_of_another_installation_are_refused(installation: Path, backup: Path, tmp_path: Path) -> None:
    (installation / "keys" / "signing.key").write_text("other" * 20)
    other = tmp_path / "other"
    assert actions.make(var=installation, out=other, at=cast.BUILT_AT + timedelta(1)).ok
    foreign = queries.keys_beside(other)
    for report in (
        queries.verify(backup, keys_file=foreign),
        actions.restore(backup, tmp_path / "r", keys_file=foreign),
    ):
        assert codes(report) == ["keys"]
        assert "鍵がこのデータのものではありません" in report.errors[0].message
    assert list((tmp_path / "r").iterdir()) == []


def test_a_later_copy_of_the_keys_opens_earlier_data(
    installation: Path, backup: Path, tmp_path: Path
) -> None:
    """What was destroyed since is noted beside the keys and must stay destroyed."""
    (installation / "keys" / "another.key").write_text("n" * 64)
    (installation / "keys" / "destroyed.log").write_text("0190f0f0\n")
    later = tmp_path / "later"
    assert actions.make(var=installation, out=later, at=cast.BUILT_AT + timedelta(1)).ok
    report = actions.restore(backup, tmp_path / "r", keys_file=queries.keys_beside(later))
    assert report.ok, report.errors
    assert (tmp_path / "r" / "keys" / "destroyed.log").read_text() == "0190f0f0\n"


def test_a_hundred_flipped_bytes_are_all_found(backup: Path) -> None:
    content, chance = backup.read_bytes(), random.Random(20261122)
    for _ in range(100):
        place = chance.randrange(len(content))
        spoilt = bytearray(content)
        spoilt[place] ^= 1 << chance.randrange(8)
        backup.write_bytes(spoilt)
        with pytest.raises(Refused):
            archive.read_manifest(backup, "data")


def _sealed_again(installation: Path, out: Path, statement: str) -> Report:
    with closing(sqlite3.connect(installation / inventory.DATABASE)) as spoiling:
        spoiling.execute(statement)
        spoiling.commit()
    return actions.make(var=installation, out=out, at=cast.BUILT_AT)


def test_a_broken_chain_is_said_when_the_backup_is_made(installation: Path, tmp_path: Path) -> None:
    report = _sealed_again(
        installation, tmp_path / "b", "UPDATE audit_event SET kind = 'other' WHERE seq = 5 AND owner_id = 2"
    )
    assert (report.ok, report.chains_ok) == (False, False)
    assert codes(report) == ["chain"]
    assert "2/5" in report.errors[0].message


def test_a_file_without_its_bytes_is_said(installation: Path, tmp_path: Path) -> None:
    [(_, path)] = inventory.stored_files(installation, "files")
    path.unlink()
    assert codes(actions.make(var=installation, out=tmp_path / "b", at=cast.BUILT_AT)) == ["lost_file"]


def test_an_unfinished_file_is_left_out(installation: Path, tmp_path: Path) -> None:
    [(_, path)] = inventory.stored_files(installation, "files")
    path.with_suffix(".0190f0f0").write_bytes(b"half")
    report = actions.make(var=installation, out=tmp_path / "b", at=cast.BUILT_AT)
    assert (report.ok, report.files) == (True, 2)


def test_the_seal_is_the_hash_of_all_before_it(backup: Path) -> None:
    content = backup.read_bytes()
    assert content.endswith(f"\nsha256:{hashlib.sha256(content[:-73]).hexdigest()}\n".encode())
