"""Keeping questions and ratings, joining them into topics, answering these with entries that become documents."""

from yuimaru.services.questions.actions.clustering import Clustered, cluster
from yuimaru.services.questions.actions.faq import (
    Writing,
    bring_all_in_line,
    bring_in_line,
    end,
    publish,
    write,
)
from yuimaru.services.questions.actions.keeping import keep_for, sweep
from yuimaru.services.questions.actions.noting import Asked, Opinion, note, note_quietly, rate
from yuimaru.services.questions.actions.past import PastQuestion, note_past
from yuimaru.services.questions.actions.requests import export_needs, gather
from yuimaru.services.questions.actions.topics import hand, settle

__all__ = [
    "Asked",
    "Clustered",
    "Opinion",
    "PastQuestion",
    "Writing",
    "bring_all_in_line",
    "bring_in_line",
    "cluster",
    "end",
    "export_needs",
    "gather",
    "hand",
    "keep_for",
    "note",
    "note_past",
    "note_quietly",
    "publish",
    "rate",
    "settle",
    "sweep",
    "write",
]
