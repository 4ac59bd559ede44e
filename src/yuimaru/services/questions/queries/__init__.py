"""Reading what was asked: topics, what people answered, and a year of needs."""

from yuimaru.services.questions.models import FaqEntry, Rating, Topic
from yuimaru.services.questions.queries.faq import get_entry, has_changed_ground, list_entries
from yuimaru.services.questions.queries.log import get_log, kept_days
from yuimaru.services.questions.queries.needs import Needs, Subject, needs
from yuimaru.services.questions.queries.topics import (
    Remark,
    Row,
    Wording,
    entries_of,
    get_topic,
    list_topics,
    remarks,
    with_examples,
    wordings,
)

__all__ = [
    "FaqEntry",
    "Needs",
    "Rating",
    "Remark",
    "Row",
    "Subject",
    "Topic",
    "Wording",
    "entries_of",
    "get_entry",
    "get_log",
    "get_topic",
    "has_changed_ground",
    "kept_days",
    "list_entries",
    "list_topics",
    "needs",
    "remarks",
    "with_examples",
    "wordings",
]
