"""The log: what is chained cannot be changed unseen."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from tests import cast
from yuimaru.foundation.audit import queries
from yuimaru.foundation.audit.actions import record
from yuimaru.foundation.audit.models import Delivery, Event, Head
from yuimaru.foundation.tenancy.queries import get_organisation

pytestmark = pytest.mark.django_db
COLUMNS = ("id", "owner_id", "seq", "kind", "about", "at", "prev", "body", "hash")


@pytest.fixture
def owner_id() -> int:
    """A town with a log of thirty further events."""
    town = get_organisation(cast.OUMI)
    with transaction.atomic():
        for number in range(30):
            record(
                "test.event",
                owner_id=town.pk,
                owner=town.code,
                by="system@990019",
                at=cast.BUILT_AT,
                about=f"thing:{number}",
                data={"番号": number, "名前のない文字": "𠮷髙﨑邊"},
            )
    return town.pk


def test_an_untouched_log_holds(owner_id: int) -> None:
    verdict = queries.verify(owner_id)
    assert verdict.ok
    assert verdict.first_bad is None
    assert verdict.events == Event.objects.filter(owner_id=owner_id).count() == verdict.head_seq


def test_200_random_flips_are_found_and_named(owner_id: int) -> None:
    chance = random.Random(20261122)
    rows = list(Event.objects.filter(owner_id=owner_id).order_by("seq").values_list("seq", flat=True))
    for _ in range(200):
        seq, column = chance.choice(rows), chance.choice(COLUMNS)
        before = _read(owner_id, seq, column)
        _write(owner_id, seq, column, _flip(before, chance))
        verdict = queries.verify(owner_id)
        assert not verdict.ok, (seq, column)
        assert verdict.first_bad == seq, (seq, column)
        _restore(owner_id, seq, column, before)
    assert queries.verify(owner_id).ok


def _flip(value: object, chance: random.Random) -> object:
    if isinstance(value, int):
        return value + 1_000_000
    if isinstance(value, UUID):
        return UUID(int=value.int ^ 1 << chance.randrange(128))
    text = str(value)
    place = chance.randrange(len(text)) if text else 0
    byte = chr(ord(text[place]) ^ 1) if text else "x"
    return text[:place] + byte + text[place + 1 :]


def _read(owner_id: int, seq: int, column: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM audit_event WHERE owner_id=%s AND seq=%s",  # noqa: S608
            [owner_id, seq],
        )
        found = cursor.fetchone()
    return found[0]


def _write(owner_id: int, seq: int, column: str, value: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE audit_event SET {column}=%s WHERE owner_id=%s AND seq=%s",  # noqa: S608
            [value, owner_id, seq],
        )


def _restore(owner_id: int, seq: int, column: str, before: object) -> None:
    here = {"owner_id": owner_id + 1_000_000 if column == "owner_id" else owner_id}
    _write(here["owner_id"], seq + 1_000_000 if column == "seq" else seq, column, before)


def test_a_cut_chain_is_found_by_its_head(owner_id: int) -> None:
    noted = Head.objects.get(owner_id=owner_id)
    last = Event.objects.filter(owner_id=owner_id).order_by("-seq").first()
    assert last is not None
    last.delete()
    assert not queries.verify(owner_id).ok
    Head.objects.filter(owner_id=owner_id).update(seq=last.seq - 1, hash=last.prev)
    assert queries.verify(owner_id).ok, "cut together with its head it looks whole from the inside"
    cut = queries.verify(owner_id, known_head=(noted.seq, noted.hash))
    assert not cut.ok
    assert cut.first_bad == last.seq


def test_an_event_outside_a_transaction_is_refused(owner_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)
    with pytest.raises(RuntimeError):
        record("x", owner_id=owner_id, owner=cast.OUMI, by="system", at=cast.BUILT_AT)


def test_a_rolled_back_act_leaves_no_event(owner_id: int) -> None:
    before = queries.verify(owner_id).events
    with transaction.atomic():
        record("x", owner_id=owner_id, owner=cast.OUMI, by="system", at=cast.BUILT_AT)
        transaction.set_rollback(True)
    assert queries.verify(owner_id).events == before


def test_reactions_are_owed_once_per_handler(owner_id: int, settings: object) -> None:
    settings.REACTIONS = {"x": ("a.b", "c.d")}  # type: ignore[attr-defined]
    with transaction.atomic():
        event = record("x", owner_id=owner_id, owner=cast.OUMI, by="system", at=cast.BUILT_AT)
    assert sorted(Delivery.objects.filter(event=event).values_list("handler", flat=True)) == ["a.b", "c.d"]


def test_the_independent_verifier_agrees(owner_id: int, tmp_path: Path) -> None:
    tool = Path(__file__).parents[2] / "tools" / "verify_chain.py"
    lines = list(queries.export_lines(owner_id))
    whole, broken = tmp_path / "whole.jsonl", tmp_path / "broken.jsonl"
    whole.write_text("\n".join(lines), encoding="utf-8")
    event = json.loads(lines[4])
    event["body"] = event["body"].replace("2026", "2027", 1)
    broken.write_text("\n".join([*lines[:4], json.dumps(event), *lines[5:]]), encoding="utf-8")
    head = Head.objects.get(owner_id=owner_id)
    assert _run(tool, whole, f"{head.seq}:{head.hash}").returncode == 0
    ended = _run(tool, broken)
    assert ended.returncode == 1
    assert "event 5" in ended.stdout


def _run(tool: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(tool), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
