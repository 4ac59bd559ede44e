"""Nothing that a person tells us stands in plain text: not in any column, not in any file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, models
from django.test import Client

from tests import cast
from tests.conftest import actor
from tests.interfaces.portal.filling import SCREENS
from tests.services.cases import flow
from tests.services.procedures.pension import asking_for_a_number
from tests.services.protections.test_measures import protect
from yuimaru.foundation.audit.jobs import deliver_next
from yuimaru.foundation.files.actions import store
from yuimaru.foundation.keys.fields import Sealed
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import open_for, scope
from yuimaru.services.cases import actions
from yuimaru.services.cases.models import Attempt, Case
from yuimaru.services.procedures.actions import put_away
from yuimaru.services.procedures.models import Draft
from yuimaru.services.procedures.queries import check_number
from yuimaru.services.questions import actions as questions

pytestmark = pytest.mark.django_db
CANARY = "金糸雀カナリア7391"

# Every column of text that lies open, and why nobody is told by it. What is not here must be sealed.
OPEN = {
    "audit": "codes and ids only",
    "keys": "ids of keys",
    "tenancy": "public facts of organisations, terms of mandates",
    "people": "officials and their sections",
    "catalogue": "definitions are as public as the law",
    "knowledge": "published documents, terms of a model, counts of what was sent to it",
    "jobs": "ids of what is to be done",
    "notices.Notice": "kind and id of the case",
    "files.StoredFile": "name as handed in, type and digest of what lies on disk",
    "questions.QuestionLog": "a number of days",
    "questions.Topic": "state",
    "questions.Question": "channel, outcome, keyed digest of the words",
    "questions.Rating": "a reason of a closed list",
    "questions.FaqEntry": "what staff write to be published",
    "procedures.Draft": "names of the form's steps and items, a number",
    "procedures.Submission": "number, kata, channel, language",
    "procedures.IndividualNumber": "name of the item",
    "procedures.SentKey": "random key and digest",
    "procedures.StatusLock": "number",
    "cases.Case": "number, kata, step, outcome",
    "cases.Task": "kata, step, action",
    "cases.Reveal": "name of the item",
    "cases.Attempt": "outcome and reason, of closed lists",
    "cases.Approval": "state, and the digest of a salted document",
    "cases.Mark": "kind, verdict, titles of posts",
    "protections.Trait": "keyed digests",
}
TEXT = (models.CharField, models.TextField, models.JSONField)
SEALED = {
    "procedures.Draft.answers", "procedures.Submission.answers", "procedures.Submission.decided",
    "cases.Task.note", "cases.Task.answers", "cases.Reveal.purpose", "notices.Notice.content",
    "procedures.IndividualNumber.number", "protections.Measure.person", "knowledge.ModelProfile.secret",
    "cases.Approval.document", "cases.Mark.opinion", "questions.Question.words", "questions.Topic.words",
    "questions.Rating.said",
}  # fmt: skip


def test_every_open_column_of_text_is_on_the_list() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("yuimaru.")]
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in ours
        for field in model._meta.get_fields()
        if isinstance(field, TEXT) and not {model._meta.label, model._meta.app_label} & OPEN.keys()
    ]
    assert missing == []


def test_the_sealed_values_are_these() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("yuimaru.")]
    found = {
        f"{model._meta.label}.{name}"
        for model in ours
        for name, value in vars(model).items()
        if isinstance(value, Sealed)
    }
    assert found == SEALED


def live_through() -> None:
    """An application whose every answer, note and purpose holds the canary; its notices are written too.

    So does a measure: it protects somebody of another name, so that all can go on working.
    """
    town = get_municipality(cast.MIDORINO)
    protect(name=CANARY * 2, kana=CANARY * 2)
    by = Actor.resident(town)
    with scope(by):
        file = store(
            CANARY.encode(), name="口座.pdf", media_type="application/pdf", owner=town, purpose="attachment",
            by=by, at=flow.NOW,
        )  # fmt: skip
    attached = {"id": str(file.pk), "name": file.name, "size": file.size, "media_type": file.media_type}
    filled = flow.draft(
        cast.MIDORINO,
        氏名=CANARY, 住所=CANARY, メール="canary@example.jp", 口座の写し=attached,
    )  # fmt: skip
    flow.draft(cast.MIDORINO, 氏名=CANARY)  # one that stays a draft
    case = flow.case(cast.MIDORINO, flow.send(filled, key="key-of-the-canary").number)
    task = flow.waiting(case)
    with flow.standing("centre-agent"):
        agent = actor("centre-agent")
        actions.reveal(task_id=task.pk, item="住所", purpose=CANARY, by=agent, at=flow.NOW, on=flow.TODAY)
        task.answers = {"点検": {"メモ": CANARY}}  # as the form of a step would leave them
        task.save(update_fields=["answers_sealed"])
        Attempt.objects.create(owner=task.owner, task=task, number=1, started_at=flow.NOW)
        numbered = put_away(
            owner_id=town.pk, subject=task.key, program=asking_for_a_number(), answers={"個人番号": CANARY},
            at=flow.NOW,
        )  # fmt: skip
    assert CANARY not in str(numbered)
    flow.act("centre-agent", case, "補正を求める", CANARY)
    while deliver_next(at=flow.NOW + timedelta(minutes=1)):
        pass
    _half_correct(flow.case(cast.MIDORINO, case.number))
    put_to_a_decision()
    _ask_in_vain()


def put_to_a_decision() -> None:
    """A refusal whose reason is the canary, and which is returned with another."""
    case = flow.case(
        cast.MIDORINO, flow.send(flow.draft(cast.MIDORINO, 氏名=CANARY), key="key-of-a-return").number
    )
    flow.act("centre-agent", case, "不備なし")
    flow.act("midorino-clerk", case, "却下案", CANARY)
    flow.draft_decision(case)
    flow.sign("midorino-leader", case, "returned", CANARY)


def _ask_in_vain() -> None:
    """Somebody asks for the canary, which no document answers, and says what they think of that."""
    town = get_municipality(cast.MIDORINO)
    with scope(Actor.system(town)):
        questions.note(questions.Asked(CANARY, "close", None), town, channel="portal", at=flow.NOW)
        said = questions.Opinion(uuid4(), helpful=False, reason="wrong", said=CANARY)
        assert questions.rate(CANARY, town, said, at=flow.NOW)
        questions.cluster(owner=town, at=flow.NOW)


def _half_correct(case: Case) -> dict[str, Any]:
    """The applicant opens the correction with both numbers and sends two of its screens, but not the whole; gives the session."""
    browser = Client()
    status = f"/m/{cast.MIDORINO}/status"
    with patch("django.utils.timezone.now", return_value=flow.NOW + timedelta(hours=1)):
        browser.post(status, {"number": case.number, "check": check_number(case.submission)})
        for screen, field in ((2, "氏名"), (6, "振込先.bank_name")):
            sent = browser.post(
                f"{status}/{case.number}/correct/{screen}", {**SCREENS[screen], field: CANARY}
            )
            assert sent["Location"] == f"{status}/{case.number}/correct/"
        return dict(browser.session)


def _cells() -> Iterator[tuple[str, str]]:
    """Every cell of every table, as text; on PostgreSQL row-level security shows them to this scope only.

    Sessions are opened: they are packed, but anybody can unpack them.
    """
    everybody = tuple(Organisation.objects.values_list("pk", flat=True))
    with open_for(everybody), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                for cell in row:
                    yield table, _text(cell)
                    if table == "django_session":
                        yield table, str(SessionStore().decode(str(cell)))


def _text(cell: Any) -> str:
    if isinstance(cell, memoryview | bytes):
        return bytes(cell).decode("utf-8", "replace")
    return str(cell).encode().decode("unicode_escape", "replace") if "\\u" in str(cell) else str(cell)


def _found(var: Path) -> set[str]:
    tables = {table for table, text in _cells() if CANARY in text or "canary@example.jp" in text}
    files = {
        str(path.relative_to(var))
        for path in var.rglob("*")
        if path.is_file() and CANARY.encode() in path.read_bytes()
    }
    return tables | files


def test_no_table_and_no_file_holds_what_a_person_told_us(var: Path) -> None:
    live_through()
    assert _found(var) == set()


def test_a_correction_in_progress_half_filled_is_sealed_in_a_draft_and_not_in_the_session(var: Path) -> None:
    case = flow.sent_case(cast.MIDORINO)
    flow.act("centre-agent", case, "補正を求める", "口座を確かめてください。")
    session = _half_correct(flow.case(cast.MIDORINO, case.number))
    with scope(Actor.resident(case.owner)):
        draft = Draft.objects.select_related("key").get(corrects=case.submission)
        assert (draft.answers["氏名"], draft.answers["振込先"]["bank_name"]) == (CANARY, CANARY)
        assert draft.key_id == case.submission.key_id
    assert session == {
        "cases": [f"{cast.MIDORINO}/{case.number}"],
        "drafts": {f"{cast.MIDORINO}/{case.number}": str(draft.pk)},
    }
    assert _found(var) == set()


def test_an_answer_put_into_a_session_would_be_found(var: Path) -> None:
    session = SessionStore()
    session["correction"] = {"氏名": CANARY}
    session.save()
    assert _found(var) == {"django_session"}


def test_the_search_above_finds_it_when_sealing_is_off(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import yuimaru.foundation.files.actions as files
    import yuimaru.foundation.keys.fields as fields

    def plain(key: object, content: bytes, *, place: str) -> bytes:
        return content

    for module in (files, fields):
        monkeypatch.setattr(module, "seal", plain)
    monkeypatch.setattr(fields, "unseal", plain)
    live_through()
    assert _found(var) >= {
        "procedures_draft", "procedures_submission", "cases_task", "cases_reveal", "notices_notice",
        "procedures_individualnumber", "protections_measure", "cases_approval", "cases_mark",
        "questions_question", "questions_topic", "questions_rating",
    }  # fmt: skip
