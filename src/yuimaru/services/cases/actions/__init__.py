"""Writing: receiving what residents send, and moving cases on, by people, by the machine and by other cases."""

from yuimaru.services.cases.actions.approving import draft, recall, sign
from yuimaru.services.cases.actions.calling import call, take_back
from yuimaru.services.cases.actions.definitions import Moved, move_cases, preview_moves
from yuimaru.services.cases.actions.escalating import escalate
from yuimaru.services.cases.actions.receiving import Receipt, resubmit, submit, submit_answers
from yuimaru.services.cases.actions.serving import begin_attempt, restart, service_of, settle
from yuimaru.services.cases.actions.withdrawing import withdraw
from yuimaru.services.cases.actions.working import act, give_back, open_task, reveal, take

__all__ = [
    "Moved",
    "Receipt",
    "act",
    "begin_attempt",
    "call",
    "draft",
    "escalate",
    "give_back",
    "move_cases",
    "open_task",
    "preview_moves",
    "recall",
    "restart",
    "resubmit",
    "reveal",
    "service_of",
    "settle",
    "sign",
    "submit",
    "submit_answers",
    "take",
    "take_back",
    "withdraw",
]
