"""What a municipality is asked about, month by month: subjects, outcomes, whether answers helped."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge.models import Document
from yuimaru.services.questions.models import Question, Rating

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject by the document that is nearest to it; the questions without any have no title."""

    title: str
    by_month: tuple[int, ...]

    @property
    def times(self) -> int:
        return sum(self.by_month)


@dataclass(frozen=True, slots=True)
class Needs:
    """A year of questions, up to the month of a day."""

    months: tuple[date, ...]  # first days, oldest first
    subjects: tuple[Subject, ...]  # asked most first; those without a document last
    outcomes: dict[str, int]
    by_outcome: tuple[dict[str, int], ...]  # for each month
    helpful: int
    rated: int

    @property
    def times(self) -> int:
        return sum(self.outcomes.values())

    def share(self, outcome: str) -> int | None:
        """How many of a hundred questions came to an outcome; None when nothing was asked."""
        return round(100 * self.outcomes[outcome] / self.times) if self.times else None

    @property
    def helpful_share(self) -> int | None:
        """How many of a hundred ratings said that the answer helped."""
        return round(100 * self.helpful / self.rated) if self.rated else None


def needs(owner: Organisation, *, on: date) -> Needs:
    """Count the questions of twelve months, the running one included."""
    months = _months(on)
    counted = (
        Question.objects.filter(owner=owner, day__gte=months[0], day__lte=on)
        .order_by()
        .annotate(month=TruncMonth("day"))
        .values_list("month", "outcome", "document__name")
        .annotate(Sum("times"))
    )
    by_subject: dict[str, Counter[date]] = {}
    by_outcome = {month: Counter[str]() for month in months}
    for month, outcome, name, times in counted:
        by_subject.setdefault(name or "", Counter())[month] += times
        by_outcome[month][outcome] += times
    rated = Rating.objects.filter(owner=owner, day__gte=months[0], day__lte=on).aggregate(
        rated=Count("pk"), helpful=Count("pk", filter=Q(helpful=True))
    )
    outcomes = [{kind: by_outcome[month][kind] for kind in Question.Outcome.values} for month in months]
    return Needs(
        months,
        _subjects(owner, by_subject, months),
        {kind: sum(one[kind] for one in outcomes) for kind in Question.Outcome.values},
        tuple(outcomes),
        rated["helpful"],
        rated["rated"],
    )


def _subjects(
    owner: Organisation, counted: dict[str, Counter[date]], months: tuple[date, ...]
) -> tuple[Subject, ...]:
    newest = Document.objects.filter(owner=owner, name__in=list(counted)).order_by("revision")
    titles = dict(newest.values_list("name", "title"))
    found = [
        Subject(titles.get(name, name), tuple(held[month] for month in months))
        for name, held in sorted(counted.items())
    ]
    return tuple(sorted(found, key=lambda subject: (not subject.title, -subject.times)))


def _months(on: date) -> tuple[date, ...]:
    last = on.year * 12 + on.month - 1
    return tuple(date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS + 1, last + 1))
