"""Asking a real server that searches by meaning: its processes are forks of one that has searched before them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests import cast, demo_world
from yuimaru.config.server.command import free_port
from yuimaru.demo.check import Server

pytestmark = pytest.mark.journey

TOWN = cast.TSUKIHAMA
AT_ONCE = 8
QUESTIONS = (
    "粗大ごみの手数料はいくらですか",
    "引っ越してきたら何日以内に届け出ますか",
    "児童手当はいつ振り込まれますか",
    "住民票の写しはいくらですか",
    "犬を飼いはじめました",
    "図書室は何曜日に休みますか",
    "水道を止めたい",
    "介護の相談はどこにすればいいですか",
)


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demo that finds the documents of one town missing: it takes them in, indexes them, and forks only then."""
    var = tmp_path_factory.mktemp("full") / "var"
    demo_world.copy(var)
    with closing(sqlite3.connect(var / "yuimaru.sqlite3")) as database, database:
        database.execute(
            "UPDATE knowledge_document SET withdrawn_at = added_at WHERE owner_id ="
            " (SELECT id FROM tenancy_organisation WHERE code = ?)",
            [TOWN],
        )
    server = Server({**os.environ, "YUIMARU_VAR": str(var), "YUIMARU_SEARCH": "full"}, free_port())
    try:
        server.start()
        yield server
    finally:
        if server.process is not None:
            server.stop()


def test_forked_processes_search_by_meaning_on_several_requests_at_once(server: Server) -> None:
    var = Path(server.environment["YUIMARU_VAR"])
    with (
        httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=60) as client,
        ThreadPoolExecutor(AT_ONCE) as residents,
    ):
        told = list(residents.map(lambda question: _asked(client, question), QUESTIONS * 2))
    assert [answer.status_code for answer in told] == [200] * len(told)
    assert "answer" in {answer.json()["outcome"] for answer in told}
    assert list((var / "index" / TOWN).glob("*/about-rows.npy")), "the index knows no meanings"
    assert "Traceback" not in server.log.read_text()


def _asked(client: httpx.Client, question: str) -> httpx.Response:
    return client.post(f"/api/v1/m/{TOWN}/ask", json={"question": question})
