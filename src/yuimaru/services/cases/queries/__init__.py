"""Reading: what somebody may see of a task, and what an applicant sees of a case."""

from yuimaru.services.cases.queries.access import (
    Access,
    access,
    latest_tasks,
    lock_case,
    lock_case_of,
    mandate_for,
    program_of,
    revealed_items,
)
from yuimaru.services.cases.queries.authority import authority_of
from yuimaru.services.cases.queries.course import (
    done_by_step,
    facts_at_start,
    facts_of,
    latest_note,
    marking_of,
)
from yuimaru.services.cases.queries.machine import (
    MachineStep,
    Try,
    called_by,
    caller_of,
    machine_steps,
    tries_of,
)
from yuimaru.services.cases.queries.moves import Looked, Standing, standings
from yuimaru.services.cases.queries.status import Correction, Status, StatusStep, case_of, status

__all__ = [
    "Access",
    "Correction",
    "Looked",
    "MachineStep",
    "Standing",
    "Status",
    "StatusStep",
    "Try",
    "access",
    "authority_of",
    "called_by",
    "caller_of",
    "case_of",
    "done_by_step",
    "facts_at_start",
    "facts_of",
    "latest_note",
    "latest_tasks",
    "lock_case",
    "lock_case_of",
    "machine_steps",
    "mandate_for",
    "marking_of",
    "program_of",
    "revealed_items",
    "standings",
    "status",
    "tries_of",
]
