"""案件移行: what becomes of a running case when it goes on under another definition, and whether it may."""

from yuimaru.core.kata.moves.answers import AnswerMove
from yuimaru.core.kata.moves.course import Course, Done, Waiting
from yuimaru.core.kata.moves.preview import NoticeMove, Preview, StepMove, TableMove, preview, renamed_branch
from yuimaru.core.kata.moves.reasons import Reason, reason

__all__ = [
    "AnswerMove",
    "Course",
    "Done",
    "NoticeMove",
    "Preview",
    "Reason",
    "StepMove",
    "TableMove",
    "Waiting",
    "preview",
    "reason",
    "renamed_branch",
]
