"""The residents of the demo world and how their applications went: fictional people, real forms."""

from yuimaru.demo.residents.allowance import RESIDENTS, Resident, answers
from yuimaru.demo.residents.everyday import ERRANDS, Deed, Errand, InDays, Paper
from yuimaru.demo.residents.protected import PROTECTED, TOUCHING_HER
from yuimaru.demo.residents.typing import typed_in

__all__ = [
    "ERRANDS",
    "PROTECTED",
    "RESIDENTS",
    "TOUCHING_HER",
    "Deed",
    "Errand",
    "InDays",
    "Paper",
    "Resident",
    "answers",
    "typed_in",
]
