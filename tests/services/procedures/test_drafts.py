"""Drafts past their last day are gone for good: row, key and uploads; nothing else is."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests import cast
from tests.services.cases import flow
from yuimaru.foundation.audit.models import Event
from yuimaru.foundation.files.actions import store
from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.files.queries import read, sealed_path
from yuimaru.foundation.keys import ring
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.procedures import actions, queries
from yuimaru.services.procedures.models import Draft
from yuimaru.services.procedures.rules import DRAFT_LIFE

pytestmark = pytest.mark.django_db
LATER = flow.NOW + DRAFT_LIFE


@pytest.fixture
def town(var: Path) -> Organisation:
    return get_municipality(cast.OUMI)


def _upload(town: Organisation, at: datetime = flow.NOW) -> StoredFile:
    by = Actor.resident(town)
    with scope(by):
        return store(
            b"%PDF-", name="口座.pdf", media_type="application/pdf", owner=town, purpose="attachment",
            by=by, at=at, until=at + DRAFT_LIFE,
        )  # fmt: skip


def _named(file: StoredFile) -> dict[str, object]:
    return {"id": str(file.pk), "name": file.name, "size": file.size, "media_type": file.media_type}


def _sweep(town: Organisation, at: datetime = LATER) -> int:
    with scope(Actor.system(town)):
        return actions.sweep_drafts(owner=town, at=at)


def _remains(town: Organisation, file: StoredFile) -> bool:
    path = sealed_path(owner_id=town.pk, file_id=file.pk)
    with scope(Actor.system(town)):
        row = StoredFile.objects.filter(pk=file.pk).exists()
    assert row == path.exists(), "row and bytes go together"
    return row


def test_an_expired_draft_goes_with_its_key_and_its_uploads(town: Organisation) -> None:
    file = _upload(town)
    draft = flow.draft(口座の写し=_named(file))
    assert _sweep(town, LATER - timedelta(seconds=1)) == 0
    assert _remains(town, file)
    assert _sweep(town) == 1
    assert not _remains(town, file)
    draft.key.refresh_from_db()
    assert draft.key.destroyed_at == LATER
    assert file.key is not None
    assert {str(draft.key.pk), str(file.key.pk)} <= ring.buried()
    kinds = {
        event.kind: event.about
        for event in Event.objects.filter(owner_id=town.pk, at__startswith="2026-12-20")
    }
    assert kinds.keys() == {"key.destroyed", "draft.expired", "file.removed"}
    assert kinds["draft.expired"] == f"draft:{draft.pk}"
    assert _sweep(town) == 0


def test_what_was_sent_stays(town: Organisation) -> None:
    file = _upload(town)
    receipt = flow.send(flow.draft(口座の写し=_named(file)))
    _sweep(town, LATER + DRAFT_LIFE)
    assert _remains(town, file)
    submission = flow.case(cast.OUMI, receipt.number).submission
    assert submission.answers["口座の写し"] == _named(file)
    with scope(Actor.system(town)):
        assert read(StoredFile.objects.select_related("key").get(pk=file.pk)) == b"%PDF-"


def test_an_upload_that_was_replaced_before_sending_goes(town: Organisation) -> None:
    first, second = _upload(town), _upload(town)
    draft = flow.draft(口座の写し=_named(first))
    with scope(Actor.resident(town)):
        actions.save_step(
            draft=draft, step_id="口座", values={"口座の写し": _named(second)}, by=Actor.resident(town), at=flow.NOW
        )  # fmt: skip
    flow.send(draft)
    _sweep(town)
    assert (_remains(town, first), _remains(town, second)) == (False, True)


def test_a_draft_that_goes_on_keeps_its_uploads(town: Organisation) -> None:
    file = _upload(town)
    draft = flow.draft(口座の写し=_named(file))
    day = timedelta(days=1)
    with scope(Actor.resident(town)):
        actions.save_step(
            draft=draft, step_id="確認", values={"電話": "0599-40-1234"}, by=Actor.resident(town), at=LATER - day
        )  # fmt: skip
    assert _sweep(town) == 0
    assert _remains(town, file)
    assert _sweep(town, LATER - day + DRAFT_LIFE) == 1
    assert not _remains(town, file)


def test_an_expired_correction_leaves_what_was_sent_readable(town: Organisation) -> None:
    kept, later = _upload(town), _upload(town)
    case = flow.case(cast.OUMI, flow.send(flow.draft(口座の写し=_named(kept))).number)
    flow.act("centre-agent", case, "補正を求める", "口座番号は7けたです。")
    by = Actor.resident(town)
    with scope(by):
        submission = flow.case(cast.OUMI, case.number).submission
        draft = actions.start_correction(
            submission=submission, definition=submission.definition_id, by=by, at=flow.NOW
        )
        actions.save_step(
            draft=draft, step_id="口座", values={"口座の写し": _named(later)}, by=by, at=flow.NOW
        )  # fmt: skip
    assert _sweep(town) == 1
    assert flow.case(cast.OUMI, case.number).submission.answers["口座の写し"] == _named(kept)
    assert (_remains(town, kept), _remains(town, later)) == (True, False)


def test_another_towns_drafts_are_left_alone(town: Organisation) -> None:
    theirs = flow.draft(cast.MIDORINO)
    assert _sweep(town) == 0
    with scope(Actor.system(theirs.owner)):
        assert Draft.objects.filter(pk=theirs.pk).exists()


def test_a_correction_cannot_be_sent_as_an_application(town: Organisation) -> None:
    case = flow.sent_case()
    by = Actor.resident(town)
    with scope(by):
        draft = actions.start_correction(
            submission=case.submission, definition=case.definition_id, by=by, at=flow.NOW
        )
        assert queries.get_draft(draft.pk, at=flow.NOW, corrects=case.submission.pk) == draft
        for corrects in (None, draft.pk):
            with pytest.raises(NotVisible):
                queries.get_draft(draft.pk, at=flow.NOW, corrects=corrects)
