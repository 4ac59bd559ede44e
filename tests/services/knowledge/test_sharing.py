"""What a consortium shares: its members answer from it at once, read it only, and may put their own in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests import cast
from tests.conftest import actor
from tests.services.knowledge.town import AT, FEES, TODAY, add, note, town
from yuimaru.foundation.audit.models import Event
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.foundation.tenancy.scope import OutOfScope, open_for
from yuimaru.foundation.tenancy.sharing import readable
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.models import Document, Passage
from yuimaru.services.knowledge.rules.answer import Answer
from yuimaru.services.knowledge.rules.life import Unfit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

QUESTION = "粗大ごみの手数料はいくらですか"
DAY = timedelta(days=1)


def asked(code: str = cast.OUMI) -> Answer:
    with town(code) as (owner, _):
        return queries.ask(owner, QUESTION, TODAY)


def shared(text: str = FEES, **facts: Any) -> UUID:
    """A document of the consortium that its members inherit."""
    with town(cast.CONSORTIUM) as (owner, system):
        (added,) = add(owner, system, note(text=text, **facts)).added
        actions.share(document_id=added.id, on=True, by=system, at=AT)
        return added.id


def centre() -> Organisation:
    return get_organisation(cast.CONSORTIUM)


def test_members_answer_from_it_and_name_whose_it_is() -> None:
    shared()
    for code in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA):
        (citation,) = asked(code).sentences[0].citations
        assert citation.sharer == centre().name
        assert citation.as_json()["document"]["shared_by"] == centre().name
        assert citation.url.startswith(f"/m/{code}/documents/")
    assert asked(cast.CONSORTIUM).sentences[0].citations[0].sharer == ""


def test_what_is_not_shared_stays_unknown_to_members() -> None:
    with town(cast.CONSORTIUM) as (owner, system):
        (added,) = add(owner, system, note()).added
    assert asked().outcome == "none"
    with town() as (owner, _):
        with pytest.raises(NotVisible):
            queries.shown_document(queries.Reach(owner), added.id, on=TODAY)
        assert not readable(Document).exists()


def test_to_everybody_else_it_is_unknown() -> None:
    document = shared()
    assert asked(cast.CENTRE).outcome == "none"
    with town(cast.CENTRE) as (owner, system):
        assert not readable(Document).exists()
        assert not readable(Passage).exists()
        with pytest.raises(NotVisible):
            queries.shown_document(queries.Reach(owner), document, on=TODAY)
        with pytest.raises(NotVisible):
            actions.decline(owner=owner, document_id=document, reason="x", by=system, at=AT)


@pytest.mark.store("postgresql")
def test_the_database_itself_tells_members_from_others() -> None:
    document = shared()
    with town(cast.CONSORTIUM) as (owner, system):
        add(owner, system, note("own.md", "# 内部\n\n共有しない文書です。\n"))

    def seen(table: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE owner_id = %s", [centre().pk])  # noqa: S608
            (count,) = cursor.fetchone()
            return int(count)

    for code, documents, passages in ((cast.CONSORTIUM, 2, 3), (cast.OUMI, 1, 2), (cast.CENTRE, 0, 0)):
        with town(code):
            assert (seen("knowledge_document"), seen("knowledge_passage")) == (documents, passages), code
    assert (seen("knowledge_document"), seen("knowledge_passage")) == (0, 0)
    with town(cast.OUMI), connection.cursor() as cursor:
        for statement in ("UPDATE knowledge_document SET title = 'x'", "DELETE FROM knowledge_document"):
            cursor.execute(f"{statement} WHERE id = %s", [document])
            assert cursor.rowcount == 0


def test_withdrawing_or_keeping_it_back_takes_effect_at_once_in_all_members() -> None:
    ends: tuple[Callable[[UUID, Actor], Document], ...] = (
        lambda document, by: actions.withdraw(document_id=document, by=by, at=AT + DAY),
        lambda document, by: actions.share(document_id=document, on=False, by=by, at=AT + DAY),
    )
    for end in ends:
        document = shared()
        assert asked().outcome == asked(cast.MIDORINO).outcome == "answer"
        with town(cast.CONSORTIUM) as (_, system):
            end(document, system)
        assert asked().outcome == asked(cast.MIDORINO).outcome == "none"
        with town(cast.CONSORTIUM) as (_, system):
            actions.withdraw(document_id=document, by=system, at=AT + DAY)


def test_a_new_revision_at_the_centre_is_shared_too() -> None:
    shared()
    with town(cast.CONSORTIUM) as (owner, system):
        add(owner, system, note(text=FEES.replace("300", "400")), at=AT + DAY)
    assert "400円" in asked().sentences[0].text


def test_a_document_of_the_same_name_stands_in_its_place() -> None:
    shared()
    with town() as (owner, system):
        (own,) = add(owner, system, note(text=FEES.replace("300", "500"))).added
    assert [sentence.text for sentence in asked().sentences] == ["粗大ごみの手数料は、1点につき500円です。"]
    assert "300円" in asked(cast.MIDORINO).sentences[0].text
    with town() as (_, system):
        actions.withdraw(document_id=own.id, by=system, at=AT + DAY)
    assert "300円" in asked().sentences[0].text


def test_a_member_may_decline_it_with_a_reason_and_use_it_again() -> None:
    document = shared()
    with town() as (owner, system):
        with pytest.raises(Unfit):
            actions.decline(owner=owner, document_id=document, reason="  ", by=system, at=AT)
        for _ in range(2):
            actions.decline(owner=owner, document_id=document, reason="市の料金と違う", by=system, at=AT)
        assert Event.objects.filter(kind="document.declined", owner_id=owner.pk).count() == 1
    assert asked().outcome == "none"
    assert asked(cast.MIDORINO).outcome == "answer"
    with town(cast.CONSORTIUM) as (owner, system):
        add(owner, system, note(text=FEES.replace("300", "400")), at=AT + DAY)
    assert asked().outcome == "none"
    with town() as (owner, system):
        (now,) = readable(Document).filter(is_shared=True, superseded_at=None)
        actions.use_again(owner=owner, document_id=now.pk, by=system, at=AT + 2 * DAY)
    assert "400円" in asked().sentences[0].text


def test_members_read_it_only() -> None:
    document = shared()
    with town() as (owner, system):
        with pytest.raises(NotVisible):
            actions.withdraw(document_id=document, by=system, at=AT)
        with pytest.raises(NotVisible):
            actions.share(document_id=document, on=False, by=system, at=AT)
        inherited = queries.shown_document(queries.Reach(owner), document, on=TODAY)
        with pytest.raises(OutOfScope):
            inherited.save()
        with pytest.raises(OutOfScope):
            readable(Document).update(title="x")
        with pytest.raises(OutOfScope):
            readable(Passage).delete()
        clerk = actor("oumi-clerk")
        with pytest.raises(Forbidden):
            actions.decline(owner=owner, document_id=document, reason="x", by=clerk, at=AT)


def test_a_staff_document_is_shared_with_staff_only() -> None:
    shared(audience="staff")
    assert asked().outcome == "none"
    reader = actor("oumi-clerk")
    with town() as (owner, _):
        assert queries.ask(owner, QUESTION, TODAY, reader=reader).outcome == "answer"


def test_what_cannot_be_shared() -> None:
    with town() as (owner, system):
        (added,) = add(owner, system, note()).added
        with pytest.raises(Unfit, match="構成団体"):
            actions.share(document_id=added.id, on=True, by=system, at=AT)


def test_a_scope_over_several_bodies_does_not_widen_what_one_inherits() -> None:
    shared()
    here, outside = get_organisation(cast.OUMI), get_organisation(cast.CENTRE)
    with open_for(tuple(sorted((here.pk, outside.pk)))):
        assert queries.ask(outside, QUESTION, TODAY).outcome == "none"
        assert queries.ask(here, QUESTION, TODAY).outcome == "answer"
