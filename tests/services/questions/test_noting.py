"""What is kept of a question, how often the same counts, and what a rating adds."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests import cast
from tests.services.knowledge.town import AT, TODAY, add, note, town
from tests.services.questions.town import ask, kept, unhelpful
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.rules import Forbidden
from yuimaru.services.knowledge import queries
from yuimaru.services.questions import actions
from yuimaru.services.questions.actions import noting
from yuimaru.services.questions.models import Question, Rating
from yuimaru.services.questions.queries import kept_days
from yuimaru.services.questions.rules.counting import KEPT_DAYS, InvalidDays, same

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
FEE = "粗大ごみの手数料はいくらですか"


def test_a_question_is_kept_with_what_it_led_to(var: Path) -> None:
    with town() as (owner, actor):
        added = add(owner, actor, note()).added[0]
        ask(owner, FEE)
        ask(owner, "カレーの作り方を教えてください", channel="api")
        fee, curry = kept(owner)
    assert (fee.words, fee.outcome, fee.channel, fee.day) == (FEE, "answer", "portal", TODAY)
    assert fee.document_id == added.id
    assert (curry.outcome, curry.channel, curry.document_id) == ("none", "api", None)


def test_a_question_that_goes_on_from_another_is_kept_as_it_was_understood(var: Path) -> None:
    with town() as (owner, _):
        answer = queries.ask(owner, "いくらですか", TODAY).as_json()
        actions.note_quietly(answer | {"understood": FEE}, owner, channel="portal", at=AT)
        assert [question.words for question in kept(owner)] == [FEE]


def test_personal_data_is_masked_before_it_is_kept_and_nothing_lies_open(var: Path) -> None:
    with town() as (owner, _):
        ask(owner, "090-0000-1234の山田花子です。転入届は何日以内ですか")
        [question] = kept(owner)
        columns = {str(getattr(question, field.attname)) for field in question._meta.concrete_fields}
    assert question.words == "〔電話1〕の〔氏名1〕です。転入届は何日以内ですか"
    assert not any("転入届" in column or "1234" in column for column in columns)


def test_the_same_words_within_ten_minutes_are_one_question(var: Path) -> None:
    with town() as (owner, _):
        for minutes in (0, 1, 9, 10, 11, 25):
            ask(owner, FEE, at=AT + timedelta(minutes=minutes))
        ask(owner, "粗大ごみの手数料はいくらですか？", at=AT + timedelta(minutes=26))
        ask(owner, FEE, at=AT + timedelta(days=1))
        assert [question.times for question in kept(owner)] == [3, 1]


@pytest.mark.parametrize(
    ("one", "other"), [("ごみは？", "ごみは"), ("ＡＢＣ の　申請。", "abc の 申請"), (" 転入届 ", "転入届")]
)
def test_width_case_and_the_sign_at_the_end_make_no_other_question(one: str, other: str) -> None:
    assert same(one) == same(other)


def test_a_town_may_keep_nothing(var: Path) -> None:
    with town() as (owner, actor):
        assert kept_days(owner) == KEPT_DAYS
        ask(owner, FEE)
        actions.keep_for(owner=owner, days=0, by=actor, at=AT)
        ask(owner, FEE)
        assert kept(owner) == []
        assert kept_days(owner) == 0


def test_what_is_older_than_its_time_is_deleted(var: Path) -> None:
    with town() as (owner, actor):
        for days in (31, 30, 0):
            ask(owner, FEE, at=AT - timedelta(days=days))
        assert actions.sweep(owner=owner, at=AT) == 0
        actions.keep_for(owner=owner, days=30, by=actor, at=AT)
        assert [question.day for question in kept(owner)] == [TODAY - timedelta(days=30), TODAY]
        with pytest.raises(InvalidDays):
            actions.keep_for(owner=owner, days=5_000, by=actor, at=AT)
        with pytest.raises(Forbidden):
            actions.keep_for(owner=owner, days=10, by=Actor.resident(owner), at=AT)


def test_a_question_that_cannot_be_kept_harms_nobody(
    var: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with town() as (owner, _):
        answer = queries.ask(owner, FEE, TODAY).as_json()

        def broken(*_: object, **__: object) -> None:
            raise OSError("no space left")

        monkeypatch.setattr(Question, "save", broken)
        actions.note_quietly(answer, owner, channel="portal", at=AT)
        assert kept(owner) == []
    assert f"a question to {cast.OUMI} was not kept" in caplog.text
    assert FEE not in caplog.text


def test_a_rating_marks_the_question_and_is_counted_once_for_each_page(var: Path) -> None:
    with town() as (owner, _):
        ask(owner, FEE)
        form = uuid4()
        said = "090-0000-1234に電話したら、400円と言われました"
        assert actions.rate(FEE, owner, unhelpful(form, reason="outdated", said=said), at=AT)
        assert actions.rate(FEE, owner, unhelpful(form, reason="wrong", said=said), at=AT)
        assert actions.rate(
            f"{FEE}？", owner, actions.Opinion(uuid4(), helpful=True), at=AT + timedelta(days=1)
        )
        told = [(one.helpful, one.reason, one.said) for one in Rating.objects.order_by("id")]
    assert told == [(False, "wrong", "〔電話1〕に電話したら、400円と言われました"), (True, "", "")]


def test_what_was_never_asked_cannot_be_rated(var: Path) -> None:
    with town() as (owner, _):
        ask(owner, FEE, at=AT - timedelta(days=2))
        ask(owner, "住民票はどこで取れますか", channel="api")
        assert not actions.rate(FEE, owner, unhelpful(), at=AT)
        assert not actions.rate("住民票はどこで取れますか", owner, unhelpful(), at=AT)
        assert not Rating.objects.exists()


def test_whoever_sends_more_than_people_ask_is_not_kept(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "MOST_A_DAY", 2)
    monkeypatch.setattr(noting, "MOST_RATINGS", 1)
    with town() as (owner, _):
        for number in range(4):
            ask(owner, f"{number}番の窓口はどこですか")
        assert len(kept(owner)) == 2
        assert actions.rate("0番の窓口はどこですか", owner, unhelpful(), at=AT)
        assert not actions.rate("0番の窓口はどこですか", owner, unhelpful(), at=AT)
        ask(owner, FEE, at=AT + timedelta(days=1))
        assert len(kept(owner)) == 3


def test_a_neighbour_keeps_its_own(var: Path) -> None:
    with town() as (owner, _):
        ask(owner, FEE)
    with town(cast.MIDORINO) as (other, _):
        assert kept(other) == []
        assert not actions.rate(FEE, other, unhelpful(), at=AT)
