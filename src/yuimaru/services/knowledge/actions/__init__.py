"""Taking documents in, withdrawing them, building the index anew; letting a model word what they answer."""

from yuimaru.services.knowledge.actions.indexing import encode, reindex
from yuimaru.services.knowledge.actions.intake import add_documents, take_in, withdraw
from yuimaru.services.knowledge.actions.reading import (
    Added,
    Batch,
    Copy,
    Incoming,
    Intake,
    Turned,
    read,
)
from yuimaru.services.knowledge.actions.wording import (
    TRIAL_QUESTION,
    TRIAL_QUOTES,
    Said,
    Terms,
    set_model,
    switch_model,
    try_model,
    word,
)

__all__ = [
    "TRIAL_QUESTION",
    "TRIAL_QUOTES",
    "Added",
    "Batch",
    "Copy",
    "Incoming",
    "Intake",
    "Said",
    "Terms",
    "Turned",
    "add_documents",
    "encode",
    "read",
    "reindex",
    "set_model",
    "switch_model",
    "take_in",
    "try_model",
    "withdraw",
    "word",
]
