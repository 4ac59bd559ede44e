"""個人番号: apart from all other answers, read only for a purpose, gone for good without the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.conftest import actor
from tests.promises.test_isolation import browser
from tests.promises.test_sealing import _cells
from tests.services.cases import flow
from tests.services.procedures import pension
from yuimaru.core.kata.individual_numbers import is_reference
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.audit.jobs import deliver_next
from yuimaru.foundation.keys import ring
from yuimaru.foundation.keys.actions import bury_again, rotate
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.rules import Forbidden
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.procedures import actions as procedures
from yuimaru.services.procedures.models import Draft, IndividualNumber, Submission
from yuimaru.services.procedures.queries import check_number, number_of
from yuimaru.services.procedures.rules import InvalidAnswers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

FIRST, SECOND, THEIRS = (pension.number(first) for first in (12345678901, 22345678902, 32345678903))
NUMBERS = (FIRST, SECOND, THEIRS)
LATER = flow.NOW + timedelta(hours=1)
STATUS = f"/m/{cast.MIDORINO}/status"


@pytest.fixture(autouse=True)
def _adopted() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=LATER):
        pension.adopt()
        yield


def town() -> Actor:
    return Actor.system(get_municipality(cast.MIDORINO))


def rows() -> list[IndividualNumber]:
    with scope(town()):
        return list(IndividualNumber.objects.select_related("key", "subject").order_by("kept_at", "pk"))


def sent(written: str = FIRST) -> tuple[Client, Case]:
    client = Client()
    pension.fill(client, written)
    return client, flow.case(cast.MIDORINO, pension.send(client))


def returned(case: Case) -> Client:
    """The applicant's browser at the correction that was asked for."""
    flow.act("midorino-clerk", case, "戻す", "番号を確かめてください。", at=LATER)
    client = Client()
    client.post(STATUS, {"number": case.number, "check": check_number(case.submission)})
    return client


def open_answers() -> str:
    """Every answer of a draft, submission or task, unsealed."""
    with scope(town()):
        found = [
            row.answers for kind in (Draft, Submission, Task) for row in kind.objects.select_related("key")
        ]
    return str(found)


def test_no_answer_table_file_mail_log_or_page_holds_a_number(var: Path) -> None:
    client, case = sent()
    pages = [client.get(f"{pension.APPLY}/1"), client.get(f"/m/{cast.MIDORINO}/receipts/{case.number}")]
    corrector = returned(case)
    pages.append(corrector.get(f"{STATUS}/{case.number}/correct/1"))
    pages.append(corrector.post(f"{STATUS}/{case.number}/correct/1", {
        "氏名": "青葉 陽菜", "番号を書く": "true", "個人番号": SECOND, "メール": "",
    }))  # fmt: skip
    pages.append(corrector.get(f"{STATUS}/{case.number}/correct/"))
    pages.append(corrector.post(f"{STATUS}/{case.number}/correct/", {"idempotency_key": "key-of-correction"}))
    pages.append(corrector.get(f"{STATUS}/{case.number}"))
    flow.act("midorino-clerk", case, "確かめる", at=LATER)
    task = flow.waiting(case)
    with flow.standing("midorino-clerk"):
        actions.act(
            task_id=task.pk, action="済", note="", by=actor("midorino-clerk"), at=LATER, on=flow.TODAY,
            answers={"住基の番号": THEIRS},
        )  # fmt: skip
    while deliver_next(at=LATER + timedelta(minutes=1)):
        pass
    clerk = browser("midorino-clerk")
    pages += [clerk.get(f"/desk/tasks/{task.pk}"), clerk.get("/desk/queue.csv?who=all")]
    pages.append(browser("midorino-admin").get("/desk/log"))
    texts = [
        b"".join(page).decode("utf-8", "replace") if page.streaming else page.content.decode()
        for page in pages
    ]
    texts += [str(letter.message()) for letter in mail.outbox]
    texts += [cell for _, cell in _cells()]
    texts += [path.read_bytes().decode("utf-8", "replace") for path in var.rglob("*") if path.is_file()]
    texts += list(audit.export_lines(case.owner_id))
    texts.append(open_answers())
    assert [number for number in NUMBERS if any(number in text for text in texts)] == []
    assert sorted(_read(rows())) == sorted(NUMBERS)


def _read(found: list[IndividualNumber]) -> list[str]:
    with scope(town()):
        return [row.number for row in found]


def test_it_lies_under_a_key_of_its_own_and_the_answer_names_it() -> None:
    _, case = sent()
    (row,) = rows()
    assert row.subject_id == case.submission.key_id != row.key_id
    with scope(town()):
        submission = Submission.objects.select_related("key").get(pk=case.submission_id)
        assert is_reference(submission.answers["個人番号"])
        assert number_of(submission.key, submission.answers["個人番号"]) == FIRST
        stranger = flow.sent_case(cast.MIDORINO).submission
        assert number_of(stranger.key, submission.answers["個人番号"]) == "", "an id of others opens nothing"


def test_it_is_read_by_a_reveal_with_a_purpose_and_only_there() -> None:
    _, case = sent()
    task = flow.waiting(case)
    page, clerk = reverse("desk:task", args=[task.pk]), browser("midorino-clerk")
    assert FIRST not in clerk.get(page).content.decode()
    with flow.standing("midorino-clerk"), pytest.raises(Forbidden):
        actions.reveal(
            task_id=task.pk, item="個人番号", purpose=" ", by=actor("midorino-clerk"), at=LATER, on=flow.TODAY
        )
    clerk.post(f"{page}/reveal", {"item": "個人番号", "purpose": "年金記録との照合"})
    assert FIRST in clerk.get(page).content.decode()
    assert FIRST not in browser("midorino-support").get(page).content.decode()
    kinds = [entry.kind for entry in audit.about(case.owner_id, f"case:{case.pk}")]
    assert "item.revealed" in kinds


def test_a_draft_keeps_one_number_and_lets_go_of_what_was_typed_over_or_hidden() -> None:
    client = Client()
    pension.fill(client, FIRST)
    pension.fill(client, SECOND)
    assert _read(rows()) == [SECOND]
    pension.fill(client, "")
    assert _read(rows()) == [SECOND], "an empty field keeps it"
    pension.fill(client, "", **{"番号を書く": "false"})
    pension.send(client)
    assert rows() == []


def test_an_expired_draft_takes_its_number_along() -> None:
    pension.fill(Client(), FIRST)
    (row,) = rows()
    with scope(town()):
        swept = procedures.sweep_drafts(owner=get_municipality(cast.MIDORINO), at=LATER + timedelta(days=31))
    assert swept == 1
    assert DataKey.objects.get(pk=row.key_id).destroyed_at is not None


def test_an_expired_correction_takes_only_its_own_number_along() -> None:
    _, case = sent()
    client = returned(case)
    client.post(
        f"{STATUS}/{case.number}/correct/1", {"氏名": "青葉 陽菜", "番号を書く": "true", "個人番号": SECOND}
    )
    assert sorted(_read(rows())) == sorted([FIRST, SECOND])
    with scope(town()):
        procedures.sweep_drafts(owner=case.owner, at=LATER + timedelta(days=31))
    assert _read(rows()) == [FIRST]


def test_destroying_it_leaves_the_application_readable_and_no_backup_brings_it_back() -> None:
    _, case = sent()
    (row,) = rows()
    copy = (DataKey.objects.get(pk=row.key_id).wrapped, row.key.kek)
    by = actor("midorino-admin")
    with scope(by):
        assert procedures.destroy_numbers(submission=case.submission, by=by, at=LATER) == 1
        assert procedures.destroy_numbers(submission=case.submission, by=by, at=LATER) == 0
    assert str(row.key_id) in ring.buried()
    with scope(town()):
        submission = Submission.objects.select_related("key").get(pk=case.submission_id)
        assert submission.answers["氏名"] == "青葉 陽菜"
        assert number_of(submission.key, submission.answers["個人番号"]) == ""
    kinds = [entry.kind for entry in audit.about(case.owner_id, f"submission:{submission.pk}")]
    assert kinds.count("numbers.destroyed") == 1
    DataKey.objects.filter(pk=row.key_id).update(wrapped=copy[0], kek=copy[1], destroyed_at=None)
    assert bury_again(at=LATER) == 1
    page, clerk = reverse("desk:task", args=[flow.waiting(case).pk]), browser("midorino-clerk")
    clerk.post(f"{page}/reveal", {"item": "個人番号", "purpose": "年金記録との照合"})
    assert "廃棄済みです" in clerk.get(page).content.decode()
    flow.act("midorino-clerk", case, "確かめる", at=LATER)
    assert flow.waiting(case).step == "照合"


def test_only_who_manages_the_municipality_destroys_it() -> None:
    _, case = sent()
    for login in ("midorino-clerk", "midorino-decider"):
        by = actor(login)
        with scope(by), pytest.raises(Forbidden):
            procedures.destroy_numbers(submission=case.submission, by=by, at=LATER)
    assert _read(rows()) == [FIRST]


def test_a_new_installation_key_opens_it_too() -> None:
    sent()
    rotate(at=LATER)
    assert _read(rows()) == [FIRST]


def test_another_system_sends_digits_and_never_a_reference() -> None:
    _, case = sent()
    (row,) = rows()
    owner = get_municipality(cast.MIDORINO)
    by = Actor.resident(owner)
    answers = {"氏名": "青葉 凪", "番号を書く": True, "個人番号": SECOND}
    with scope(by):
        receipt = actions.submit_answers(
            owner=owner, kata=pension.KATA, answers=answers, key="key-of-the-api", by=by, at=LATER
        )
        stolen = {**answers, "個人番号": {"kept": str(row.pk)}}
        with pytest.raises(InvalidAnswers):
            actions.submit_answers(
                owner=owner, kata=pension.KATA, answers=stolen, key="key-of-a-thief", by=by, at=LATER
            )
    assert sorted(_read(rows())) == sorted([FIRST, SECOND])
    assert SECOND not in open_answers()
    assert receipt.number != case.number
