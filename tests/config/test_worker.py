"""The worker at its end: what it cannot finish goes back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing
from pathlib import Path

import pytest

from tests import cast
from yuimaru.foundation.backups import inventory

ROOT = Path(__file__).parents[2]
WORKER = "import sys; from yuimaru.config.server import worker; worker.FINISHES_WITHIN = 0.3; worker.main(int(sys.argv[1]))"


def _job(var: Path) -> tuple[object, int, object]:
    with closing(sqlite3.connect(var / inventory.DATABASE, timeout=20)) as connection:
        found: tuple[object, int, object] = connection.execute(
            "SELECT lease_until, attempts, done_at FROM jobs_job WHERE kind = 'slow'"
        ).fetchone()
    return found


@pytest.mark.django_db
def test_a_worker_that_is_told_to_stop_gives_a_long_job_back(installation: Path) -> None:
    with closing(sqlite3.connect(installation / inventory.DATABASE)) as connection:
        connection.execute("DELETE FROM jobs_job")
        connection.execute("DELETE FROM audit_delivery")
        connection.execute(
            "INSERT INTO jobs_job (id, owner_id, kind, payload, run_at, token, attempts, error, uncertain)"
            " VALUES (?, 1, 'slow', '{}', ?, 0, 0, '', 0)",
            (uuid.uuid4().hex, cast.BUILT_AT.isoformat(sep=" ")),
        )
        connection.commit()
    lifeline, kept = os.pipe()
    environment = {
        **os.environ,
        "YUIMARU_VAR": str(installation),
        "DJANGO_SETTINGS_MODULE": "tests.config.slow_jobs",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(lifeline)], cwd=ROOT, env=environment, pass_fds=(lifeline,)
    )
    try:
        deadline = time.monotonic() + 60
        while _job(installation)[0] is None and time.monotonic() < deadline:
            time.sleep(0.1)
        assert _job(installation)[1] == 1, "taken up"
        worker.terminate()
        assert worker.wait(30) == 0
    finally:
        worker.kill()
        os.close(kept)
        os.close(lifeline)
    assert _job(installation) == (None, 0, None), "free at once, with its attempt"
