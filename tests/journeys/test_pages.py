"""Every page there is, as it is first opened: accessible, narrow enough, reachable by keyboard, and quiet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys import inspection
from tests.journeys.pages import NO_PAGES, PAGES, World, opened
from tests.journeys.visits import Visits
from tests.promises.test_isolation import routes


@pytest.fixture(scope="module")
def world(chromium: Browser, demo: str) -> Iterator[World]:
    world = opened(Visits(chromium, demo))
    yield world
    world.visits.end()


def test_every_address_is_a_page_here_or_known_to_be_none() -> None:
    assert PAGES.keys() | NO_PAGES == routes()
    assert not PAGES.keys() & NO_PAGES


@pytest.mark.journey
@pytest.mark.parametrize(
    ("route", "address"),
    [
        pytest.param(route, address, id=f"{route}-{place}")
        for route, addresses in PAGES.items()
        for place, address in enumerate(addresses, 1)
    ],
)
def test_a_page_is_sound(world: World, route: str, address: str) -> None:
    page = world.page(route, address)
    response = page.goto(address.format(**world.learned))
    assert response is not None
    assert response.status == 200
    assert response.request.redirected_from is None, f"leads to {page.url}"
    assert inspection.faults(page) == []
    assert page.evaluate("document.scripts.length") == 0
    assert world.visits.complaints == []
