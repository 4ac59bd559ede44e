"""From an enquiry that a person answered (the kata お問い合わせ) to the form of a FAQ, without anybody's name."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from yuimaru.core.text.masking import mask
from yuimaru.foundation.tenancy.rules import NotVisible, Verb, may
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.cases.actions import open_task
from yuimaru.services.cases.queries import Access, latest_note
from yuimaru.services.drafting.rules.enquiry import KATA, PERSONAL, QUESTION, nameless


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
    if not faq_address(opened, standing) or opened.visibility(QUESTION) != "shown":
        raise NotVisible(task_id)
    case = opened.task.case
    answers = case.submission.answers
    asked = str(answers.get(QUESTION) or "")
    names = [str(answers.get(item) or "") for item in PERSONAL]
    return {
        "question": mask(nameless(asked, names)).text,
        "answer": mask(nameless(latest_note(case), names)).text,
    }
