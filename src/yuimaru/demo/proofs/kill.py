"""`prove kill`: the whole server is killed again and again under writers; nothing acknowledged may be missing."""

from __future__ import annotations

import random
import threading
import time

from yuimaru.demo.proofs.ground import Ground, Server, prepared
from yuimaru.demo.proofs.part import Figures, Part, Terms, percentile
from yuimaru.demo.proofs.writers import Ledger, Writer

WRITERS = 6
LIVES = (0.3, 2.5)  # seconds between ready and the next kill
RESTARTS_WITHIN = 5.0  # seconds, 95 of 100
DRAINS_WITHIN = 90.0


def prove(terms: Terms) -> Part:
    """Kill the server again and again under six writers, then look for what is lost, doubled or broken."""
    count = terms.times(quick=3, usual=20, full=100)
    with prepared(terms) as ground:
        return prove_on(ground, count)


def prove_on(ground: Ground, count: int) -> Part:
    """The same on data that is there already."""
    server, ledger, stop = Server(ground), Ledger(), threading.Event()
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
        drained = _drains(ground)
    finally:
        stop.set()
        server.stop()
    figures: Figures = {
        "store": "postgresql" if ground.database else "sqlite",
        "kills": count,
        "seconds": seconds,
        "restart_p50_s": percentile(restarts, 0.5),
        "restart_p95_s": percentile(restarts, 0.95),
        **judge(ground, ledger),
        "outbox_drained": drained,
    }
    good = all(figures[name] == 0 for name in ("lost", "duplicates", "changed_receipts", "unexpected"))
    holds = bool(figures["chains_ok"]) and drained and percentile(restarts, 0.95) <= RESTARTS_WITHIN
    return Part(good and holds and bool(ledger.numbers), figures)


def _kill_again_and_again(server: Server, count: int) -> list[float]:
    """Seconds of each restart."""
    chance = random.Random(20261122)  # noqa: S311 — a die, not a secret
    restarts = []
    for _ in range(count):
        time.sleep(chance.uniform(*LIVES))
        server.kill()
        restarts.append(server.start())
    return restarts


def _drains(ground: Ground) -> bool:
    """Whether everything that was set in motion has been carried out in time."""
    deadline = time.monotonic() + DRAINS_WITHIN
    while time.monotonic() < deadline:
        if not ground.count("SELECT count(*) FROM audit_delivery WHERE done_at IS NULL"):
            return True
        time.sleep(0.5)
    return False


def judge(ground: Ground, ledger: Ledger) -> dict[str, int | bool]:
    """What the database says beside what was acknowledged. Every writer has its last answer by now."""
    rows = ground.rows(
        "SELECT k.key, s.number, (SELECT count(*) FROM cases_case c WHERE c.submission_id = s.id)"
        " FROM procedures_sentkey k JOIN procedures_submission s ON s.id = k.submission_id"
    )
    kept = {key: number for key, number, cases in rows if cases == 1}
    lost = sum(kept.get(key) != number for key, number in ledger.numbers.items())
    there = max(
        ground.count("SELECT count(*) FROM procedures_submission"),
        ground.count("SELECT count(*) FROM cases_case"),
        ground.count("SELECT count(*) FROM audit_event WHERE kind = 'case.received'"),
    )
    return {
        "acknowledged": len(ledger.numbers),
        "repeated_posts": ledger.repeated,
        "lost": lost,
        "duplicates": max(0, there - len(ledger.numbers)),
        "changed_receipts": len(ledger.changed),
        "unexpected": len(ledger.unexpected),
        "chains_ok": ground.chains_hold(),
    }
