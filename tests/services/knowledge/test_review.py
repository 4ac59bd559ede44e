"""What is up for review: derived from what is so now, in every member at once, until somebody has looked."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests import cast
from tests.conftest import actor
from tests.core.japan.test_laws import FEES as BYLAW
from tests.services.knowledge.town import AT, FEES, TODAY, add, note, town
from yuimaru.core.text.probes import Probe
from yuimaru.foundation.audit.models import Event
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.interfaces.look import reviewing
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.rules.life import Unfit
from yuimaru.services.knowledge.rules.naming import is_same_law

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

DAY = timedelta(days=1)
FAQ = "# よくある質問\n\n粗大ごみの手数料は、1点につき300円です。\n"
LATER = BYLAW.replace("申請のときに", "交付のときに")
NAMING = "# 証明書\n\n手数料は青海市手数料条例第2条のとおりです。免除は手数料条例第３条によります。\n"


def told(owner: Organisation) -> list[tuple[str, str]]:
    return [(one.title, one.cause.reason) for one in reviewing.to_review(owner, on=TODAY)]


def resting(code: str, ground: UUID) -> UUID:
    """An entry of a town that was made from a document."""
    with town(code) as (owner, system):
        (faq,) = add(owner, system, note("faq.md", FAQ)).added
        actions.rest_on(document_id=faq.id, grounds=[ground], by=system, at=AT)
        return faq.id


def test_what_rests_on_a_document_is_up_for_review_when_that_changes() -> None:
    with town() as (owner, system):
        (ground,) = add(owner, system, note()).added
        resting(cast.OUMI, ground.id)
        assert told(owner) == []
        add(owner, system, note(text=FEES.replace("300", "400")), at=AT + DAY)
        assert told(owner) == [("よくある質問", "revised")]
        (one,) = reviewing.to_review(owner, on=TODAY)
        assert one.cause.since == (AT + DAY).date()
        actions.confirm(owner=owner, subject=one.subject, cause=one.cause.key, by=system, at=AT + DAY)
        assert told(owner) == []
        (third,) = add(owner, system, note(text=FEES.replace("300", "500")), at=AT + 2 * DAY).added
        assert told(owner) == [("よくある質問", "revised")]
        actions.withdraw(document_id=third.id, by=system, at=AT + 3 * DAY)
        assert told(owner) == [("よくある質問", "withdrawn")]


def test_days_that_run_out() -> None:
    with town() as (owner, system):
        (ground,) = add(owner, system, note(valid_to=TODAY + 30 * DAY)).added
        resting(cast.OUMI, ground.id)
        assert sorted(told(owner)) == [("よくある質問", "near"), ("粗大ごみ", "near")]
        later = TODAY + 31 * DAY
        assert [(one.title, one.cause.reason) for one in reviewing.to_review(owner, on=later)] == [
            ("よくある質問", "expired")
        ]


def test_what_happens_at_the_centre_shows_in_its_members() -> None:
    with town(cast.CONSORTIUM) as (centre, system):
        (ground,) = add(centre, system, note()).added
        actions.share(document_id=ground.id, on=True, by=system, at=AT)
    resting(cast.OUMI, ground.id)
    with town(cast.MIDORINO) as (owner, system):
        add(owner, system, note())
    with town(cast.CONSORTIUM) as (centre, system):
        add(centre, system, note(text=FEES.replace("300", "400")), at=AT + DAY)
    with town() as (owner, _):
        assert told(owner) == [("よくある質問", "revised")]
    with town(cast.MIDORINO) as (owner, _):
        assert told(owner) == [("粗大ごみ", "centre")]
    with town(cast.CONSORTIUM) as (centre, system):
        (now,) = queries.list_documents(centre)
        actions.share(document_id=now.pk, on=False, by=system, at=AT + 2 * DAY)
        queries.get_document(ground.id)
    with town(cast.TSUKIHAMA) as (owner, _):
        assert told(owner) == []


def test_a_document_rests_on_nothing_that_its_owner_may_not_read() -> None:
    with town(cast.MIDORINO) as (owner, system):
        (foreign,) = add(owner, system, note()).added
    with town() as (owner, system):
        (own,) = add(owner, system, note()).added
        with pytest.raises(NotVisible):
            actions.rest_on(document_id=own.id, grounds=[foreign.id], by=system, at=AT)


def test_a_changed_article_flags_what_names_it_and_nothing_else() -> None:
    with town() as (owner, system):
        add(owner, system, note("reiki.md", BYLAW, title="青海市手数料条例"))
        add(owner, system, note("shomei.md", NAMING), note("other.md", NAMING.replace("第2条", "第1条")))
        assert told(owner) == []
        (new,) = add(owner, system, note("reiki.md", LATER, title="青海市手数料条例"), at=AT + DAY).added
        assert told(owner) == [("証明書", "article")]
        (one,) = reviewing.to_review(owner, on=TODAY)
        assert (one.cause.title, one.kind) == ("青海市手数料条例第2条", "document")
        compared = queries.compared(queries.get_document(new.id))
        assert [(change.number, change.change) for change in compared] == [("2", "changed")]
        add(owner, system, note("shomei.md", NAMING + "\n改めました。\n"), at=AT + 2 * DAY)
        assert told(owner) == []


def test_a_law_that_somebody_notes_as_changed_flags_kata_and_documents_of_members_too() -> None:
    with town() as (owner, system):
        text = "# 手当\n\n児童手当法第4条第1項に当たる方に支給します。\n"
        add(owner, system, note("teate.md", text))
    with town(cast.CONSORTIUM) as (centre, system):
        actions.note_article_change(owner=centre, law="児童手当法", article="４", by=system, at=AT + DAY)
    with town() as (owner, _):
        assert ("手当", "article") in told(owner)
        assert [one.id for one in reviewing.to_review(owner, on=TODAY) if one.kind == "kata"] == [
            "jidou-teate"
        ]
        named = reviewing.naming(owner, "児童手当法", "4")
        assert {one.kind for one in named} == {"kata", "document"}
        assert all(one.article == "4" for one in named)
        assert {one.kind for one in reviewing.naming(owner, "行政不服審査法", "18")} == {"notice"}
        assert "児童手当法" in reviewing.laws(owner)
    with town(cast.CENTRE) as (owner, _):
        assert told(owner) == []


@pytest.mark.parametrize(
    ("law", "article"), [("", "4"), ("児童手当法", ""), ("児童手当法", "x"), ("手当", "4")]
)
def test_what_is_no_article(law: str, article: str) -> None:
    with town() as (owner, system), pytest.raises(Unfit):
        actions.note_article_change(owner=owner, law=law, article=article, by=system, at=AT)


def test_questions_whose_quote_is_gone() -> None:
    quote = "粗大ごみの手数料は、1点につき300円です。"
    probes = [
        Probe("a", "粗大ごみはいくら", "answerable", "sodai.md", quote),
        Probe("b", "天気は", "off_topic"),
    ]
    with town() as (owner, system):
        add(owner, system, note())
        assert queries.questions_to_review(owner, probes, on=TODAY) == []
        add(owner, system, note(text=FEES.replace("300", "400")), at=AT + DAY)
        (one,) = queries.questions_to_review(owner, probes, on=TODAY)
        assert (one.kind, one.id, one.place) == ("question", "a", quote)


def test_looking_is_one_recorded_act_of_somebody_who_may() -> None:
    clerk = actor("oumi-clerk")
    with town() as (owner, system):
        for _ in range(2):
            actions.confirm(owner=owner, subject="kata:jidou-teate", cause="change:x", by=system, at=AT)
        assert Event.objects.filter(kind="documents.reviewed", owner_id=owner.pk).count() == 1
        with pytest.raises(Forbidden):
            actions.confirm(owner=owner, subject="kata:jidou-teate", cause="change:x", by=clerk, at=AT)
        with pytest.raises(Unfit):
            actions.confirm(owner=owner, subject="<b>", cause="", by=system, at=AT)


def test_references_are_indexed_again_with_the_rest() -> None:
    with town() as (owner, system):
        add(owner, system, note("shomei.md", NAMING))
        before = [str(one) for one in queries.documents_naming(owner)]
        assert len(before) == 2
        actions.reindex(owner=owner, by=system, at=AT)
        assert [str(one) for one in queries.documents_naming(owner)] == before
        assert queries.laws_named(owner) == ["手数料条例", "青海市手数料条例"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("児童手当法", "児童手当法", True),
        ("手数料条例", "青海市手数料条例", True),
        ("青海市手数料条例", "手数料条例", True),
        ("条例", "青海市手数料条例", False),
        ("手当法", "児童手当法", False),
        ("手数料条例", "青海市手数料条例施行規則", False),
    ],
)
def test_names_of_the_same_law(one: str, other: str, same: bool) -> None:
    assert is_same_law(one, other) is same
