"""Builds a data folder as an earlier landing left it: its migrations, and a few rows through its own models.

    YUIMARU_VAR=DIR python -m tests.upgrade.landing

`landing.json` holds the last migration of every app at that landing, and the digest of every migration of ours.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from yuimaru.interfaces.cli import django

RECORDED = Path(__file__).with_name("landing.json")
AT = datetime(2026, 11, 22, tzinfo=UTC)


def build() -> None:
    """Migrate to the recorded state and write what an installation of that time would hold."""
    django.configure()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from yuimaru.foundation.audit import rules

    targets = [tuple(each) for each in json.loads(RECORDED.read_text())["leaves"]]
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    then = executor.loader.project_state(targets).apps
    town = then.get_model("tenancy", "Organisation").objects.create(
        code="990027", kind="town", name="みどり野町", created_at=AT
    )
    prev = rules.GENESIS
    for seq in range(1, 21):
        about, at = f"thing:{seq}", rules.moment(AT + timedelta(seconds=seq))
        event = then.get_model("audit", "Event")(
            owner_id=town.pk, seq=seq, kind="test.event", about=about, at=at, prev=prev
        )
        event.body = rules.body_text(
            id=event.id.hex,
            seq=seq,
            owner=town.code,
            kind="test.event",
            by="system@990027",
            at=at,
            about=about,
            data={},
        )
        event.hash = prev = rules.chain(prev, event.body)
        event.save(force_insert=True)
    then.get_model("audit", "Head").objects.create(owner_id=town.pk, seq=20, hash=prev)
    then.get_model("jobs", "Job").objects.create(owner_id=town.pk, kind="notices.send", run_at=AT)


if __name__ == "__main__":
    build()
