"""Every page as everybody may meet it: in each language, light, dark and with forced colours, narrow and wide.

The pages, and what it takes to open them, are those of the journeys; the tests look at them in Japanese and light.
"""

from __future__ import annotations

import importlib.util
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benchmarks.figures import Figure
from benchmarks.running import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page
    from tests.journeys.pages import World

LANGUAGES = ("ja", "en")  # easy Japanese is an address of its own
THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}
WIDTHS = (320, 390, 1280)
HEIGHT = 800
LEAST_TARGET = 24  # px, WCAG 2.2 success criterion 2.5.8
NEEDED = ("playwright", "axe_playwright_python")
FAULTS = ("axe_violations", "horizontal_scroll", "csp_violations", "targets_under_24px")


@dataclass
class Seen:
    """What was looked at, and what was wrong with it."""

    pages: int = 0
    views: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def note(self, figure: str, where: str, found: list[str]) -> None:
        self.faults[figure] += len(found)
        for words in found:
            click.echo(f"{figure}: {where}: {words}", err=True)


def measure(data: Path | None, profile: str) -> list[Figure]:
    """Violations over all pages in all their appearances; `data` and `profile` make no difference to it."""
    if shutil.which("chromium") is None or not all(map(importlib.util.find_spec, NEEDED)):
        return [Figure(name, None, "") for name in ("pages", "views", *FAULTS)]
    seen = Seen()
    with running({}) as server, _chromium() as chromium:
        _look_at_all(chromium, server.base_url, seen)
    return [
        Figure("pages", seen.pages, ""),
        Figure("views", seen.views, ""),
        *(Figure(name, seen.faults[name], "", 0, better="less") for name in FAULTS),
    ]


@contextmanager
def _chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright
    from tests.journeys.visits import ARGUMENTS

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


def _look_at_all(chromium: Browser, base_url: str, seen: Seen) -> None:
    from tests.journeys.pages import PAGES, opened
    from tests.journeys.visits import Visits

    visits = Visits(chromium, base_url)
    world = opened(visits)
    seen.pages = sum(map(len, PAGES.values()))
    for language in LANGUAGES:
        for theme, appearance in THEMES.items():
            began = time.monotonic()
            with _visitors(chromium, world, language, appearance, seen) as pages:
                for route, addresses in PAGES.items():
                    for address in addresses:
                        _look_at(pages, route, address.format(**world.learned), f"{language}, {theme}", seen)
            click.echo(f"{language}, {theme}: {time.monotonic() - began:.0f} s", err=True)
    visits.end()


@contextmanager
def _visitors(
    chromium: Browser, world: World, language: str, appearance: Mapping[str, Any], seen: Seen
) -> Iterator[dict[str, Page]]:
    """The people of the world at browsers that look otherwise: what they have opened and done is the same."""
    contexts = []
    pages = {}
    for login, page in world.browsers.items():
        context = chromium.new_context(
            base_url=world.visits.base_url, storage_state=page.context.storage_state(), **appearance
        )
        context.add_cookies([{"name": "yuimaru_language", "value": language, "url": world.visits.base_url}])
        pages[login] = context.new_page()
        pages[login].on("console", lambda message: _heard(message, seen))
        contexts.append(context)
    yield pages
    for context in contexts:
        context.close()


def _heard(message: ConsoleMessage, seen: Seen) -> None:
    if "Content Security Policy" in message.text:
        seen.note("csp_violations", message.location["url"], [message.text])


def _look_at(pages: dict[str, Page], route: str, address: str, appearance: str, seen: Seen) -> None:
    from tests.journeys import inspection
    from tests.journeys.pages import visitor_of

    page = pages[visitor_of(route)]
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, f"{address}: {response.status}"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        where = f"{address} ({appearance}, {width} px)"
        seen.views += 1
        seen.note("axe_violations", where, inspection.axe_findings(page))
        seen.note("horizontal_scroll", where, inspection.too_wide(page))
        seen.note("targets_under_24px", where, inspection.small_targets(page, LEAST_TARGET))
