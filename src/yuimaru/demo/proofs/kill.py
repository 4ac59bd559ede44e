"""`prove kill`: the whole server is killed again and again under writers; nothing acknowledged may be missing."""

from __future__ import annotations

import random
import sqlite3
import tempfile
import threading
import time
from pathlib import Path

from yuimaru.demo.proofs.ground import Server, prepare
from yuimaru.demo.proofs.part import Figure, Part, percentile
from yuimaru.demo.proofs.writers import Ledger, Writer
from yuimaru.foundation.backups import database, inventory

WRITERS = 6
LIVES = (0.3, 2.5)  # seconds between ready and the next kill
RESTARTS_WITHIN = 5.0  # seconds, 95 of 100
DRAINS_WITHIN = 90.0


def prove(count: int) -> Part:
    """Kill the server `count` times under six writers, then look for what is lost, doubled or broken."""
    with tempfile.TemporaryDirectory(prefix="yuimaru-kill-") as folder:
        var = Path(folder) / "var"
        prepare(var)
        server, ledger, stop = Server(var), Ledger(), threading.Event()
        writers = [Writer(server.base_url, ledger, stop, seed) for seed in range(WRITERS)]
        restarts = []
        began = time.monotonic()
        try:
            server.start()
            for writer in writers:
                writer.start()
            restarts = _kill_again_and_again(server, count)
            stop.set()
            for writer in writers:
                writer.join()
            seconds = round(time.monotonic() - began, 1)
            drained = _drains(var)
        finally:
            stop.set()
            server.stop()
        figures: dict[str, Figure] = {
            "kills": count,
            "seconds": seconds,
            "restart_p50_s": percentile(restarts, 0.5),
            "restart_p95_s": percentile(restarts, 0.95),
            **judge(var, ledger),
            "outbox_drained": drained,
        }
    good = all(figures[name] == 0 for name in ("lost", "duplicates", "changed_receipts", "unexpected"))
    holds = bool(figures["chains_ok"]) and drained and percentile(restarts, 0.95) <= RESTARTS_WITHIN
    return {"id": "kill", "ok": good and holds and bool(ledger.numbers), "figures": figures}


def _kill_again_and_again(server: Server, count: int) -> list[float]:
    """Seconds of each restart."""
    chance = random.Random(20261122)  # noqa: S311 — a die, not a secret
    restarts = []
    for _ in range(count):
        time.sleep(chance.uniform(*LIVES))
        server.kill()
        restarts.append(server.start())
    return restarts


def _drains(var: Path) -> bool:
    """Whether everything that was set in motion has been carried out in time."""
    deadline = time.monotonic() + DRAINS_WITHIN
    while time.monotonic() < deadline:
        with database.reading(var / inventory.DATABASE) as connection:
            if not _one(connection, "SELECT count(*) FROM audit_delivery WHERE done_at IS NULL"):
                return True
        time.sleep(0.5)
    return False


def judge(var: Path, ledger: Ledger) -> dict[str, int | bool]:
    """What the database says beside what was acknowledged. Every writer has its last answer by now."""
    with database.reading(var / inventory.DATABASE) as connection:
        rows = connection.execute(
            "SELECT k.key, s.number, (SELECT count(*) FROM cases_case c WHERE c.submission_id = s.id)"
            " FROM procedures_sentkey k JOIN procedures_submission s ON s.id = k.submission_id"
        ).fetchall()
        kept = {key: number for key, number, cases in rows if cases == 1}
        lost = sum(kept.get(key) != number for key, number in ledger.numbers.items())
        submissions = _one(connection, "SELECT count(*) FROM procedures_submission")
        cases = _one(connection, "SELECT count(*) FROM cases_case")
        received = _one(connection, "SELECT count(*) FROM audit_event WHERE kind = 'case.received'")
        broken = database.broken_chains(connection)
        whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    extra = max(submissions, cases, received) - len(ledger.numbers)
    return {
        "acknowledged": len(ledger.numbers),
        "repeated_posts": ledger.repeated,
        "lost": lost,
        "duplicates": max(0, extra),
        "changed_receipts": len(ledger.changed),
        "unexpected": len(ledger.unexpected),
        "chains_ok": not broken and whole,
    }


def _one(connection: sqlite3.Connection, query: str) -> int:
    found: int = connection.execute(query).fetchone()[0]
    return found
