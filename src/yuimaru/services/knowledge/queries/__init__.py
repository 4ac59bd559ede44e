"""Reading documents and asking them; what is set up to word the answers."""

from yuimaru.services.knowledge.queries.asking import LONGEST_QUESTION, answer_limit, ask
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
    "answer_limit",
    "as_row",
    "ask",
    "get_document",
    "get_profile",
    "hindrance",
    "ledger",
    "list_documents",
    "passages_of",
    "profile_row",
    "shown_parts",
]
