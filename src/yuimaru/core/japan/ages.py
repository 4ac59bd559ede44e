"""Ages and fiscal years as the law counts them."""

from __future__ import annotations

from datetime import date, timedelta


def age(birth: date, on: date) -> int:
    """満年齢 on a day (年齢計算ニ関する法律, 民法第143条). ValueError when `on` is before birth.

    A year is complete at the end of the day before the birthday, so on that day the new age counts already.
    """
    if on < birth:
        raise ValueError("not born yet")
    if on == date.max:
        return on.year - birth.year
    tomorrow = on + timedelta(days=1)
    return tomorrow.year - birth.year - ((tomorrow.month, tomorrow.day) < (birth.month, birth.day))


def school_year_age(birth: date, on: date) -> int:
    """年度年齢: the age attained by 31 March of the fiscal year of `on`. ValueError before birth."""
    if on < birth:
        raise ValueError("not born yet")
    return age(birth, fiscal_year_end(on))


def fiscal_year(day: date) -> int:
    """年度: the calendar year in which the fiscal year (1 April to 31 March) of a day began."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_end(day: date) -> date:
    """年度末: 31 March at the end of the fiscal year of a day; OverflowError beyond the year 9999."""
    year = fiscal_year(day) + 1
    if year > date.max.year:
        raise OverflowError("beyond the calendar")
    return date(year, 3, 31)
