"""What the machine can do at a step: the shape of a step kind; `config/wiring.py` lists those there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from yuimaru.core.kata.models import Service
from yuimaru.foundation.tenancy.actors import Actor

Reason = Literal["no_address", "unreachable", "refused", "error", "not_in_use", "answers", "too_deep"]


@dataclass(frozen=True)
class Work:
    """What is to be done for a task, in whose name and when; the open scope holds its owner."""

    task_id: UUID
    service: Service
    by: Actor
    at: datetime


class NotDone(Exception):
    """Surely not done. `final`: another try would not help."""

    def __init__(self, reason: Reason, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.final = final


class StepKind(Protocol):
    """One kind of step. Both are called outside a transaction and may be called again for the same task."""

    def is_done(self, work: Work) -> bool:
        """Whether an earlier try is known to have succeeded."""

    def carry_out(self, work: Work) -> None:
        """Do it. After any error but NotDone nobody can tell whether it was done.

        :raises NotDone: surely not done.
        """
