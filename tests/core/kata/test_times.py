"""Four words for time: each counts its own days."""

from __future__ import annotations

from datetime import date

import pytest
from tests.core.kata import sample
from tests.core.kata.sample import TODAY

from yuimaru.core.kata.models import Period
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.times import moved, times

WORDS = """\
target: {days: 5, calendar: opening}
filing_period: {days: 14, calendar: calendar, after: 生年月日}
standard_period:"""


@pytest.fixture(scope="module")
def plot(tmp_path_factory: pytest.TempPathFactory) -> Program:
    text = sample.KATA.replace("standard_period:", WORDS)
    return sample.ready(tmp_path_factory.mktemp("plot"), text)


def test_each_word_has_its_own_last_day(plot: Program) -> None:
    found = times(plot, TODAY, {"生年月日": date(2026, 11, 9)})
    assert (found.standard_period, found.target) == (date(2026, 12, 8), date(2026, 12, 1))
    assert (found.filing_period, found.filed_late) == (date(2026, 11, 24), False)  # the 23rd is a holiday


def test_a_filing_period_needs_the_date_it_runs_from(plot: Program) -> None:
    assert times(plot, TODAY, {}).filing_period is None
    assert times(plot, TODAY, {"生年月日": date(2026, 11, 1)}).filed_late


@pytest.mark.parametrize(
    ("calendar", "last"), [("opening", date(2026, 12, 14)), ("calendar", date(2026, 12, 15))]
)
def test_a_clock_that_stood_still_moves_the_end_by_its_own_days(calendar: str, last: date) -> None:
    period = Period.model_validate({"days": 14, "calendar": calendar})
    friday, friday_after = date(2026, 11, 20), date(2026, 11, 27)  # with one holiday between them
    assert moved(period, date(2026, 12, 8), friday, friday_after) == last


def test_without_a_period_nothing_moves() -> None:
    assert moved(None, None, TODAY, TODAY) is None
