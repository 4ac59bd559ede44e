"""The standing cast of every test: the demo world's own people and towns."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from yuimaru.demo.cast import (
    ADOPTED,
    BODIES,
    CENTRE,
    CONSORTIUM,
    EVERYDAY,
    MANDATES,
    MIDORINO,
    OUMI,
    OUTSIDER,
    PASSWORD,
    PEOPLE,
    TSUKIHAMA,
)
from yuimaru.demo.residents import RESIDENTS, Resident, answers

TOKYO = ZoneInfo("Asia/Tokyo")
BUILT_AT = datetime(2026, 10, 1, 9, 0, tzinfo=TOKYO)

__all__ = [
    "ADOPTED",
    "BODIES",
    "BUILT_AT",
    "CENTRE",
    "CONSORTIUM",
    "EVERYDAY",
    "MANDATES",
    "MIDORINO",
    "OUMI",
    "OUTSIDER",
    "PASSWORD",
    "PEOPLE",
    "RESIDENTS",
    "TOKYO",
    "TSUKIHAMA",
    "Resident",
    "answers",
]
