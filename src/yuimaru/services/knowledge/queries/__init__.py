"""Reading documents and asking them."""

from yuimaru.services.knowledge.queries.asking import LONGEST_QUESTION, ask
from yuimaru.services.knowledge.queries.documents import (
    Part,
    as_row,
    get_document,
    list_documents,
    passages_of,
    shown_parts,
)

__all__ = [
    "LONGEST_QUESTION",
    "Part",
    "as_row",
    "ask",
    "get_document",
    "list_documents",
    "passages_of",
    "shown_parts",
]
