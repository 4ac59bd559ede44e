"""Ten senders at once for each of ten keys, on a real server: ten submissions. In full: `yuimaru prove idempotency`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import demo_world
from yuimaru.demo.proofs.idempotency import QUICK, prove_on
from yuimaru.demo.proofs.served import served_from


@pytest.mark.store("sqlite")  # on PostgreSQL: `yuimaru prove idempotency --database URL`
def test_sent_from_many_sides_at_once_it_is_one_submission(tmp_path: Path) -> None:
    demo_world.copy(tmp_path / "var")
    with served_from(tmp_path / "var") as stage:
        part = prove_on(stage, QUICK)
    assert part.ok, part.figures
    assert part.figures["submissions"] == QUICK.keys
    assert part.figures["answered_201"] == QUICK.keys * QUICK.senders
