"""Taking documents in, withdrawing them, and building the index anew."""

from yuimaru.services.knowledge.actions.intake import (
    Added,
    Incoming,
    Intake,
    Turned,
    add_documents,
    reindex,
    withdraw,
)

__all__ = ["Added", "Incoming", "Intake", "Turned", "add_documents", "reindex", "withdraw"]
