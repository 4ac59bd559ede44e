"""Reading documents and asking them; what is set up to word the answers."""

from yuimaru.services.knowledge.models import Document, ModelProfile
from yuimaru.services.knowledge.queries.asking import LONGEST_QUESTION, answer_limit, ask
from yuimaru.services.knowledge.queries.conversation import Turn, converse, going_along
from yuimaru.services.knowledge.queries.documents import (
    Part,
    as_row,
    get_document,
    list_documents,
    passages_of,
    shown_parts,
)
from yuimaru.services.knowledge.queries.labels import labels_of
from yuimaru.services.knowledge.queries.model import Ledger, get_profile, hindrance, ledger, profile_row
from yuimaru.services.knowledge.queries.progress import Left, encoding_left
from yuimaru.services.knowledge.queries.reach import (
    Reach,
    in_force,
    inherited_by,
    reach_of,
    shown_document,
)
from yuimaru.services.knowledge.queries.references import (
    changed_articles,
    compared,
    concerning,
    documents_naming,
    laws_named,
    previous_revision,
)
from yuimaru.services.knowledge.queries.review import documents_to_review, questions_to_review, reviewed
from yuimaru.services.knowledge.queries.revisions import comparison, excerpt
from yuimaru.services.knowledge.queries.seeing import (
    declined_by,
    get_visible,
    latest,
    may_read,
    replacing,
    revisions_of,
    titles_of,
    visible,
)

__all__ = [
    "LONGEST_QUESTION",
    "Document",
    "Ledger",
    "Left",
    "ModelProfile",
    "Part",
    "Reach",
    "Turn",
    "answer_limit",
    "as_row",
    "ask",
    "changed_articles",
    "compared",
    "comparison",
    "concerning",
    "converse",
    "declined_by",
    "documents_naming",
    "documents_to_review",
    "encoding_left",
    "excerpt",
    "get_document",
    "get_profile",
    "get_visible",
    "going_along",
    "hindrance",
    "in_force",
    "inherited_by",
    "labels_of",
    "latest",
    "laws_named",
    "ledger",
    "list_documents",
    "may_read",
    "passages_of",
    "previous_revision",
    "profile_row",
    "questions_to_review",
    "reach_of",
    "replacing",
    "reviewed",
    "revisions_of",
    "shown_document",
    "shown_parts",
    "titles_of",
    "visible",
]
