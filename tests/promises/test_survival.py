"""What must survive a sudden end: samples of `yuimaru prove`, on real processes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from yuimaru.demo.proofs import kill, worker
from yuimaru.demo.proofs.ground import Ground, Server
from yuimaru.demo.proofs.writers import Ledger, fill_in, send
from yuimaru.foundation.backups import inventory

pytestmark = pytest.mark.store("sqlite")  # on PostgreSQL: `yuimaru prove kill worker --database URL`


@pytest.fixture
def ground(built: Path, tmp_path: Path) -> Ground:
    """A data folder with the cast."""
    ground = Ground(tmp_path / "var")
    ground.var.mkdir()
    shutil.copy(built, ground.var / inventory.DATABASE)
    return ground


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(ground: Ground) -> None:
    figures = kill.prove_on(ground, 3).figures
    assert figures["acknowledged"]
    assert [figures[name] for name in ("lost", "duplicates", "changed_receipts", "unexpected")] == [
        0,
        0,
        0,
        0,
    ]
    assert (figures["chains_ok"], figures["outbox_drained"]) == (True, True)


def test_the_effect_of_a_job_happens_once_or_is_listed_wherever_its_worker_dies(ground: Ground) -> None:
    part = worker.prove_on(ground, 3)
    assert part.ok, part
    figures = part.figures
    assert (figures["trials"], figures["killed"], figures["lost"], figures["twice_and_not_listed"]) == (
        18,
        18,
        0,
        0,
    )


def test_the_proof_sees_a_loss_and_a_duplicate(ground: Ground) -> None:
    """A judge that cannot condemn proves nothing."""
    server, ledger = Server(ground), Ledger()
    server.start()
    try:
        browser, form = fill_in(server.base_url)
        [key] = form.fields["idempotency_key"]
        ledger.acknowledge(key, send(browser, form), repeated=False)
        browser.close()
    finally:
        server.stop()
    assert (kill.judge(ground, ledger)["lost"], kill.judge(ground, ledger)["duplicates"]) == (0, 0)
    assert kill.judge(ground, Ledger())["duplicates"] == 1
    ledger.acknowledge("another-key", "2611-0000-0000", repeated=False)
    assert kill.judge(ground, ledger)["lost"] == 1
    ledger.acknowledge("another-key", "2611-0000-0001", repeated=True)
    assert kill.judge(ground, ledger)["changed_receipts"] == 1


def test_a_killed_supervisor_takes_its_lock_and_its_parts_along(ground: Ground) -> None:
    server = Server(ground)
    try:
        server.start()
        assert server.process is not None
        server.process.kill()  # the supervisor alone: its parts must follow by themselves
        server.process.wait()
        server.start()  # refused as long as anybody held the lock
    finally:
        server.stop()
