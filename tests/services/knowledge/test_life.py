"""Who may be answered from what: audiences, labels, days, and facts that change without a new file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests import cast
from tests.conftest import actor
from tests.services.knowledge.town import AT, FEES, TODAY, add, note, town
from yuimaru.foundation.audit.models import Event
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.actions import DocumentTerms
from yuimaru.services.knowledge.models import Document
from yuimaru.services.knowledge.queries import generation
from yuimaru.services.knowledge.rules.life import Marking, State, Unfit, state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

QUESTION = "粗大ごみの手数料はいくらですか"
DAY = timedelta(days=1)


def outcome(owner: Organisation, reader: Actor | None = None, today: date = TODAY) -> str:
    return queries.ask(owner, QUESTION, today, reader=reader).outcome


def indexed(owner: Organisation, reader: Actor | None = None) -> int:
    """How many passages the reader's index itself holds."""
    return generation.current_index(queries.reach_of(owner, reader), TODAY).size


def terms(document: Document, **told: object) -> DocumentTerms:
    now = DocumentTerms(
        document.section, document.audience, document.label, document.valid_from, document.valid_to
    )
    return replace(now, **told)  # type: ignore[arg-type]


def test_a_staff_document_answers_staff_and_nobody_else() -> None:
    clerk, stranger = actor("oumi-clerk"), actor("midorino-clerk")
    with town() as (owner, system):
        add(owner, system, note(audience="staff"))
        resident = Actor.resident(owner)
        assert outcome(owner, clerk) == "answer"
        assert [outcome(owner, one) for one in (None, resident, stranger, system)] == ["none"] * 4
        assert [indexed(owner, one) for one in (clerk, None, resident, stranger)] == [2, 0, 0, 0]


def test_a_section_s_document_answers_that_section_alone() -> None:
    own, other = actor("oumi-waste"), actor("oumi-clerk")
    with town() as (owner, system):
        section = Section.objects.get(name="環境課")
        add(owner, system, note(audience="section", section=section))
        assert [outcome(owner, one) for one in (own, other, None)] == ["answer", "none", "none"]
        assert [indexed(owner, one) for one in (own, other, None)] == [2, 0, 0]
        citation = queries.ask(owner, QUESTION, TODAY, reader=own).sentences[0].citations[0]
        assert citation.url.startswith(f"/desk/documents/{citation.document_id}?s=")


def test_what_does_not_hold_is_not_even_in_the_index() -> None:
    with town() as (owner, system):
        add(owner, system, note("over.md", valid_to=TODAY - DAY), note("soon.md", valid_from=TODAY + DAY))
        (gone,) = add(owner, system, note("gone.md")).added
        add(owner, system, note("new.md"))
        add(owner, system, note("new.md", FEES.replace("300", "400")), at=AT + DAY)
        actions.withdraw(document_id=gone.id, by=system, at=AT)
        assert indexed(owner) == 2
        assert "400円" in queries.ask(owner, QUESTION, TODAY).sentences[0].text


def test_a_new_revision_stays_for_whom_the_one_before_was() -> None:
    with town() as (owner, system):
        section = Section.objects.get(name="環境課")
        add(owner, system, note(audience="staff", label="取扱注意", section=section))
        add(owner, system, note(text=FEES.replace("300", "400")), at=AT + DAY)
        (document,) = queries.list_documents(owner)
        assert (document.revision, document.audience, document.label) == (2, "staff", "取扱注意")
        assert document.section == section
        actions.withdraw(document_id=document.pk, by=system, at=AT + DAY)
        add(owner, system, note(), at=AT + 2 * DAY)
        assert queries.list_documents(owner)[0].audience == "staff"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"label": "部外秘"}, "label"),
        ({"label": "庁内限り"}, "label"),
        ({"label": "極秘"}, "label"),
        ({"audience": "staff", "label": "部外秘"}, "label"),
        ({"audience": "section"}, "section"),
        ({"valid_to": date(2026, 3, 31)}, "valid_to"),
    ],
)
def test_what_contradicts_itself_is_refused(told: dict[str, Any], field: str) -> None:
    with town() as (owner, system):
        intake = add(owner, system, note("bad.md", **told), note("good.md"))
        assert [one.name for one in intake.added] == ["good.md"]
        assert [(one.name, one.refused.code) for one in intake.refused] == [("bad.md", "unfit")]
        document = queries.get_document(intake.added[0].id)
        with pytest.raises(Unfit) as refused:
            actions.change_document(
                document_id=document.pk, terms=terms(document, **told), by=system, at=AT + DAY
            )
        assert refused.value.field == field
        document.refresh_from_db()
        assert (document.audience, document.label, document.valid_to) == ("public", "", None)


def test_a_label_s_widest_audience_and_narrower_ones_are_taken() -> None:
    with town() as (owner, system):
        section = Section.objects.get(name="環境課")
        facts: dict[str, dict[str, Any]] = {
            "a.md": {"audience": "staff", "label": "庁内限り"},
            "b.md": {"audience": "section", "label": "庁内限り", "section": section},
            "c.md": {"audience": "section", "label": "部外秘", "section": section},
            "d.md": {"label": "公開"},
        }
        for name, told in facts.items():
            assert add(owner, system, note(name, **told)).added, name


def test_a_municipality_has_labels_of_its_own() -> None:
    with town() as (owner, system):
        labels = [Marking("だれでも", "public"), Marking("職員まで", "staff")]
        actions.set_labels(owner=owner, labels=labels, by=system, at=AT)
        assert list(queries.labels_of(owner)) == labels
        assert not add(owner, system, note(label="公開")).added
        add(owner, system, note(label="職員まで", audience="staff"))
        with pytest.raises(Unfit, match="職員まで"):
            actions.set_labels(owner=owner, labels=labels[:1], by=system, at=AT)
        for wrong in ([*labels, labels[0]], [Marking("", "public")], [Marking("あ" * 21, "public")]):
            with pytest.raises(Unfit):
                actions.set_labels(owner=owner, labels=wrong, by=system, at=AT)
    with town(cast.MIDORINO) as (other, _):
        assert queries.labels_of(other)[0].name == "公開"


def test_facts_change_at_once_and_as_one_act() -> None:
    clerk = actor("oumi-clerk")
    with town() as (owner, system):
        (added,) = add(owner, system, note()).added
        document = queries.get_document(added.id)
        assert outcome(owner) == "answer"
        for told, resident, staff in (
            ({"audience": "staff"}, "none", "answer"),
            ({"audience": "staff", "valid_to": TODAY - DAY}, "none", "none"),
            ({"audience": "public", "valid_to": TODAY}, "answer", "answer"),
            ({"valid_from": TODAY + DAY, "valid_to": None}, "none", "none"),
        ):
            document = actions.change_document(
                document_id=added.id, terms=terms(document, **told), by=system, at=AT + DAY
            )
            assert (outcome(owner), outcome(owner, clerk)) == (resident, staff), told
        actions.change_document(document_id=added.id, terms=terms(document), by=system, at=AT + 2 * DAY)
        changed = Event.objects.filter(kind="document.changed", about=f"document:{added.id}")
        assert changed.count() == 4
        assert '"changed":"audience"' in changed.order_by("seq")[0].body


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.CLERK, Role.AUDITOR])
def test_who_may_not_change_one(role: Role) -> None:
    with town() as (owner, system):
        (added,) = add(owner, system, note()).added
        other = Actor("person", owner.pk, owner.code, frozenset({role}))
        document = queries.get_document(added.id)
        with pytest.raises(Forbidden):
            actions.change_document(
                document_id=added.id, terms=terms(document, audience="staff"), by=other, at=AT
            )
        with pytest.raises(Forbidden):
            actions.share(document_id=added.id, on=True, by=other, at=AT)
        with pytest.raises(Forbidden):
            actions.set_labels(owner=owner, labels=[], by=other, at=AT)
        actions.withdraw(document_id=added.id, by=system, at=AT)
        with pytest.raises(NotVisible):
            actions.change_document(document_id=added.id, terms=terms(document), by=system, at=AT)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, State.VALID),
        ({"valid_from": TODAY + DAY}, State.COMING),
        ({"valid_to": TODAY + 31 * DAY}, State.VALID),
        ({"valid_to": TODAY + 30 * DAY}, State.NEAR),
        ({"valid_to": TODAY}, State.NEAR),
        ({"valid_to": TODAY - DAY}, State.EXPIRED),
        ({"valid_to": TODAY - DAY, "is_withdrawn": True}, State.WITHDRAWN),
        ({"is_superseded": True}, State.SUPERSEDED),
    ],
)
def test_how_a_document_stands(facts: dict[str, object], expected: State) -> None:
    told = {"valid_from": TODAY, "valid_to": None, "is_withdrawn": False, "is_superseded": False, **facts}
    assert state(TODAY, **told) is expected  # type: ignore[arg-type]
