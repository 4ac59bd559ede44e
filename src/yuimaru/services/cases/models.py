"""A case and its tasks; every visit of a step is one task, so the tasks are the case's history."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from yuimaru.core.kata.approval import Kind, State, Verdict
from yuimaru.foundation.keys.fields import Sealed
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.people.models import Post
from yuimaru.foundation.tenancy.models import Organisation, Owned
from yuimaru.services.catalogue.models import Definition
from yuimaru.services.procedures.models import Submission


class Case(Owned):
    """案件: runs to its end on the definition it began with."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")  # the latest
    number = models.CharField(max_length=20)
    kata = models.CharField(max_length=42)
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=41)  # where it stands as a whole; for parallel work where it divided
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)  # end of the standard period, moved by what stopped the clock
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "number"], name="cases_number_once")]

    def __str__(self) -> str:
        return self.number


class Task(Owned):
    """担当タスク: one step that waits for a role, or was done by somebody."""

    class Waits(models.TextChoices):
        MUNICIPALITY = "municipality", "団体"
        JOINT = "joint", "共同処理"
        APPLICANT = "applicant", "申請者"
        MACHINE = "machine", "自動処理"
        CASE = "case", "ほかの案件"
        DRAFT = "draft", "起案"  # a step with an approval that nobody has put on its route yet
        MARKS = "marks", "決裁"  # on its route: it waits for those whose marks are open

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kata = models.CharField(max_length=42)
    step = models.CharField(max_length=41)
    branch = models.CharField(max_length=150, blank=True)  # of parallel work, "照会.0"; see rules.branch_of
    waits_for = models.CharField(max_length=12, choices=Waits.choices)
    decides = models.BooleanField(default=False)
    is_return = models.BooleanField(default=False)  # the case has been at this step before
    stops_clock = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    action = models.CharField(max_length=41, blank=True)
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    note_sealed = models.BinaryField(null=True)
    note = Sealed[str]("note_sealed", empty="")
    answers_sealed = models.BinaryField(null=True)
    answers = Sealed[dict[str, Any]]("answers_sealed", empty={})  # to the staff form of the step
    escalated_at = models.DateTimeField(null=True)  # brought to notice, since its due date had passed
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    done_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "kata", "step", "due_on"],
                condition=models.Q(done_at=None),
                name="cases_task_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "branch"],
                condition=models.Q(done_at=None),
                name="cases_one_open_task",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"

    @property
    def waits_for_staff(self) -> bool:
        """Whether somebody of a municipality or a joint desk is to do it."""
        return self.waits_for in (self.Waits.MUNICIPALITY, self.Waits.JOINT, self.Waits.DRAFT)

    @property
    def is_dropped(self) -> bool:
        """Whether it need not be done any more, since another branch was enough."""
        return self.done_at is not None and not self.action


class Attempt(Owned):
    """実行: one try of the machine at its step. Begun and never ended, nobody knows what came of it."""

    class Outcome(models.TextChoices):
        DONE = "done", "できた"
        FAILED = "failed", "できなかった"
        UNKNOWN = "unknown", "結果がわからない"

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=20, blank=True)  # a word of rules.REASONS

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="cases_attempt_once")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.number}"


class Called(Owned):
    """呼び出し: the case that a task has opened and waits for."""

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.task_id} {self.case_id}"


class Reveal(Owned):
    """A masked item that somebody had shown to them, and the purpose they wrote."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=120)
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    purpose_sealed = models.BinaryField(null=True)
    purpose = Sealed[str]("purpose_sealed", empty="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.task_id} {self.item}"


class Approval(Owned):
    """起案: what was put to a decision at one visit of a step, word for word, and how far it has come."""

    STATES: ClassVar = [(state.value, state.value) for state in State]

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="+")
    house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )  # whose posts sign: the owner, or a taker that decides for it
    state = models.CharField(max_length=12, choices=STATES, default=State.CIRCULATING.value)
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    document_sealed = models.BinaryField(null=True)
    document = Sealed[dict[str, Any]]("document_sealed", empty={})  # 件名, 伺い文, 案文, and salt
    sha256 = models.CharField(max_length=64)  # of the document; the salt in it keeps it from being guessed
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    barred = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # who did the step that the decision must be independent of
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.task_id} {self.state}"


class Mark(Owned):
    """決裁印: one post's mark on a draft, set or not; titles as they were when it was drafted."""

    KINDS: ClassVar = [(kind.value, kind.value) for kind in Kind]
    VERDICTS: ClassVar = [(verdict.value, verdict.value) for verdict in Verdict]

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=KINDS)
    order = models.IntegerField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    section = models.CharField(max_length=100)
    of = models.PositiveSmallIntegerField(null=True)  # 後閲: the number of the mark that a deputy set
    opened_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=12, choices=VERDICTS, blank=True)
    deputy = models.BooleanField(default=False)
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    opinion_sealed = models.BinaryField(null=True)
    opinion = Sealed[str]("opinion_sealed", empty="")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["post"],
                condition=models.Q(opened_at__isnull=False, done_at=None),
                name="cases_mark_open",
            )
        ]
        constraints = [models.UniqueConstraint(fields=["approval", "number"], name="cases_mark_number_once")]

    def __str__(self) -> str:
        return f"{self.approval_id} {self.number}"
