"""Whether a counter is open now, and when it opens next, from the hours that a municipality writes."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.cast import TOKYO

from yuimaru.core.japan.closing_days import closing_days
from yuimaru.core.japan.hours import Opening, opening

HOURS = "平日 午前8時30分〜午後5時15分"


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param(at(11, 24, 9), Opening(True, at(11, 24, 17, 15)), id="in-the-morning"),
        pytest.param(at(11, 24, 8, 30), Opening(True, at(11, 24, 17, 15)), id="at-the-first-minute"),
        pytest.param(at(11, 24, 7), Opening(False, at(11, 24, 8, 30)), id="before-opening"),
        pytest.param(at(11, 24, 17, 15), Opening(False, at(11, 25, 8, 30)), id="after-closing"),
        pytest.param(at(11, 20, 18), Opening(False, at(11, 24, 8, 30)), id="a-long-weekend-with-a-holiday"),
        pytest.param(at(12, 28, 18), Opening(False, at(1, 4, 8, 30, 2027)), id="the-turn-of-the-year"),
    ],
)
def test_open_or_when_it_opens_next(moment: datetime, expected: Opening) -> None:
    assert opening(moment, HOURS) == expected


def test_closing_days_of_the_town_count() -> None:
    days = closing_days("06-01 町制記念日")
    assert opening(at(6, 1, 10), HOURS, days) == Opening(False, at(6, 2, 8, 30))
    assert opening(at(6, 1, 10), HOURS) == Opening(True, at(6, 1, 17, 15))


@pytest.mark.parametrize(
    "hours",
    [
        "平日 8:30~17:15",
        "平日 午前8時30分から午後5時15分まで",
        "平日（午前８時半～午後５時15分）",
        "月曜日から金曜日 8時30分〜17時15分",
    ],
)
def test_other_ways_to_write_the_same_hours(hours: str) -> None:
    assert opening(at(11, 24, 9), hours) == Opening(True, at(11, 24, 17, 15))


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "毎日",
        "平日 午前8時30分〜午後5時15分、水曜日は午後7時まで",
        "平日 午後5時〜午前8時",
        "平日 25時〜26時",
        "月曜日〜土曜日 9時〜17時",
    ],
)
def test_hours_that_are_not_plain_are_not_guessed_at(hours: str) -> None:
    assert opening(at(11, 24, 9), hours) is None
