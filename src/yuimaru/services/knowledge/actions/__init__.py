"""Taking documents in, their life, the index; letting a model word what they answer."""

from yuimaru.services.knowledge.actions.calibrating import calibrate
from yuimaru.services.knowledge.actions.indexing import encode, reindex
from yuimaru.services.knowledge.actions.intake import add_documents, take_in, withdraw
from yuimaru.services.knowledge.actions.life import Terms as DocumentTerms
from yuimaru.services.knowledge.actions.life import (
    change_document,
    decline,
    rest_on,
    set_labels,
    share,
    use_again,
)
from yuimaru.services.knowledge.actions.reading import (
    Added,
    Batch,
    Copy,
    Incoming,
    Intake,
    Turned,
    read,
)
from yuimaru.services.knowledge.actions.reviewing import confirm, note_article_change
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
    "DocumentTerms",
    "Incoming",
    "Intake",
    "Said",
    "Terms",
    "Turned",
    "add_documents",
    "calibrate",
    "change_document",
    "confirm",
    "decline",
    "encode",
    "note_article_change",
    "read",
    "reindex",
    "rest_on",
    "set_labels",
    "set_model",
    "share",
    "switch_model",
    "take_in",
    "try_model",
    "use_again",
    "withdraw",
    "word",
]
