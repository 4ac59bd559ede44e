"""Reading documents and asking them."""

from yuimaru.services.knowledge.queries.asking import ask
from yuimaru.services.knowledge.queries.documents import (
    Part,
    get_document,
    list_documents,
    passages_of,
    shown_parts,
)

__all__ = ["Part", "ask", "get_document", "list_documents", "passages_of", "shown_parts"]
