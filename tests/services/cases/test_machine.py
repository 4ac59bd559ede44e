"""Steps of the machine: tried again after growing pauses, never silently twice, and in the end left to a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any, get_args

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from tests import cast
from tests.conftest import actor
from tests.core.kata import automatic
from tests.services.cases import flow, machine
from yuimaru.core.kata.models import ServiceKind
from yuimaru.foundation.jobs.actions import GivenBack, Run, run_next
from yuimaru.foundation.jobs.heartbeat import LEASE
from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions, jobs
from yuimaru.services.cases.actions.working import AlreadyDone
from yuimaru.services.cases.jobs import notice
from yuimaru.services.cases.jobs.serving import step_kind
from yuimaru.services.cases.models import Attempt, Task

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
TROUBLE: list[BaseException] = []  # what the relay answers next, else it takes the mail
TRIES: list[str] = []


class Relay(EmailBackend):
    """A relay that takes mails into memory, or answers with what a test has prepared."""

    def open(self) -> bool:
        TRIES.append("open")
        if TROUBLE and isinstance(TROUBLE[0], ConnectionError):
            raise TROUBLE.pop(0)
        return True

    def send_messages(self, messages: Any) -> int:
        count: int = super().send_messages(messages)
        if TROUBLE:
            raise TROUBLE.pop(0)
        return count


@pytest.fixture(autouse=True)
def _relay(settings: Any) -> Iterator[None]:
    settings.EMAIL_BACKEND = f"{__name__}.Relay"
    TROUBLE.clear()
    TRIES.clear()
    yield
    TROUBLE.clear()


def payload(task: Task) -> dict[str, str]:
    return {"task": str(task.pk)}


def test_every_kind_of_the_language_is_registered() -> None:
    assert set(settings.STEP_KINDS) == set(get_args(ServiceKind))
    for name in get_args(ServiceKind):
        assert step_kind(name)


def test_the_case_goes_on_once_the_mail_is_handed_over() -> None:
    case = machine.at_machine()
    task = flow.waiting(case)
    assert (task.waits_for, task.step, mail.outbox) == ("machine", "お知らせ", [])
    assert machine.run() == 1
    [sent] = mail.outbox
    assert (sent.to, sent.body) == (["haruna@example.jp"], "青葉 陽菜 様、終わりました。")
    ended = machine.now(case)
    assert (ended.step, ended.outcome, machine.attempts(case)) == ("終了", "done", [("done", "")])
    assert machine.kinds(case)[-2:] == ["service.done", "case.moved"]
    jobs.serve(payload(task), Run("1", case.owner_id, 1, flow.NOW))
    assert len(mail.outbox) == 1, "again changes nothing"


def test_it_is_tried_again_after_pauses_that_double_and_then_a_person_takes_over() -> None:
    case = machine.at_machine()
    TROUBLE.extend(ConnectionRefusedError() for _ in range(9))
    at = flow.NOW
    assert machine.run(at) == 1
    for pause in (5, 10):
        at += pause * MINUTE
        assert machine.run(at - MINUTE) == 0, "not before its time"
        assert machine.run(at) == 1
    assert machine.run(at + machine.ENDLESS) == 0, "after the last try nothing is tried again"
    assert machine.attempts(case) == [("failed", "unreachable")] * 3
    waiting = flow.waiting(case)
    assert (waiting.step, waiting.waits_for, mail.outbox) == ("電話", "municipality", [])
    assert machine.kinds(case).count("service.failed") == 3
    flow.act("oumi-clerk", case, "送りなおす")
    TROUBLE.clear()
    machine.run(at)
    assert (machine.now(case).outcome, len(mail.outbox)) == ("done", 1)


def test_without_an_address_a_person_takes_over_at_once() -> None:
    case = machine.at_machine(answers={"氏名": "青葉 陽菜"})
    machine.run()
    assert machine.attempts(case) == [("failed", "no_address")]
    assert flow.waiting(case).step == "電話"


def test_when_the_line_breaks_nobody_can_tell_so_a_person_looks_and_nothing_is_sent_twice() -> None:
    case = machine.at_machine()
    TROUBLE.append(SMTPServerDisconnected())
    at = flow.NOW
    for _ in range(4):
        machine.run(at)
        at += timedelta(hours=2)
    assert len(mail.outbox) == 1
    assert machine.attempts(case) == [("unknown", "")]
    assert flow.waiting(case).step == "電話"
    assert machine.kinds(case).count("service.unknown") == 1


@pytest.mark.parametrize("killed", ["before", "sending", "after"])
def test_killed_at_any_point_it_is_neither_lost_nor_done_twice(
    monkeypatch: pytest.MonkeyPatch, killed: str
) -> None:
    """A worker that dies leaves its lease behind; the next one takes over when that has run out."""
    case = machine.at_machine()

    def die(*args: Any, **named: Any) -> None:
        raise SystemExit  # like a kill, no handler of errors sees it

    where = {
        "before": (actions, "begin_attempt"),
        "sending": (notice, "hand_over"),
        "after": (actions, "settle"),
    }[killed]
    with monkeypatch.context() as patched:
        patched.setattr(*where, die)
        with pytest.raises(SystemExit):
            run_next(at=flow.NOW)
    later = flow.NOW + LEASE + timedelta(seconds=30)
    while run_next(at=later):
        pass
    expected = {
        "before": (1, [("done", "")], "終了"),
        "sending": (0, [("unknown", "")], "電話"),
        "after": (1, [("done", "")], "終了"),
    }[killed]
    assert (len(mail.outbox), machine.attempts(case), machine.now(case).step) == expected


def test_a_worker_that_comes_back_late_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    case = machine.at_machine()
    task = flow.waiting(case)

    def meanwhile(*args: Any, **named: Any) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(notice, "hand_over", lambda *a, **n: None)
            jobs.serve(payload(task), Run("2", case.owner_id, 2, flow.NOW))

    monkeypatch.setattr(notice, "hand_over", meanwhile)
    jobs.serve(payload(task), Run("1", case.owner_id, 1, flow.NOW))
    assert machine.attempts(case) == [("unknown", "")]
    assert machine.done(case)[-1] == ("お知らせ", "error")


def test_a_step_that_is_given_back_in_the_middle_is_not_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    case = machine.at_machine()

    def stop(*args: Any, **named: Any) -> None:
        raise GivenBack

    with monkeypatch.context() as patched:
        patched.setattr(notice, "hand_over", stop)
        with pytest.raises(GivenBack):
            run_next(at=flow.NOW)
    machine.run()
    assert (machine.attempts(case), mail.outbox) == ([("unknown", "")], [])


def test_nobody_acts_at_a_step_of_the_machine() -> None:
    case = machine.at_machine()
    for action in ("ok", "error"):
        with pytest.raises(AlreadyDone):
            flow.act("oumi-clerk", case, action)


def test_only_the_administration_starts_it_again_and_only_while_it_waits() -> None:
    case = machine.at_machine()
    task = flow.waiting(case)
    TROUBLE.append(ConnectionRefusedError())
    machine.run()
    for login, refusal in (
        ("oumi-clerk", Forbidden),
        ("midorino-admin", NotVisible),
        ("centre-agent", NotVisible),
    ):
        with flow.standing(login), pytest.raises(refusal):
            actions.restart(task_id=task.pk, by=actor(login), at=flow.NOW)
    with flow.standing("oumi-admin"):
        actions.restart(task_id=task.pk, by=actor("oumi-admin"), at=flow.NOW)
    assert machine.run() == 1
    assert machine.attempts(case) == [("failed", "unreachable"), ("done", "")]
    assert "service.restarted" in machine.kinds(case)
    with flow.standing("oumi-admin"), pytest.raises(AlreadyDone):
        actions.restart(task_id=task.pk, by=actor("oumi-admin"), at=flow.NOW)


def test_what_is_under_way_is_not_started_beside_itself() -> None:
    case = machine.at_machine()
    task = flow.waiting(case)
    Job.objects.filter(key__startswith="serve:").update(lease_until=flow.NOW + MINUTE)
    with flow.standing("oumi-admin"), pytest.raises(AlreadyDone):
        actions.restart(task_id=task.pk, by=actor("oumi-admin"), at=flow.NOW)


def test_a_withdrawn_application_is_left_alone() -> None:
    case = machine.at_machine()
    by = Actor.resident(case.owner)
    with scope(by):
        actions.withdraw(case=case, by=by, at=flow.NOW)
    machine.run()
    assert (mail.outbox, machine.attempts(case), machine.now(case).outcome) == ([], [], "withdrawn")


def test_a_town_sees_nothing_of_the_machine_of_another() -> None:
    case = machine.at_machine()
    machine.run()
    with flow.standing("midorino-admin"):
        assert not Attempt.objects.filter(task__case_id=case.pk).exists()


def test_the_kata_of_the_tests_is_sound() -> None:
    assert machine.adopt(automatic.telling(), cast.MIDORINO).kata == "telling"
