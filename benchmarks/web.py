"""The web process under load: how fast applications are received for good, and what a page costs.

The timed part is the last POST alone: submission, case, task, events and receipt, committed before the answer.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from statistics import median
from threading import Barrier
from time import perf_counter
from urllib.parse import urlsplit

import click
import httpx

from benchmarks.applicants import Post, Ready, fill, walk
from benchmarks.figures import Figure
from benchmarks.running import Running, cpu_seconds, has_postgresql, postgresql, running
from yuimaru.config import env
from yuimaru.core.text.metrics import percentile
from yuimaru.demo import cast

WRITERS = 8
EACH = 25  # applications a writer sends, one after another
PAGES = 320
WARM_UP = 20
HOME = f"/m/{cast.OUMI}/"


def measure(data: Path | None, profile: str) -> list[Figure]:
    """Both stores one after the other, each in a fresh demo; `data` and `profile` make no difference to it."""
    return [*_on("", nullcontext({})), *_on("_postgresql", postgresql() if has_postgresql() else None)]


def _on(suffix: str, store: AbstractContextManager[Mapping[str, str]] | None) -> list[Figure]:
    seen: dict[str, float] = {}
    if store is not None:
        with store as settings, running(settings) as server:
            seen = _seen(server, suffix.removeprefix("_") or "sqlite")
    return [
        Figure(f"confirm_per_second{suffix}", seen.get("per_second"), "1/s", 60),
        Figure(f"confirm_p99_ms{suffix}", seen.get("p99_ms"), "ms", 800, better="less"),
        Figure(f"portal_cpu_ms{suffix}", seen.get("portal_ms"), "ms", 12, better="less"),
        Figure(f"confirm_statements{suffix}", seen.get("statements"), "", better="less"),
        Figure(f"confirm_commits{suffix}", seen.get("commits"), "", better="less"),
    ]


def _seen(server: Running, store: str) -> dict[str, float]:
    portal = list(_page_costs(server))
    posts = walk(server.base_url)
    counted = _counted(server, posts)
    ready = fill(server.base_url, posts, WRITERS * EACH, together=WRITERS)
    processes = (server.web, (server.worker,))
    before = [cpu_seconds(*each) for each in processes]
    seconds, wall = _send(server.base_url, ready)
    web, worker = (cpu_seconds(*each) - earlier for each, earlier in zip(processes, before, strict=True))
    click.echo(
        f"{store}: {len(ready)} applications by {WRITERS} writers in {wall:.2f} s; "
        f"CPU {web:.2f} s web, {worker:.2f} s worker; median {median(seconds) * 1000:.0f} ms; "
        f"{counted['statements']} statements and {counted['commits']} commits each; "
        f"{len(portal)} pages of {median(portal) * 1000:.1f} ms CPU",
        err=True,
    )
    return {
        "per_second": round(len(ready) / wall, 1),
        "p99_ms": round(percentile([each * 1000 for each in seconds], 0.99), 1),
        "portal_ms": round(median(portal) * 1000, 2),
        **counted,
    }


def _page_costs(server: Running) -> Iterator[float]:
    """CPU seconds of the web process for one page after the other."""
    with httpx.Client(base_url=server.base_url, timeout=60) as browser:
        for number in range(WARM_UP + PAGES):
            before = cpu_seconds(*server.web)
            assert browser.get(HOME).status_code == 200
            if number >= WARM_UP:
                yield cpu_seconds(*server.web) - before


def _counted(server: Running, posts: Sequence[Post]) -> dict[str, int]:
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.statements"],
        cwd=env.ROOT, env=dict(server.environment), input=json.dumps(posts), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    counted: dict[str, int] = json.loads(ended.stdout)
    return counted


def _send(base_url: str, ready: Sequence[Ready]) -> tuple[list[float], float]:
    """Send all from several connections at once; gives the seconds of each and of the whole."""
    start = Barrier(WRITERS + 1)

    def write(mine: Sequence[Ready]) -> list[float]:
        connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=60)
        connection.connect()
        start.wait()
        return [_confirm(connection, application) for application in mine]

    with ThreadPoolExecutor(WRITERS) as writers:
        told = [writers.submit(write, ready[number::WRITERS]) for number in range(WRITERS)]
        start.wait()
        began = perf_counter()
        seconds = [each for one in told for each in one.result()]
        return seconds, perf_counter() - began


def _confirm(connection: http.client.HTTPConnection, application: Ready) -> float:
    began = perf_counter()
    connection.request("POST", application.path, application.body, application.headers)
    answer = connection.getresponse()
    answer.read()
    took = perf_counter() - began
    assert answer.status == 303, f"{answer.status} {answer.getheader('Location')}"
    assert "/receipts/" in (answer.getheader("Location") or "")
    return took
