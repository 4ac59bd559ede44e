"""`prove disk`: a full disk and a locked database are answered in words, reading goes on, and it heals by itself."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from yuimaru.demo import cast
from yuimaru.demo.proofs.ground import Ground, Server
from yuimaru.demo.proofs.part import Figure, Part, Terms, skipped
from yuimaru.demo.proofs.writers import fill_in, send
from yuimaru.demo.visitor import Visitor
from yuimaru.foundation.backups import inventory

SIZE = "8m"
LOCKED_FOR = 8.0  # seconds
READS = 20
HEALS_WITHIN = 10.0  # seconds
REASON = "空きがありません"


def prove(terms: Terms) -> Part:
    """Fill an 8 MB disk under a running server, make room again, then lock the database for eight seconds."""
    if terms.database:
        return skipped("PostgreSQLの保存先は別です / PostgreSQL keeps its data elsewhere")
    with tempfile.TemporaryDirectory(prefix="yuimaru-disk-") as folder, _small_disk(Path(folder)) as disk:
        if disk is None:
            return skipped("tmpfsをつなげません（管理者の権限が要ります） / mounting a tmpfs needs root")
        return _prove_on(disk, terms.times(quick=1, usual=1, full=3))


def _prove_on(disk: Path, count: int) -> Part:
    ground = Ground(disk / "var")
    ground.prepare()
    shutil.rmtree(ground.var / "index", ignore_errors=True)
    server = Server(ground)
    rounds: list[dict[str, Figure]] = []
    try:
        server.start()
        for _ in range(count):
            rounds.append({**_full(server, disk), **_locked(server)})
    finally:
        server.stop()
    worst = {name: _worst([each[name] for each in rounds]) for name in rounds[0]}
    figures: dict[str, Figure] = {**worst, "chains_ok": ground.chains_hold()}
    ok = all(each for each in figures.values() if isinstance(each, bool)) and figures["lost"] == 0
    return Part(ok, figures)


def _worst(values: list[Figure]) -> Figure:
    """The figure of the worst round: what failed once has failed, what took longest counts."""
    if all(isinstance(value, bool) for value in values):
        return all(values)
    return max(value for value in values if isinstance(value, int | float))


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    """A file system of eight megabytes; None when this machine does not let us have one."""
    place = folder / "disk"
    place.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    mounting = [mount or "mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    if not mount or not umount or subprocess.run(mounting, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run([umount, "-l", str(place)], check=True)


def _full(server: Server, disk: Path) -> dict[str, Figure]:
    """One application against a full disk, and again after room was made."""
    browser, form = fill_in(server.base_url)
    ballast = disk / "ballast"
    _empty_journal(server.ground.var)
    _fill(ballast)
    refused = browser.send(form)
    reads = _reads(server.base_url)
    ballast.unlink()
    began = time.monotonic()
    number = send(browser, form)
    healed = time.monotonic() - began
    browser.close()
    return {
        "full_answers_503": refused.status_code == 503,
        "full_gives_the_reason": REASON in refused.text and "Retry-After" in refused.headers,
        "full_keeps_what_was_typed": form.fields["idempotency_key"][0] in refused.text,
        "full_reads_go_on": reads == READS,
        "full_heals": healed <= HEALS_WITHIN,
        "healed_after_s": round(healed, 2),
        "lost": int(not _kept(server.ground, number)),
    }


def _empty_journal(var: Path) -> None:
    """Otherwise a little could still be written into the room that the journal holds already."""
    with closing(sqlite3.connect(var / inventory.DATABASE, timeout=20)) as foreign:
        while foreign.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            time.sleep(0.1)


def _fill(ballast: Path) -> None:
    """Write until not one more byte fits."""
    with ballast.open("ab", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


def _reads(base_url: str) -> int:
    """How many of the pages can be read."""
    with closing(Visitor(base_url)) as browser:
        paths = ["/", f"/m/{cast.MIDORINO}/", f"/m/{cast.OUMI}/procedures/jidou-teate/", "/healthz"]
        return sum(browser.get(paths[number % len(paths)]).status == 200 for number in range(READS))


def _locked(server: Server) -> dict[str, Figure]:
    """One application while somebody else holds the database, and pages that are read meanwhile."""
    browser, form = fill_in(server.base_url)
    with ThreadPoolExecutor(1) as pool, _held(server.ground.var) as began:
        sending = pool.submit(send, browser, form)
        reads = _reads(server.base_url)
        read_in = time.monotonic() - began
        time.sleep(max(0.0, LOCKED_FOR - read_in))
    number = sending.result()
    waited = time.monotonic() - began
    browser.close()
    return {
        "locked_waited_s": round(waited, 2),
        "locked_reads_go_on": reads == READS and read_in < LOCKED_FOR,
        "locked_lost_none": _kept(server.ground, number),
    }


@contextmanager
def _held(var: Path) -> Iterator[float]:
    """Another program holds the database until the block ends; gives the moment it took hold."""
    with closing(sqlite3.connect(var / inventory.DATABASE, isolation_level=None, timeout=20)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        yield time.monotonic()


def _kept(ground: Ground, number: str) -> bool:
    return ground.count(f"SELECT count(*) FROM cases_case WHERE number = '{number}'") == 1  # noqa: S608 — our own
