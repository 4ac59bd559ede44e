"""From an enquiry that a person answered (the kata お問い合わせ) to the form of a FAQ, without anybody's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from yuimaru.core.text.masking import mask
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, may
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.cases.actions import open_task
from yuimaru.services.cases.queries import Access, latest_note

KATA, ITEM = "otoiawase", "内容"
PERSONAL = ("氏名", "電話", "メール")  # the items by which the enquiry names who asked
HIDDEN = "〔伏せ字〕"


def faq_address(opened: Access, standing: Standing) -> str:
    """Where an answered enquiry of the own municipality becomes a FAQ; empty for everything else."""
    task = opened.task
    is_ours = opened.mandate is None and not opened.concerned
    if not (is_ours and task.kata == KATA and task.case.closed_at is not None):
        return ""
    if not may(standing.actor, Verb.ANSWER_QUESTIONS, task.owner_id):
        return ""
    return f"{reverse('desk:faq_new')}?task={task.pk}"


def told(task_id: str, standing: Standing) -> dict[str, str]:
    """The question and the answer of an enquiry, with personal data masked; raises NotVisible."""
    try:
        opened = open_task(task_id=UUID(task_id), by=standing.actor, at=standing.at, on=standing.on)
    except ValueError:
        raise NotVisible(task_id) from None
    if not faq_address(opened, standing) or opened.visibility(ITEM) != "shown":
        raise NotVisible(task_id)
    case = opened.task.case
    answers = case.submission.answers
    asked = str(answers.get(ITEM) or "")
    return {
        "question": mask(_nameless(asked, answers)).text,
        "answer": mask(_nameless(latest_note(case), answers)).text,
    }


def _nameless(text: str, answers: Mapping[str, Any]) -> str:
    """The text without what the enquiry tells of who asked, whole or in part (the family name alone)."""
    for item in PERSONAL:
        told = str(answers.get(item) or "")
        for part in (told, *told.split()):
            if part:
                text = text.replace(part, HIDDEN)
    return text
