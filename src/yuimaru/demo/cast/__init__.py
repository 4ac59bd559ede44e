"""Who lives in the demo world: organisations, sections, people and mandates, as plain facts. All fictional."""

from yuimaru.demo.cast.adoptions import ADOPTED, FURTHER, MANDATES, MandateFacts
from yuimaru.demo.cast.bodies import (
    BODIES,
    CENTRE,
    CONSORTIUM,
    MIDORINO,
    NAMES,
    OUMI,
    OUTSIDER,
    TSUKIHAMA,
    Body,
    SectionFacts,
)
from yuimaru.demo.cast.people import PEOPLE, Person

PASSWORD = "yuimaru-demo"  # noqa: S105 — the demo world's door stands open on purpose

HOURS = "平日 午前8時30分〜午後5時15分"
CLOSING_DAYS = "土曜日、日曜日、祝日、12月29日から1月3日まで"
HOURS_EN = "8:30–17:15, Monday to Friday"

__all__ = [
    "ADOPTED",
    "BODIES",
    "CENTRE",
    "CLOSING_DAYS",
    "CONSORTIUM",
    "FURTHER",
    "HOURS",
    "HOURS_EN",
    "MANDATES",
    "MIDORINO",
    "NAMES",
    "OUMI",
    "OUTSIDER",
    "PASSWORD",
    "PEOPLE",
    "TSUKIHAMA",
    "Body",
    "MandateFacts",
    "Person",
    "SectionFacts",
]
