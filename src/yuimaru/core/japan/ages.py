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


def day_of_age(birth: date, years: int) -> date:
    """年齢到達日: the day on which an age is attained, the eve of the birthday (年齢計算ニ関する法律, 民法第143条).

    ValueError for less than one year, or beyond the year 9999.
    """
    if years < 1:
        raise ValueError("an age is attained after one year or more")
    year = birth.year + years
    try:
        return date(year, birth.month, birth.day) - timedelta(days=1)
    except ValueError:
        return date(year, 3, 1) - timedelta(days=1)  # born on 29 February, no such day that year


def school_year_age(birth: date, on: date) -> int:
    """年度年齢: the age attained by 31 March of the fiscal year of `on` (as in 児童手当法第3条). ValueError before birth."""
    if on < birth:
        raise ValueError("not born yet")
    return age(birth, fiscal_year_end(on))


def fiscal_year(day: date) -> int:
    """年度 (地方自治法第208条第1項): the calendar year in which the year from 1 April to 31 March of a day began."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_end(day: date) -> date:
    """年度末: 31 March at the end of the fiscal year of a day; OverflowError beyond the year 9999."""
    year = fiscal_year(day) + 1
    if year > date.max.year:
        raise OverflowError("beyond the calendar")
    return date(year, 3, 31)
