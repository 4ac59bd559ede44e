"""The inspection finds what is wrong: on a sound page it would be silent even if it looked at nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import inspection

SOUND = '<!doctype html><html lang="ja"><title>見本</title><main><h1>見本</h1>{}</main></html>'

pytestmark = pytest.mark.journey


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": inspection.NARROWEST, "height": 600})
    yield page
    page.close()


def test_a_sound_page_has_no_faults(page: Page) -> None:
    page.set_content(SOUND.format("<p>よい</p>"))
    assert inspection.faults(page) == []


def test_what_axe_knows_is_found(page: Page) -> None:
    page.set_content(SOUND.format('<img src="data:,"><p style="color:#aaa">うすい</p>'))
    found = " ".join(inspection.axe_findings(page))
    assert "axe image-alt" in found
    assert "axe color-contrast" in found


def test_a_page_that_scrolls_sideways_is_found(page: Page) -> None:
    page.set_content(SOUND.format('<p style="width:400px">ひろい</p>'))
    assert len(inspection.too_wide(page)) == 1


@pytest.mark.parametrize(("height", "least", "found"), [(20, 24, 1), (24, 24, 0), (24, 44, 1)])
def test_a_target_smaller_than_asked_for_is_found(page: Page, height: int, least: int, found: int) -> None:
    page.set_content(SOUND.format(f'<button style="height:{height}px;width:60px;padding:0">送る</button>'))
    assert len(inspection.small_targets(page, least)) == found
