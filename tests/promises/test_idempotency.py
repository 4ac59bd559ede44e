"""Ten senders at once for each of ten keys, on a real server: ten submissions. In full: `yuimaru prove idempotency`."""

from __future__ import annotations

import pytest

from yuimaru.demo.proofs.idempotency import QUICK, prove
from yuimaru.demo.proofs.part import Terms


@pytest.mark.store("sqlite")  # on PostgreSQL: `yuimaru prove idempotency --database URL`
def test_sent_from_many_sides_at_once_it_is_one_submission() -> None:
    part = prove(Terms("quick"))
    assert part.ok, part.figures
    assert part.figures["submissions"] == QUICK.keys
    assert part.figures["answered_201"] == QUICK.keys * QUICK.senders
