"""Writing: receiving what residents send, and moving cases on."""

from yuimaru.services.cases.actions.approving import draft, recall, sign
from yuimaru.services.cases.actions.escalating import escalate
from yuimaru.services.cases.actions.receiving import Receipt, resubmit, submit, submit_answers
from yuimaru.services.cases.actions.withdrawing import withdraw
from yuimaru.services.cases.actions.working import act, give_back, open_task, reveal, take

__all__ = [
    "Receipt",
    "act",
    "draft",
    "escalate",
    "give_back",
    "open_task",
    "recall",
    "resubmit",
    "reveal",
    "sign",
    "submit",
    "submit_answers",
    "take",
    "withdraw",
]
