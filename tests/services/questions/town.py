"""A town that is asked: its answers come from the real search, its questions through the real acts."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tests.services.knowledge.town import AT, TODAY
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge import queries
from yuimaru.services.knowledge.rules.answer import Answer
from yuimaru.services.questions import actions
from yuimaru.services.questions.models import Question


def ask(owner: Organisation, words: str, *, at: datetime = AT, channel: str = "portal") -> Answer:
    """Ask and have the question kept."""
    answer = queries.ask(owner, words, at.date())
    actions.note(actions.Asked.told(answer.as_json()), owner, channel=channel, at=at)
    return answer


def on_days(owner: Organisation, words: str, *days_ago: int) -> None:
    """Ask the same on several days."""
    for days in days_ago:
        ask(owner, words, at=AT - timedelta(days=days))


def kept(owner: Organisation) -> list[Question]:
    """What is in the log."""
    return list(Question.objects.filter(owner=owner).select_related("key").order_by("day", "id"))


def section(name: str) -> Section:
    """A section of the open scope."""
    return Section.objects.get(name=name)


def writing(to: Section, **facts: object) -> actions.Writing:
    """An answer to a question about swimming."""
    told: dict[str, object] = {
        "question": "市民プールの営業時間を教えてください",
        "answer": "市民プールは、7月1日から8月31日まで、午前9時から午後6時まで営業しています。",
        "section_id": to.pk,
        "valid_from": TODAY,
    }
    return actions.Writing(**{**told, **facts})  # type: ignore[arg-type]


def unhelpful(form: UUID | None = None, **facts: object) -> actions.Opinion:
    """Somebody whom an answer did not help."""
    told = {"form": form or uuid4(), "helpful": False, "reason": "wrong", **facts}
    return actions.Opinion(**told)  # type: ignore[arg-type]
