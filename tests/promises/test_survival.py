"""What must survive a sudden end: samples of `yuimaru prove`, on real processes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from yuimaru.demo.proofs import ground, kill, worker
from yuimaru.demo.proofs.writers import Ledger, fill_in, send


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the cast, built once."""
    var = tmp_path_factory.mktemp("prepared") / "var"
    ground.prepare(var)
    return var


@pytest.fixture(autouse=True)
def _quick_ground(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for proof in (kill, worker):
        monkeypatch.setattr(proof, "prepare", lambda var: shutil.copytree(prepared, var))


def test_nothing_acknowledged_is_lost_when_the_server_is_killed() -> None:
    figures = kill.prove(3)["figures"]
    assert figures["acknowledged"]
    assert [figures[name] for name in ("lost", "duplicates", "changed_receipts", "unexpected")] == [
        0,
        0,
        0,
        0,
    ]
    assert (figures["chains_ok"], figures["outbox_drained"]) == (True, True)


def test_the_effect_of_a_job_happens_once_or_is_listed_wherever_its_worker_dies() -> None:
    part = worker.prove(3)
    assert part["ok"], part
    figures = part["figures"]
    assert (figures["trials"], figures["killed"], figures["lost"], figures["twice_and_not_listed"]) == (
        18,
        18,
        0,
        0,
    )


def test_the_proof_sees_a_loss_and_a_duplicate(prepared: Path, tmp_path: Path) -> None:
    """A judge that cannot condemn proves nothing."""
    var = tmp_path / "var"
    shutil.copytree(prepared, var)
    server, ledger = ground.Server(var), Ledger()
    server.start()
    try:
        browser, form = fill_in(server.base_url)
        [key] = form.fields["idempotency_key"]
        ledger.acknowledge(key, send(browser, form), repeated=False)
    finally:
        server.stop()
    assert (kill.judge(var, ledger)["lost"], kill.judge(var, ledger)["duplicates"]) == (0, 0)
    assert kill.judge(var, Ledger())["duplicates"] == 1
    ledger.acknowledge("another-key", "2611-0000-0000", repeated=False)
    assert kill.judge(var, ledger)["lost"] == 1
    ledger.acknowledge("another-key", "2611-0000-0001", repeated=True)
    assert kill.judge(var, ledger)["changed_receipts"] == 1


def test_a_killed_supervisor_takes_its_lock_and_its_parts_along(prepared: Path, tmp_path: Path) -> None:
    var = tmp_path / "var"
    shutil.copytree(prepared, var)
    server = ground.Server(var)
    try:
        server.start()
        assert server.process is not None
        server.process.kill()  # the supervisor alone: its parts must follow by themselves
        server.process.wait()
        server.start()  # refused as long as anybody held the lock
    finally:
        server.stop()
