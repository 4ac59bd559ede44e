"""Taking documents in, withdrawing them, and building the index anew."""

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

__all__ = [
    "Added",
    "Batch",
    "Incoming",
    "Intake",
    "Turned",
    "add_documents",
    "encode",
    "read",
    "reindex",
    "take_in",
    "withdraw",
]
