"""A started demo, one Chromium, and visits whose pages load nothing from elsewhere and complain of nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests import demo_world
from tests.journeys.visits import ARGUMENTS, Visits
from yuimaru.config.server.command import free_port
from yuimaru.demo.check import Server


# Both end with this folder's last test: an open Playwright runs an event loop, in which Django refuses its database.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The one browser of all journeys."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("Chromium is not installed (Debian, Ubuntu: apt-get install chromium fonts-noto-cjk)")
    expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the demo, and of commands that work beside it on the same fresh data folder."""
    var = tmp_path_factory.mktemp("demo") / "var"
    demo_world.copy(var)
    return demo_world.around(var)


@pytest.fixture(scope="package")
def demo(chromium: Browser, surroundings: dict[str, str]) -> Iterator[str]:
    """The address of a demo started as anybody would start it."""
    server = Server(surroundings, free_port())
    server.start()
    assert server.process is not None
    with server.process:
        yield f"http://127.0.0.1:{server.port}"
        server.stop()


@pytest.fixture
def visits(chromium: Browser, demo: str) -> Iterator[Visits]:
    """People at their browsers; when they leave, nothing may have gone wrong unseen."""
    visits = Visits(chromium, demo)
    yield visits
    visits.end()
    assert visits.complaints == []


@pytest.fixture
def bank_card(tmp_path: Path) -> Path:
    """A picture to send along: one white pixel."""
    picture = tmp_path / "通帳.png"
    picture.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
            "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
        )
    )
    return picture
