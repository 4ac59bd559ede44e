"""However often and however much at once the same application is sent, it is one submission."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from yuimaru.demo import cast
from yuimaru.demo.proofs.part import Part, Terms
from yuimaru.demo.proofs.served import events, served, tokens
from yuimaru.demo.residents import RESIDENTS, answers
from yuimaru.demo.stage import Stage

TOWN, NEIGHBOUR = cast.OUMI, cast.MIDORINO
PATIENCE = 60.0  # seconds that a sender goes on repeating
PAUSE = 0.02


@dataclass(frozen=True)
class Extent:
    """How many send each key at the same moment, and how many keys."""

    senders: int
    keys: int


FULL, QUICK = Extent(50, 100), Extent(10, 10)


@dataclass
class Seen:
    """What all senders of all keys were answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    receipts: list[str] = field(default_factory=list)  # one for each key
    firsts: int = 0  # answers that were not called a repeat
    torn: int = 0  # keys whose senders were told different things
    seconds: list[float] = field(default_factory=list)


def prove(terms: Terms) -> Part:
    """Send every key from many sides at once, then with another body, then as a neighbour."""
    with served(terms) as stage:
        return prove_on(stage, QUICK if terms.pace == "quick" else FULL)


def prove_on(stage: Stage, extent: Extent) -> Part:
    """The same on a demo that is running."""
    before = {code: events(stage, code, "submission.received") for code in (TOWN, NEIGHBOUR)}
    with httpx.Client(
        base_url=stage.base_url, timeout=60, limits=httpx.Limits(max_connections=extent.senders)
    ) as client:
        began = time.monotonic()
        seen = _send_all(client, tokens(stage)[TOWN], extent)
        lasted = time.monotonic() - began
        changed = _send_changed(client, tokens(stage)[TOWN], extent)
        foreign = _send_as_neighbour(client, tokens(stage)[NEIGHBOUR], extent, set(seen.receipts))
    after = {code: events(stage, code, "submission.received") for code in before}
    chains = all(_chain_holds(stage, code) for code in before)
    figures = {
        "keys": extent.keys,
        "senders": extent.senders,
        "submissions": after[TOWN] - before[TOWN],
        "first_answers": seen.firsts,
        "torn_keys": seen.torn,
        "posts": seen.statuses.total(),
        "answered_201": seen.statuses[201],
        "answered_409": seen.statuses[409],
        "answered_otherwise": seen.statuses.total() - seen.statuses[201] - seen.statuses[409],
        "other_body_422": changed,
        "neighbour_submissions": after[NEIGHBOUR] - before[NEIGHBOUR],
        "neighbour_replays": foreign,
        "chains_ok": int(chains),
        "seconds": round(lasted, 1),
        "answer_p95_ms": round(sorted(seen.seconds)[int(len(seen.seconds) * 0.95)] * 1000),
    }
    return Part(_kept(figures, extent) and chains, figures)


def _kept(figures: Mapping[str, float], extent: Extent) -> bool:
    wanted = {
        "submissions": extent.keys,
        "first_answers": extent.keys,
        "torn_keys": 0,
        "answered_201": extent.keys * extent.senders,
        "answered_otherwise": 0,
        "other_body_422": extent.keys,
        "neighbour_submissions": extent.keys,
        "neighbour_replays": 0,
    }
    return all(figures[name] == number for name, number in wanted.items())


def _send_all(client: httpx.Client, token: str, extent: Extent) -> Seen:
    seen = Seen()
    with ThreadPoolExecutor(extent.senders) as senders:
        for number in range(extent.keys):
            together = Barrier(extent.senders)

            def send(_: int, number: int = number, together: Barrier = together) -> list[httpx.Response]:
                together.wait()
                return _until_received(client, token, number)

            told = list(senders.map(send, range(extent.senders)))
            _note(seen, told)
    return seen


def _until_received(client: httpx.Client, token: str, number: int) -> list[httpx.Response]:
    """Every answer a sender gets that repeats a key while the first post of it is under way."""
    give_up = time.monotonic() + PATIENCE
    told = [_post(client, TOWN, token, number)]
    while told[-1].status_code == 409 and time.monotonic() < give_up:
        time.sleep(PAUSE)
        told.append(_post(client, TOWN, token, number))
    return told


def _note(seen: Seen, told: list[list[httpx.Response]]) -> None:
    everything = [answer for answers_of_one in told for answer in answers_of_one]
    received = [answer for answer in everything if answer.status_code == 201]
    bodies = {answer.text for answer in received}
    seen.statuses.update(answer.status_code for answer in everything)
    seen.seconds += [answer.elapsed.total_seconds() for answer in everything]
    seen.firsts += sum(1 for answer in received if "Idempotency-Replayed" not in answer.headers)
    seen.torn += len(bodies) != 1
    seen.receipts += [str(received[0].json()["number"])] if received else []


def _send_changed(client: httpx.Client, token: str, extent: Extent) -> int:
    """The same keys with another body: how many were refused with 422."""
    told = [_post(client, TOWN, token, number, 電話="0599-40-9999") for number in range(extent.keys)]
    return sum(1 for answer in told if answer.status_code == 422)


def _send_as_neighbour(client: httpx.Client, token: str, extent: Extent, receipts: set[str]) -> int:
    """The same keys and bodies from another town: how many were taken for repeats of the first town's."""
    told = [_post(client, NEIGHBOUR, token, number) for number in range(extent.keys)]
    return sum(
        1
        for answer in told
        if "Idempotency-Replayed" in answer.headers or answer.json().get("number") in receipts
    )


def _post(client: httpx.Client, code: str, token: str, number: int, **changed: Any) -> httpx.Response:
    today = datetime.now(ZoneInfo("Asia/Tokyo")).date()
    given = answers(RESIDENTS[number % len(RESIDENTS)], sent_on=today)
    return client.post(
        f"/api/v1/m/{code}/submissions",
        json={"kata": "jidou-teate", "answers": {**given, **changed}},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"prove-{number:06d}"},
    )


def _chain_holds(stage: Stage, code: str) -> bool:
    return bool(stage.run("audit", "verify", "--municipality", code, "--json").json["ok"])
