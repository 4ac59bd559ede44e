"""Threads and processes write one after the other, and nobody keeps a turn that is over."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction

from tests import stores
from tests.services.cases import flow
from yuimaru.config.sqlite.turns import Turns
from yuimaru.foundation.jobs.models import Job
from yuimaru.interfaces.look.unavailable import Reason, reason_of

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
    assert [reason_of(error) for error in refused] == [Reason.BUSY]
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


def test_processes_take_turns_and_one_that_died_keeps_none(tmp_path: Path) -> None:
    """A child holds the turn and is killed: the turn passes on, and nobody waited for long."""
    path, (told, tell) = str(tmp_path / "x.sqlite3"), os.pipe()
    child = os.fork()
    if child == 0:
        Turns(path).take(longest=5)
        os.write(tell, b"x")
        time.sleep(60)
        os._exit(0)
    os.read(told, 1)
    turns = Turns(path)
    assert not turns.take(longest=0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert turns.take(longest=5)
    turns.pass_on()


def test_nobody_is_overtaken_for_long(tmp_path: Path) -> None:
    """Two processes write without a pause: each gets its share of turns."""
    path, counts = str(tmp_path / "x.sqlite3"), []
    ends = [os.pipe() for _ in range(2)]
    for told, tell in ends:
        if os.fork() == 0:
            os.close(told)
            turns, mine, until = Turns(path), 0, time.monotonic() + 0.5
            while time.monotonic() < until:
                assert turns.take(longest=5)
                time.sleep(0.002)
                turns.pass_on()
                mine += 1
            os.write(tell, str(mine).encode())
            os._exit(0)
    for told, tell in ends:
        os.close(tell)
        counts.append(int(os.read(told, 9)))
        os.wait()
    assert min(counts) * 3 > max(counts)
