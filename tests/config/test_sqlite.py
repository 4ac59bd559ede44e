"""Threads of a process write one after the other, and nobody keeps a turn that is over."""

from __future__ import annotations

import time
from contextlib import suppress
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction

from tests import stores
from tests.services.cases import flow
from yuimaru.foundation.jobs.models import Job

pytestmark = [pytest.mark.store("sqlite"), pytest.mark.usefixtures("committed")]


def _write(number: int) -> None:
    Job.objects.create(kind="test", payload={}, owner_id=1, key=f"key-{number}", run_at=flow.NOW)


def test_all_who_write_at_once_come_to_their_turn() -> None:
    def work(number: int) -> None:
        with transaction.atomic():
            time.sleep(0.01)  # so that all others wait meanwhile
            _write(number)

    told = stores.at_once(*(lambda number=number: work(number) for number in range(20)))
    assert told == [None] * 20
    assert Job.objects.count() == 20


@pytest.mark.parametrize("ends_well", [True, False])
def test_who_waits_is_let_in_as_soon_as_the_other_is_done(ends_well: bool) -> None:
    inside = Event()
    waited: list[float] = []

    def wait() -> None:
        inside.wait()
        began = time.monotonic()
        with transaction.atomic():
            waited.append(time.monotonic() - began)
        connection.close()

    other = Thread(target=wait)
    other.start()
    with suppress(ZeroDivisionError), transaction.atomic():
        inside.set()
        time.sleep(0.3)
        if not ends_well:
            raise ZeroDivisionError
    other.join()
    assert 0.2 < waited[0] < 5


def test_who_waits_too_long_is_told_so_and_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[Exception] = []

    def wait() -> None:
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
        try:
            with transaction.atomic():
                _write(1)
        except OperationalError as error:
            refused.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        other = Thread(target=wait)
        other.start()
        other.join()
    assert [str(error) for error in refused] == ["database is locked"]
    with transaction.atomic():
        _write(2)
    assert list(Job.objects.values_list("key", flat=True)) == ["key-2"]


def test_a_connection_that_is_closed_in_the_middle_keeps_no_turn() -> None:
    def leave() -> None:
        connection.ensure_connection()
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        connection.in_atomic_block = False
        connection.close()

    assert stores.at_once(leave) == [None]
    with transaction.atomic():
        _write(1)
    assert Job.objects.count() == 1
