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
from yuimaru.services.cases.queries.approvals import (
    NO_DRAFT,
    Altered,
    DraftRow,
    EndedDraft,
    MarkRow,
    Powers,
    approval_of,
    approved_notice,
    circulation,
    ended_drafts,
    has_mark,
    marks_of,
    open_marks,
    powers_of,
)
from yuimaru.services.cases.queries.authority import authority_of
from yuimaru.services.cases.queries.course import (
    done_by_step,
    facts_at_start,
    facts_of,
    latest_note,
    marking_of,
)
from yuimaru.services.cases.queries.drafts import Lack, lacking_posts, lay_out
from yuimaru.services.cases.queries.status import Correction, Status, StatusStep, case_of, status
from yuimaru.services.cases.queries.texts import fields_of

__all__ = [
    "NO_DRAFT",
    "Access",
    "Altered",
    "Correction",
    "DraftRow",
    "EndedDraft",
    "Lack",
    "MarkRow",
    "Powers",
    "Status",
    "StatusStep",
    "access",
    "approval_of",
    "approved_notice",
    "authority_of",
    "case_of",
    "circulation",
    "done_by_step",
    "ended_drafts",
    "facts_at_start",
    "facts_of",
    "fields_of",
    "has_mark",
    "lacking_posts",
    "latest_note",
    "latest_tasks",
    "lay_out",
    "lock_case",
    "lock_case_of",
    "mandate_for",
    "marking_of",
    "marks_of",
    "open_marks",
    "powers_of",
    "program_of",
    "revealed_items",
    "status",
]
