"""Sealing: readable with the key, in its own place, until the key is destroyed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction

from tests import cast
from tests.services.cases import flow
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.files.actions import store
from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.files.queries import read, sealed_path
from yuimaru.foundation.keys import actions, ring
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.keys.sealing import Destroyed, Tampered, seal, unseal
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.procedures.models import Submission

pytestmark = pytest.mark.django_db
SECRET = "𠮷田 結、口座1204933".encode()


@pytest.fixture
def town(var: Path) -> Organisation:
    return get_municipality(cast.OUMI)


@pytest.fixture
def key(town: Organisation) -> DataKey:
    return actions.make_key(owner_id=town.pk, at=flow.NOW)


def _destroy(key: DataKey, town: Organisation) -> None:
    actions.destroy_key(key=key, owner=town.code, by=Actor.system(town).ref, at=flow.NOW)


def test_what_is_sealed_opens_again_and_never_looks_the_same(key: DataKey) -> None:
    sealed = [seal(key, SECRET, place="a:1") for _ in range(2)]
    assert sealed[0] != sealed[1]
    assert SECRET not in sealed[0]
    assert {unseal(key, one, place="a:1") for one in sealed} == {SECRET}


def test_every_flipped_byte_is_noticed(key: DataKey) -> None:
    sealed = seal(key, SECRET, place="a:1")
    for place in range(len(sealed)):
        flipped = bytes([*sealed[:place], sealed[place] ^ 1, *sealed[place + 1 :]])
        with pytest.raises(Tampered):
            unseal(key, flipped, place="a:1")


def test_sealed_bytes_belong_to_one_place_and_one_key(key: DataKey, town: Organisation) -> None:
    sealed = seal(key, SECRET, place="a:1")
    with pytest.raises(Tampered):
        unseal(key, sealed, place="a:2")
    other = actions.make_key(owner_id=town.pk, at=flow.NOW)
    with pytest.raises(Tampered):
        unseal(other, sealed, place="a:1")


def test_answers_moved_to_another_row_do_not_open(town: Organisation) -> None:
    first, second = (flow.send(flow.draft(cast.OUMI), key=f"key-{number}-xxxx") for number in range(2))
    one, other = (flow.case(cast.OUMI, receipt.number).submission for receipt in (first, second))
    one.answers_sealed, one.key = other.answers_sealed, other.key
    with pytest.raises(Tampered):
        _ = one.answers


def test_a_destroyed_key_opens_nothing_and_is_in_the_log(key: DataKey, town: Organisation) -> None:
    sealed = seal(key, SECRET, place="a:1")
    _destroy(key, town)
    with pytest.raises(Destroyed):
        unseal(key, sealed, place="a:1")
    assert bytes(DataKey.objects.get(pk=key.pk).wrapped) == b""
    assert [entry.kind for entry in audit.about(town.pk, f"key:{key.pk}")] == ["key.destroyed"]


def test_a_restored_backup_revives_nothing(key: DataKey, town: Organisation) -> None:
    sealed, wrapped = seal(key, SECRET, place="a:1"), bytes(key.wrapped)
    _destroy(key, town)
    DataKey.objects.filter(pk=key.pk).update(wrapped=wrapped, destroyed_at=None)
    assert unseal(DataKey.objects.get(pk=key.pk), sealed, place="a:1") == SECRET, "the backup still holds it"
    assert actions.bury_again(at=flow.NOW) == 1
    with pytest.raises(Destroyed):
        unseal(DataKey.objects.get(pk=key.pk), sealed, place="a:1")


def test_keys_lie_apart_readable_by_their_owner_only(key: DataKey, var: Path) -> None:
    path = var / "keys" / f"kek-{key.kek}.key"
    assert path.stat().st_mode & 0o077 == 0
    assert (var / "keys").stat().st_mode & 0o077 == 0
    path.rename(var / "elsewhere")
    ring.drop(key.kek)
    with pytest.raises(ring.MissingKey):
        seal(key, SECRET, place="a:1")


def test_rotation_keeps_everything_readable_and_drops_the_old_key(key: DataKey, var: Path) -> None:
    sealed = seal(key, SECRET, place="a:1")
    with transaction.atomic():
        rewrapped = actions.rotate(at=flow.NOW)
    assert rewrapped >= 1
    fresh = DataKey.objects.get(pk=key.pk)
    assert fresh.kek != key.kek
    assert unseal(fresh, sealed, place="a:1") == SECRET
    assert [path.name for path in (var / "keys").glob("kek-*.key")] == [f"kek-{fresh.kek}.key"]


def test_attachments_are_sealed_on_disk_and_documents_are_not(town: Organisation, var: Path) -> None:
    by = Actor.system(town)
    with scope(by):
        files = {
            purpose: store(
                SECRET, name="x", media_type="text/plain", owner=town, purpose=purpose, by=by, at=flow.NOW
            )
            for purpose in ("attachment", "document")
        }
        attachment = StoredFile.objects.select_related("key").get(pk=files["attachment"].pk)
        assert read(attachment) == SECRET
        assert SECRET not in sealed_path(owner_id=town.pk, file_id=attachment.pk).read_bytes()
        assert read(files["document"]) == SECRET
        assert attachment.key is not None
        _destroy(attachment.key, town)
        with pytest.raises(Destroyed):
            read(StoredFile.objects.select_related("key").get(pk=attachment.pk))


def test_an_application_dies_with_its_key(town: Organisation) -> None:
    receipt = flow.send(flow.draft(cast.OUMI))
    submission = flow.case(cast.OUMI, receipt.number).submission
    _destroy(submission.key, town)
    with scope(Actor.system(town)), pytest.raises(Destroyed):
        _ = Submission.objects.select_related("key").get(pk=submission.pk).answers
