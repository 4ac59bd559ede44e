"""From a question without an answer to an answer by a person, word for word."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests import cast
from tests.conftest import actor as person
from tests.services.knowledge.town import AT, TODAY, add, note, town
from tests.services.questions.town import ask, section, writing
from yuimaru.core.text.extract import Refused
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge.actions import Batch, Turned
from yuimaru.services.knowledge.queries import Reach, get_document
from yuimaru.services.questions import actions
from yuimaru.services.questions.actions import faq
from yuimaru.services.questions.models import FaqEntry, Topic
from yuimaru.services.questions.queries import has_changed_ground, list_entries
from yuimaru.services.questions.queries.faq import document_of
from yuimaru.services.questions.rules.faq import InvalidEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
POOL = "市民プールの営業時間を教えてください"


def test_a_refused_question_is_answered_by_people_and_then_by_the_documents(var: Path) -> None:
    clerk, leader = person("oumi-clerk"), person("oumi-leader")
    with town() as (owner, system):
        add(owner, system, note(section=section("環境課")))
        assert ask(owner, POOL).outcome == "none"
        actions.cluster(owner=owner, at=AT)
        [topic] = Topic.objects.all()
    with scope(clerk):
        entry = actions.write(
            owner=owner, writing=writing(section("市民課"), topic_id=topic.pk), by=clerk, at=AT
        )
        assert ask(owner, POOL, at=AT + timedelta(hours=1)).outcome == "none", "a draft answers nobody"
    with scope(leader):
        actions.publish(owner=owner, entry_id=entry.pk, by=leader, at=AT)
        answer = ask(owner, POOL, at=AT + timedelta(hours=2))
        topic.refresh_from_db()
        [citation] = answer.sentences[0].citations
        document = get_document(citation.document_id)
    assert answer.outcome == "answer"
    assert citation.quote == entry.answer
    assert citation.quote in document.text
    assert (document.title, document.section) == ("よくある質問（市民課）", entry.section)
    assert answer.contact.section == "市民課"
    assert topic.state == Topic.State.ANSWERED


def test_whoever_wrote_an_answer_does_not_publish_it_alone(var: Path) -> None:
    clerk, admin = person("oumi-clerk"), person("oumi-admin")
    with scope(clerk), town() as (owner, _):
        entry = actions.write(owner=owner, writing=writing(section("市民課")), by=clerk, at=AT)
        with pytest.raises(Forbidden, match="書いた人"):
            actions.publish(owner=owner, entry_id=entry.pk, by=clerk, at=AT)
        own = actions.write(owner=owner, writing=writing(section("市民課")), by=admin, at=AT)
        assert (
            actions.publish(owner=owner, entry_id=own.pk, by=admin, at=AT).state == FaqEntry.State.PUBLISHED
        )
        with pytest.raises(Forbidden):
            actions.publish(owner=owner, entry_id=entry.pk, by=person("oumi-auditor"), at=AT)
        with pytest.raises(NotVisible):
            actions.write(owner=owner, writing=writing(section("市民課")), by=person("midorino-clerk"), at=AT)


def test_the_document_of_a_section_follows_its_entries(var: Path) -> None:
    with town() as (owner, system):
        to = section("市民課")
        first = actions.write(owner=owner, writing=writing(to), by=system, at=AT)
        actions.publish(owner=owner, entry_id=first.pk, by=system, at=AT)
        ending = writing(
            to, question="花火大会は何日ですか", answer="花火大会は、12月5日（土）です。",
            valid_to=TODAY + timedelta(days=11),
        )  # fmt: skip
        second = actions.write(owner=owner, writing=ending, by=system, at=AT)
        actions.publish(owner=owner, entry_id=second.pk, by=system, at=AT)
        document = document_of(to)
        assert document is not None
        assert (document.revision, document.valid_to) == (2, ending.valid_to)
        after = AT + timedelta(days=12)
        assert list(Reach(owner).documents(after.date())) == [], "nothing is answered after its last day"
        assert actions.bring_all_in_line(owner=owner, at=after) == 1
        assert actions.bring_all_in_line(owner=owner, at=after) == 0
        document = document_of(to)
        assert document is not None
        assert document.valid_to is None
        assert "花火" not in document.text
        assert POOL in document.text
        actions.end(owner=owner, entry_id=first.pk, by=system, at=after)
        assert document_of(to) is None
        assert ask(owner, POOL, at=after).outcome != "answer"


def test_an_entry_holds_from_its_first_day(var: Path) -> None:
    with town() as (owner, system):
        soon = writing(section("市民課"), valid_from=TODAY + timedelta(days=3))
        entry = actions.write(owner=owner, writing=soon, by=system, at=AT)
        actions.publish(owner=owner, entry_id=entry.pk, by=system, at=AT)
        assert document_of(entry.section) is None
        actions.bring_all_in_line(owner=owner, at=AT + timedelta(days=3))
        assert document_of(entry.section) is not None


def test_a_better_answer_takes_the_place_of_the_one_before(var: Path) -> None:
    with town() as (owner, system):
        old = actions.write(owner=owner, writing=writing(section("市民課")), by=system, at=AT)
        actions.publish(owner=owner, entry_id=old.pk, by=system, at=AT)
        better = writing(
            section("総合案内"), answer="市民プールは、工事のため休んでいます。", replaces=old.pk
        )
        new = actions.write(owner=owner, writing=better, by=system, at=AT)
        actions.publish(owner=owner, entry_id=new.pk, by=system, at=AT)
        old.refresh_from_db()
        assert old.state == FaqEntry.State.ENDED
        assert document_of(old.section) is None
        with pytest.raises(NotVisible):
            actions.publish(owner=owner, entry_id=old.pk, by=system, at=AT)
        with pytest.raises(NotVisible):
            actions.write(owner=owner, writing=better, by=system, at=AT, entry_id=new.pk)


def test_a_changed_ground_asks_for_the_entry_to_be_looked_at(var: Path) -> None:
    with town() as (owner, system):
        ground = add(owner, system, note()).added[0].id
        entry = actions.write(
            owner=owner, writing=writing(section("市民課"), rests_on=ground), by=system, at=AT
        )
        assert not has_changed_ground(entry)
        add(owner, system, note(text="# 粗大ごみ\n\n手数料は、1点につき400円です。\n"))
        entry = FaqEntry.objects.select_related("rests_on").get(pk=entry.pk)
        assert has_changed_ground(entry)
        later = actions.write(
            owner=owner, writing=writing(section("市民課")), by=system, at=AT + timedelta(hours=1)
        )
        assert list(list_entries(owner)) == [entry, later], "what must be looked at again comes first"
        actions.end(owner=owner, entry_id=entry.pk, by=system, at=AT)
        actions.publish(owner=owner, entry_id=later.pk, by=system, at=AT)
        assert list(list_entries(owner)) == [later, entry], "what has ended comes last"


def test_what_no_document_may_hold_is_refused_while_it_is_written(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turned = Turned("faq.csv", Refused.because("suspicious"))
    monkeypatch.setattr(faq, "read", lambda *_, **__: Batch(refused=[turned]))
    with town() as (owner, system), pytest.raises(InvalidEntry) as refused:
        actions.write(owner=owner, writing=writing(section("市民課")), by=system, at=AT)
    assert refused.value.field == "answer"
    with town():
        assert not FaqEntry.objects.exists()


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("question", {"question": " "}),
        ("answer", {"answer": "あ" * 2_001}),
        ("valid_to", {"valid_to": TODAY - timedelta(days=1)}),
    ],
)
def test_what_cannot_stand_is_refused_by_its_field(field: str, facts: dict[str, object]) -> None:
    with town() as (owner, system):
        with pytest.raises(InvalidEntry) as refused:
            actions.write(owner=owner, writing=writing(section("市民課"), **facts), by=system, at=AT)
        assert refused.value.field == field
    with town(cast.MIDORINO):
        foreign = section("住民課")
    with town() as (owner, system), pytest.raises(InvalidEntry):
        actions.write(owner=owner, writing=writing(foreign), by=system, at=AT)
