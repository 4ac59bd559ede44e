"""Taking documents in, withdrawing them, building the index anew; letting a model word what they answer."""

from yuimaru.services.knowledge.actions.calibrating import calibrate
from yuimaru.services.knowledge.actions.intake import (
    Added,
    Batch,
    Incoming,
    Intake,
    Turned,
    add_documents,
    encode,
    read,
    reindex,
    take_in,
    withdraw,
)
from yuimaru.services.knowledge.actions.wording import Terms, set_model, switch_model, word

__all__ = [
    "Added",
    "Batch",
    "Incoming",
    "Intake",
    "Terms",
    "Turned",
    "add_documents",
    "calibrate",
    "encode",
    "read",
    "reindex",
    "set_model",
    "switch_model",
    "take_in",
    "withdraw",
    "word",
]
