"""The log of questions of a municipality: how long it keeps them, and how the same words are found again."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.crypto import salted_hmac

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.questions.models import Question, QuestionLog
from yuimaru.services.questions.rules import counting


def get_log(owner: Organisation) -> QuestionLog | None:
    """The log; None where nothing was asked yet."""
    return QuestionLog.objects.filter(owner=owner).select_related("key").first()


def kept_days(owner: Organisation) -> int:
    """For how many days questions are kept; 0 when they are not."""
    log = get_log(owner)
    return counting.KEPT_DAYS if log is None else log.days


def wording_of(owner: Organisation, words: str) -> str:
    """The digest by which the same words are found again; nobody can try words on it without the server's key."""
    told = f"{owner.pk}\0{counting.same(words)}"
    return salted_hmac("questions.wording", told, algorithm="sha256").hexdigest()


def latest(owner: Organisation, wording: str, *, on: date) -> Question | None:
    """What was last asked in these words on the portal today, or yesterday by a page that is still open."""
    return (
        Question.objects.filter(
            owner=owner,
            wording=wording,
            channel=Question.Channel.PORTAL,
            day__gte=on - timedelta(days=1),
            day__lte=on,
        )
        .select_related("key")
        .order_by("-day", "-last_slot", "-id")
        .first()
    )
