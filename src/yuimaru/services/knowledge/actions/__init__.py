"""Taking documents in, their life, the index; letting a model word what they answer."""

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
from yuimaru.services.knowledge.actions.life import Terms as DocumentTerms
from yuimaru.services.knowledge.actions.life import (
    change_document,
    decline,
    rest_on,
    set_labels,
    share,
    use_again,
)
from yuimaru.services.knowledge.actions.reviewing import confirm, note_article_change
from yuimaru.services.knowledge.actions.wording import Terms, set_model, switch_model, word

__all__ = [
    "Added",
    "Batch",
    "DocumentTerms",
    "Incoming",
    "Intake",
    "Terms",
    "Turned",
    "add_documents",
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
    "use_again",
    "withdraw",
    "word",
]
