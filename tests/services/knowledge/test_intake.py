"""Taking documents in: added, unchanged, refused; revisions, withdrawal, and who may do it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.core.text import nasty
from tests.services.knowledge.town import AT, FEES, add, note, town
from yuimaru.foundation.audit.models import Event
from yuimaru.foundation.files.queries import read
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.actions import Incoming
from yuimaru.services.knowledge.models import Document, Passage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]


def test_a_batch_is_sorted_into_added_unchanged_and_refused() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        intake = add(
            owner,
            actor,
            note(),
            note("new.md"),
            Incoming("locked.pdf", nasty.encrypted_pdf()),
            Incoming("word.pdf", nasty.docx()),
        )
        assert intake.unchanged == ["sodai.md"]
        assert [(added.name, added.revision) for added in intake.added] == [("new.md", 1)]
        assert [(turned.name, turned.refused.code) for turned in intake.refused] == [
            ("locked.pdf", "encrypted"),
            ("word.pdf", "mislabelled"),
        ]
        assert queries.list_documents(owner).count() == 2


def test_the_file_the_text_and_the_passages_are_kept() -> None:
    with town() as (owner, actor):
        (added,) = add(owner, actor, note()).added
        document = queries.get_document(added.id)
        assert read(document.file) == FEES.encode()
        passages = list(queries.passages_of(document))
        assert len(passages) == added.passages == 2
        assert [document.text[p.start : p.end] for p in passages] == [
            "粗大ごみの手数料は、1点につき300円です。",
            "収集は毎週月曜日です。",
        ]
        assert [p.heading for p in passages] == ["粗大ごみ › 手数料", "粗大ごみ › 収集日"]
        shown = queries.shown_parts(document)
        assert "".join(part.text for part in shown).split() == document.text.split()
        assert [part.ordinal for part in shown if part.ordinal] == [1, 2]


def test_new_content_under_the_same_name_is_a_new_revision() -> None:
    with town() as (owner, actor):
        (first,) = add(owner, actor, note()).added
        (second,) = add(owner, actor, note(text=FEES.replace("300", "400")), at=AT + timedelta(days=1)).added
        assert second.revision == 2
        assert [document.pk for document in queries.list_documents(owner)] == [second.id]
        old = queries.get_document(first.id)
        assert old.superseded_at == AT + timedelta(days=1)
        with pytest.raises(NotVisible):
            queries.shown_document(queries.Reach(owner), first.id, on=date(2026, 12, 1))


def test_a_withdrawn_document_can_come_back_as_a_further_revision() -> None:
    with town() as (owner, actor):
        (first,) = add(owner, actor, note()).added
        actions.withdraw(document_id=first.id, by=actor, at=AT)
        assert not queries.list_documents(owner).exists()
        (again,) = add(owner, actor, note()).added
        assert again.revision == 2


def test_withdrawing_twice_is_one_act() -> None:
    with town() as (owner, actor):
        (added,) = add(owner, actor, note()).added
        for _ in range(2):
            actions.withdraw(document_id=added.id, by=actor, at=AT)
        withdrawn = Event.objects.filter(kind="document.withdrawn", about=f"document:{added.id}")
        assert withdrawn.count() == 1


def test_every_document_taken_in_is_in_the_log_without_its_words() -> None:
    with town() as (owner, actor):
        (added,) = add(owner, actor, note()).added
        event = Event.objects.get(kind="document.added", about=f"document:{added.id}")
        assert '"revision":1' in event.body
        assert "粗大" not in event.body


def test_only_one_revision_of_a_name_is_in_force() -> None:
    with town() as (owner, actor):
        (added,) = add(owner, actor, note()).added
        copy = queries.get_document(added.id)
        copy.pk, copy.revision = None, 2
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.CLERK, Role.AUDITOR, Role.OPERATOR_AGENT])
def test_who_may_not(role: Role) -> None:
    with town() as (owner, actor):
        (added,) = add(owner, actor, note()).added
        other = Actor("person", owner.pk, owner.code, frozenset({role}))
        with pytest.raises(Forbidden):
            add(owner, other, note("x.md"))
        with pytest.raises(Forbidden):
            actions.withdraw(document_id=added.id, by=other, at=AT)
        with pytest.raises(Forbidden):
            actions.reindex(owner=owner, by=other, at=AT)


def test_another_town_s_documents_do_not_exist() -> None:
    with town(cast.MIDORINO) as (owner, actor):
        (added,) = add(owner, actor, note()).added
    with town(cast.OUMI) as (here, actor):
        assert not queries.list_documents(here).exists()
        assert not Document.objects.exists()
        assert not Passage.objects.exists()
        with pytest.raises(NotVisible):
            queries.get_document(added.id)
        with pytest.raises(NotVisible):
            actions.withdraw(document_id=added.id, by=actor, at=AT)
        with pytest.raises(NotVisible):
            add(owner, actor, note())
