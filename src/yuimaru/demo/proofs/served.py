"""A demo server in a fresh data folder, for a proof to lean on."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from yuimaru.config.server.command import free_port
from yuimaru.demo.check import Server
from yuimaru.demo.fresh import schema_of_its_own
from yuimaru.demo.proofs.part import Terms
from yuimaru.demo.stage import Stage


@contextmanager
def served(terms: Terms, **settings: str) -> Iterator[Stage]:
    """Start the demo under some settings, and stop it when the proof is over, however it ended."""
    with (
        tempfile.TemporaryDirectory(prefix="yuimaru-prove-") as folder,
        schema_of_its_own(terms.database) as database,
        served_from(Path(folder), **database, **settings) as stage,
    ):
        yield stage


@contextmanager
def served_from(var: Path, **settings: str) -> Iterator[Stage]:
    """The same in a data folder that may be filled already."""
    port, environment = free_port(), {**os.environ, "YUIMARU_VAR": str(var), **settings}
    server = Server(environment, port)
    try:
        server.start()
        yield Stage(f"http://127.0.0.1:{port}", var, environment, server.start, server.stop)
    finally:
        if server.process is not None and server.process.poll() is None:
            server.stop()


def tokens(stage: Stage) -> dict[str, str]:
    """The token of each town, from `demo.json`."""
    description = json.loads((stage.var / "demo.json").read_text(encoding="utf-8"))
    return {given["organisation"]: given["token"] for given in description["tokens"]}


def events(stage: Stage, code: str, kind: str) -> int:
    """How many events of a kind an organisation's own log holds."""
    lines = stage.run("audit", "export", "--municipality", code).out.splitlines()
    bodies: list[dict[str, Any]] = [json.loads(json.loads(line)["body"]) for line in lines]
    return sum(1 for body in bodies if body["kind"] == kind)
