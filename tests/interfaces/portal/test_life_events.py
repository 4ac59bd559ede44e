"""Every kata of the library is found from the first page."""

from __future__ import annotations

from pathlib import Path

import pytest

from yuimaru.core.kata.package import load
from yuimaru.interfaces.portal.life_events import EVENTS

LIBRARY = Path(__file__).parents[3] / "katas"
SLUGS = {event.slug for event in EVENTS}


@pytest.mark.parametrize("folder", sorted(LIBRARY.iterdir()), ids=lambda folder: folder.name)
def test_a_kata_names_life_events_that_have_a_tile(folder: Path) -> None:
    assert set(load(folder).package.kata.life_events) <= SLUGS
