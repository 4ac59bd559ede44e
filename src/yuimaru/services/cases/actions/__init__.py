"""Writing: receiving what residents send, and moving cases on."""

from yuimaru.services.cases.actions.definitions import Moved, move_cases, preview_moves
from yuimaru.services.cases.actions.escalating import escalate
from yuimaru.services.cases.actions.receiving import Receipt, resubmit, submit, submit_answers
from yuimaru.services.cases.actions.withdrawing import withdraw
from yuimaru.services.cases.actions.working import act, give_back, open_task, reveal, take

__all__ = [
    "Moved",
    "Receipt",
    "act",
    "escalate",
    "give_back",
    "move_cases",
    "open_task",
    "preview_moves",
    "resubmit",
    "reveal",
    "submit",
    "submit_answers",
    "take",
    "withdraw",
]
