"""Documents, their life and what stands on them; how sure answers must be; the model that words them, its ledger."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.keys.fields import Sealed
from yuimaru.foundation.keys.models import DataKey
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.models import Organisation, Owned
from yuimaru.foundation.tenancy.postgresql.columns import Native
from yuimaru.foundation.tenancy.sharing import Shareable


class Audience(models.TextChoices):
    """Who may read a document and be answered from it, the widest first."""

    PUBLIC = "public", "公開"
    STAFF = "staff", "職員"
    SECTION = "section", "所属限り"


class Document(Shareable):
    """文書: one revision of a document; `text` holds every word that may be quoted of it."""

    Audience = Audience

    name = models.CharField(max_length=255)  # the file's name or path in its folder; revisions share it
    title = models.CharField(max_length=255)
    revision = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    machine_read = models.BooleanField(default=False)  # letters recognised in a picture, which may be wrong
    findings = models.JSONField(
        default=dict
    )  # what was seen beside the words: hidden text, a page's day and links
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    label = models.CharField(max_length=20, blank=True)  # the name of a confidentiality label
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=100, blank=True)  # the actor's reference
    changed_at = models.DateTimeField()  # last act on its facts; an index knows by it that it is behind
    superseded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name", "revision"], name="knowledge_revision_once"),
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(superseded_at=None, withdrawn_at=None),
                name="knowledge_one_live_revision",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="knowledge_document_period",
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.SECTION) | Q(section__isnull=False, is_shared=False),
                name="knowledge_section_knows_its_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.revision})"


class Passage(Shareable):
    """箇所: a place of a document that is found and linked to as one."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    ordinal = models.PositiveIntegerField()
    heading = models.CharField(max_length=600, blank=True)  # the path of headings over it
    page = models.PositiveIntegerField(null=True)
    sheet = models.CharField(max_length=100, null=True)  # noqa: DJ001 - absent is not the empty name
    cell = models.CharField(max_length=10, null=True)  # noqa: DJ001
    question = models.TextField(blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="knowledge_passage_once")]

    def __str__(self) -> str:
        return f"{self.document_id}#p-{self.ordinal}"


class Label(Owned):
    """秘密区分: a confidentiality label and the widest audience it allows; none of one's own = the usual set."""

    name = models.CharField(max_length=20)
    widest = models.CharField(max_length=10, choices=Audience.choices)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="knowledge_label_once")]

    def __str__(self) -> str:
        return self.name


class Declined(Owned):
    """使わない文書: an inherited document that a member does not answer from, and why."""

    sharer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)  # of the document: later revisions are declined with it
    reason = models.CharField(max_length=300)
    declined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "sharer", "name"],
                condition=Q(ended_at=None),
                name="knowledge_declined_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RestsOn(Owned):
    """よりどころ: the revision of another document that a document was made from."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    ground = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "ground"], name="knowledge_rests_on_once")]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.ground_id}"


class LawReference(Owned):
    """条文の引用: where a document names an article of a law or 例規."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    law = models.CharField(max_length=200)
    article = models.CharField(max_length=20)
    paragraph = models.PositiveIntegerField(null=True)
    item = models.PositiveIntegerField(null=True)
    start = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["owner", "law", "article"], name="knowledge_law_article")]

    def __str__(self) -> str:
        return f"{self.law} {self.article}"


class ArticleChange(Shareable):
    """条文の変更: an article that a new revision of a 例規 changed, or that somebody noted as changed."""

    class Change(models.TextChoices):
        ADDED = "added", "新設"
        CHANGED = "changed", "改正"
        REMOVED = "removed", "廃止"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="+")
    law = models.CharField(max_length=200)
    article = models.CharField(max_length=20)
    change = models.CharField(max_length=10, choices=Change.choices)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "law", "article"], name="knowledge_article_change")]

    def __str__(self) -> str:
        return f"{self.law} {self.article}"


class Reviewed(Owned):
    """確認した: somebody looked at something after what it stands on had changed, and found it right."""

    subject = models.CharField(max_length=100)  # noun:ID
    cause = models.CharField(max_length=100)  # noun:ID
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=100)  # the actor's reference

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "subject", "cause"], name="knowledge_reviewed_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.cause}"


class Calibration(Owned):
    """回答とする確かさ: the limit that a municipality found with its own set of questions; none, the common one."""

    limit = models.FloatField()
    questions = models.PositiveIntegerField()  # of the set it was found with
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], name="knowledge_one_calibration"),
            models.CheckConstraint(
                condition=Q(limit__gt=0) & Q(limit__lt=1), name="knowledge_limit_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.limit:.2f}"


class ModelProfile(Owned):
    """生成AIの設定: which model may word answers, and what the municipality has checked about it."""

    class Kind(models.TextChoices):
        AZURE = "azure", "Azure OpenAI"
        COMPATIBLE = "compatible", "OpenAI互換のサーバ"

    class Deployment(models.TextChoices):
        OWN = "own", "庁内または専用のサーバ"
        REGIONAL = "regional", "リージョン内で処理"
        DATA_ZONE = "data_zone", "データゾーン内で処理"
        GLOBAL = "global", "世界のどこかで処理"

    class Monitoring(models.TextChoices):
        OFF = "off", "提供者は入出力を保存しない"
        ON = "on", "提供者が不正利用の監視のために保存する"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    url = models.CharField(max_length=300)
    model = models.CharField(max_length=100)  # the deployment's name on Azure
    api_version = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=60)
    deployment = models.CharField(max_length=10, choices=Deployment.choices)
    monitoring = models.CharField(max_length=4, choices=Monitoring.choices)
    contract = models.CharField(max_length=200)  # what promises that inputs are not learned from
    checked_on = models.DateField()  # when somebody last compared all this with the provider's terms
    daily_tokens = models.PositiveIntegerField()
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    secret_sealed = models.BinaryField(null=True)
    secret = Sealed[str]("secret_sealed", empty="")  # empty for Entra ID and for servers that ask for none
    enabled_at = models.DateTimeField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="knowledge_one_model")]

    def __str__(self) -> str:
        return f"{self.kind} {self.model}"


class Egress(Owned):
    """送信記録: one request to a model, without its words; written whatever came of it."""

    at = models.DateTimeField()
    url = models.CharField(max_length=300)
    model = models.CharField(max_length=100)
    characters = models.PositiveIntegerField()  # sent, after masking
    masked = models.JSONField(default=dict)  # kind of personal data → how many were hidden
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20)  # shown, a reason of rules.wording.Unusable, or a ports.Failure

    class Meta:
        indexes = [models.Index(fields=["owner", "-at"], name="knowledge_egress_latest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.outcome}"


class Prepared(Owned):
    """索引の素材: what has been worked out of a passage, by its content, for all servers on one PostgreSQL."""

    digest = models.BinaryField(max_length=16)
    dictionary = models.CharField(max_length=40, blank=True)  # that cut the words; another cuts them anew
    words = Native("tsvector", null=True)  # weight A: of what it is about; the others: of what it says
    about = Native("real[]", null=True)  # vectors, as pgvector's halfvec where that is installed
    says = Native("real[]", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "digest"], name="knowledge_prepared_once")]
        indexes = [models.Index(fields=["owner"], condition=Q(about=None), name="knowledge_not_encoded")]

    def __str__(self) -> str:
        return bytes(self.digest).hex()
