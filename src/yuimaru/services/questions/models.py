"""Questions as they were asked, without who asked; their ratings; what is missing, and what people answered to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yuimaru.foundation.keys.fields import Sealed
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.people.models import Section, User
from yuimaru.foundation.tenancy.models import Owned
from yuimaru.services.knowledge.models import Document


class QuestionLog(Owned):
    """質問の記録: how long a municipality keeps what it is asked, and the key under which it does."""

    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveIntegerField()  # 0: nothing is kept

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="questions_one_log")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.days}"


class Topic(Owned):
    """まとまり: questions that ask for the same and were not answered well; a section's to answer."""

    class State(models.TextChoices):
        OPEN = "open", "回答待ち"
        ANSWERED = "answered", "回答した"
        ELSEWHERE = "elsewhere", "対象外"
        LATER = "later", "保留"

    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    words_sealed = models.BinaryField(null=True)
    words = Sealed[str]("words_sealed", empty="")  # the question that stands for the others
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # the nearest
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField()
    settled_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "state"], name="questions_topic_state")]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class Question(Owned):
    """質問: one wording on one day, how often it was asked and what it led to; nothing about who asked."""

    class Channel(models.TextChoices):
        PORTAL = "portal", "住民のページ"
        API = "api", "API"

    class Outcome(models.TextChoices):
        ANSWER = "answer", "回答"
        CLOSE = "close", "近い項目"
        NONE = "none", "該当資料なし"

    day = models.DateField()
    channel = models.CharField(max_length=6, choices=Channel.choices)
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    document = models.ForeignKey(
        Document, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # the first shown
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    words_sealed = models.BinaryField(null=True)
    words = Sealed[str]("words_sealed", empty="")  # personal data in them is masked
    wording = models.CharField(max_length=64)  # keyed digest: the same words are found again, and not guessed
    times = models.PositiveIntegerField(default=1)
    last_slot = models.PositiveSmallIntegerField()  # part of the day in which it was last counted
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "day", "channel", "outcome", "wording"], name="questions_wording_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["owner", "wording", "-day"], name="questions_latest_wording")]

    def __str__(self) -> str:
        return f"{self.day} {self.outcome}"


class Rating(Owned):
    """評価: whether an answer helped, said once for each time the page was shown."""

    class Reason(models.TextChoices):
        OUTDATED = "outdated", "古い"
        WRONG = "wrong", "違う"
        UNCLEAR = "unclear", "わかりにくい"
        OTHER = "other", "探しているものと違う"

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    form = models.UUIDField()  # the form that was sent: sent again, it changes the rating and adds none
    day = models.DateField()
    helpful = models.BooleanField()
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    said_sealed = models.BinaryField(null=True)
    said = Sealed[str]("said_sealed", empty="")  # masked

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "form"], name="questions_rating_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.helpful}"


class FaqEntry(Owned):
    """FAQの1件: a question and the answer of a member of staff; what is published stands in a document of its section."""

    class State(models.TextChoices):
        DRAFT = "draft", "確認待ち"
        PUBLISHED = "published", "公開中"
        ENDED = "ended", "終了"

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    answer = models.TextField()
    rests_on = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, related_name="+")
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="questions_entry_period",
            )
        ]
        indexes = [models.Index(fields=["owner", "state"], name="questions_entry_state")]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
