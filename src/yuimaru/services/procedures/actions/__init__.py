"""Writing: drafts, what is sent, the keys that make sending repeatable, and the door to a status."""

from yuimaru.services.procedures.actions.drafts import save_step, start_correction, start_draft, sweep_drafts
from yuimaru.services.procedures.actions.keys import once
from yuimaru.services.procedures.actions.numbers import destroy_numbers, put_away
from yuimaru.services.procedures.actions.reusing import empty_carried, start_from, with_whereabouts
from yuimaru.services.procedures.actions.sending import (
    Application,
    Checked,
    check,
    correct,
    open_status,
    send,
)
from yuimaru.services.procedures.actions.sweeping import sweep

__all__ = [
    "Application",
    "Checked",
    "check",
    "correct",
    "destroy_numbers",
    "empty_carried",
    "once",
    "open_status",
    "put_away",
    "save_step",
    "send",
    "start_correction",
    "start_draft",
    "start_from",
    "sweep",
    "sweep_drafts",
    "with_whereabouts",
]
