"""Reading documents and asking them; what is set up to word the answers."""

from yuimaru.services.knowledge.queries.asking import LONGEST_QUESTION, ask
from yuimaru.services.knowledge.queries.conversation import Turn, converse, going_along
from yuimaru.services.knowledge.queries.documents import (
    Part,
    as_row,
    get_document,
    list_documents,
    passages_of,
    shown_parts,
)
from yuimaru.services.knowledge.queries.model import Ledger, get_profile, hindrance, ledger, profile_row

__all__ = [
    "LONGEST_QUESTION",
    "Ledger",
    "Part",
    "Turn",
    "as_row",
    "ask",
    "converse",
    "get_document",
    "get_profile",
    "going_along",
    "hindrance",
    "ledger",
    "list_documents",
    "passages_of",
    "profile_row",
    "shown_parts",
]
