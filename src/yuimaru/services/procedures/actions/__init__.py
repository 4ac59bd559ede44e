"""Writing: drafts, what is sent, the keys that make sending repeatable, and the door to a status."""

from yuimaru.services.procedures.actions.keys import once
from yuimaru.services.procedures.actions.sending import (
    Application,
    Checked,
    check,
    correct,
    open_status,
    save_step,
    send,
    start_draft,
)
from yuimaru.services.procedures.actions.sweeping import sweep

__all__ = [
    "Application",
    "Checked",
    "check",
    "correct",
    "once",
    "open_status",
    "save_step",
    "send",
    "start_draft",
    "sweep",
]
