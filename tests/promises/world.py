"""One town's case with everything that could be reached for: document, file, draft, number, task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from tests import cast
from tests.services.cases import flow
from yuimaru.foundation.files.actions import store
from yuimaru.foundation.people import actions as people
from yuimaru.foundation.people.models import Post, Section
from yuimaru.foundation.tenancy import actions as tenancy
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.portal.drafts import resume_token
from yuimaru.services.cases.models import Mark
from yuimaru.services.knowledge.actions import Incoming, add_documents
from yuimaru.services.protections.actions import protect
from yuimaru.services.protections.rules import a_year_on
from yuimaru.services.questions import actions as questions
from yuimaru.services.questions.models import Topic

HIDDEN_TOWN = "990051"
BARE_TOWN = "990043"


def _measure(town: Organisation) -> UUID:
    """A measure for somebody whom no application names."""
    by = Actor.system(town)
    with scope(by):
        return protect(
            owner=town,
            name="識名 千夏",
            kana="シキナ チナツ",
            born=date(1991, 8, 5),
            since=flow.TODAY,
            until=a_year_on(flow.TODAY),
            by=by,
            at=flow.NOW,
        ).pk


def _drafted() -> Mark:
    """The first mark of a claim that is on its route; its team leader has set it."""
    case = flow.case(cast.MIDORINO, flow.send(flow.draft(cast.MIDORINO), key="key-of-a-draft").number)
    flow.act("centre-agent", case, "不備なし")
    flow.act("midorino-clerk", case, "認定案")
    flow.draft_decision(case)
    approval = flow.sign("midorino-leader", case)
    with scope(Actor.system(case.owner)):
        return Mark.objects.select_related("approval").get(approval=approval, number=0)


def _absence(town: Organisation) -> UUID:
    by = Actor.system(town)
    with scope(by):
        posts = {post.title: post.pk for post in Post.objects.all()}
        return people.record_absence(
            owner=town, post_id=posts["町長"], since=flow.TODAY, until=flow.TODAY,
            deputies=[posts["子ども課長"]], by=by, at=flow.NOW,
        ).pk  # fmt: skip


def _unanswered(town: Organisation) -> tuple[UUID, UUID]:
    """A question that nothing answers, with what was said about it; and an answer that somebody has drafted."""
    by = Actor.system(town)
    words = "市民プールの営業時間を教えてください"
    with scope(by):
        section = Section.objects.get(is_general=True)
        asked = questions.Asked(words, "none", None)
        questions.note(asked, town, channel="portal", at=flow.NOW)
        said = questions.Opinion(uuid4(), helpful=False, reason="wrong", said="違います")
        questions.rate(words, town, said, at=flow.NOW)
        questions.cluster(owner=town, at=flow.NOW)
        topic = Topic.objects.latest("id")
        writing = questions.Writing(
            words, "午前9時から午後6時までです。", section.pk, flow.TODAY, topic_id=topic.pk
        )
        entry = questions.write(owner=town, writing=writing, by=by, at=flow.NOW)
    return topic.pk, entry.pk


@dataclass(frozen=True)
class Foreign:
    """The ids of みどり野町's things, a town that has adopted nothing, and one that is not public yet."""

    town: str
    bare_town: str
    hidden_town: str
    number: str
    token: str
    task: UUID
    file: UUID
    document: UUID
    measure: UUID
    newcomer: UUID
    drafted: UUID  # a task on its route
    mark: UUID  # a mark of it that is set
    absence: UUID
    topic: UUID
    entry: UUID
    insiders: tuple[str, ...]
    manager: str


def foreign_world() -> Foreign:
    """Make it, in the test's own transaction."""
    tenancy.register(code=BARE_TOWN, kind="town", name="星見町", at=flow.NOW)
    tenancy.register(code=HIDDEN_TOWN, kind="town", name="花野町", is_public=False, at=flow.NOW)
    town = get_municipality(cast.MIDORINO)
    by = Actor.system(town)
    with scope(by):
        file = store(
            b"%PDF-1.7", name="口座.pdf", media_type="application/pdf", owner=town, purpose="attachment",
            by=by, at=flow.NOW,
        )  # fmt: skip
        taken = add_documents(
            owner=town,
            items=[Incoming(name="x.md", content="# 案内\n\n窓口は平日に開いています。\n".encode())],
            by=by,
            at=flow.NOW,
        )
        newcomer = people.employ(
            section=Section.objects.get(is_general=True), title="主事", role=Role.CLERK, login="midorino-newcomer",
            name="上原 灯", since=flow.NOW.date(), by=by, at=flow.NOW,
        )  # fmt: skip
    attached = {"id": str(file.pk), "name": file.name, "size": file.size, "media_type": file.media_type}
    number = flow.send(flow.draft(cast.MIDORINO, 口座の写し=attached)).number
    drafted = _drafted()
    topic, entry = _unanswered(town)
    return Foreign(
        town=cast.MIDORINO,
        bare_town=BARE_TOWN,
        hidden_town=HIDDEN_TOWN,
        number=number,
        token=resume_token(flow.draft(cast.MIDORINO).pk),
        task=flow.waiting(flow.case(cast.MIDORINO, number)).pk,
        file=file.pk,
        document=taken.added[0].id,
        measure=_measure(town),
        newcomer=newcomer.pk,
        drafted=drafted.approval.task_id,
        mark=drafted.pk,
        absence=_absence(town),
        topic=topic,
        entry=entry,
        manager="midorino-admin",
        insiders=(
            "midorino-clerk",
            "midorino-counter",
            "midorino-leader",
            "midorino-decider",
            "midorino-mayor",
            "midorino-support",
            "centre-agent",
            "centre-lead",
        ),
    )
