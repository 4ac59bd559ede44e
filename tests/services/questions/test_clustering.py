"""Questions without a good answer become topics of the sections, and stay where they were put."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.services.knowledge.town import AT, TODAY, add, note, town
from tests.services.questions.town import ask, kept, on_days, section, unhelpful
from yuimaru.services.questions import actions
from yuimaru.services.questions.models import Topic
from yuimaru.services.questions.queries import list_topics, remarks, with_examples, wordings
from yuimaru.services.questions.rules import alike

POOL = ("市民プールの営業時間を教えてください", "市民プールの営業時間はいつですか", "プールの営業時間")
PASSPORT = "パスポートの申請に必要なものは何ですか"
OPEN = [Topic.State.OPEN]


@pytest.mark.django_db
def test_what_asks_for_the_same_becomes_one_topic_of_a_section(var: Path) -> None:
    with town() as (owner, actor):
        add(owner, actor, note(section=section("環境課")))
        on_days(owner, POOL[0], 0, 3, 40)
        for words in (*POOL[1:], PASSPORT, "粗大ごみの手数料はいくらですか"):
            ask(owner, words)
        assert actions.cluster(owner=owner, at=AT) == actions.Clustered(6, 0, 2)
        pool, passport = with_examples(list_topics(owner, states=OPEN, on=TODAY))
        assert (pool.times, pool.lately, pool.before, pool.last_asked) == (5, 4, 1, TODAY)
        assert pool.topic.words == POOL[0]
        assert set(pool.examples) == set(POOL[1:])
        assert (passport.topic.words, passport.topic.section) == (PASSPORT, section("総合案内"))


@pytest.mark.django_db
def test_an_answer_that_did_not_help_is_the_section_of_its_document_to_better(var: Path) -> None:
    fee = "粗大ごみの手数料はいくらですか"
    with town() as (owner, actor):
        document = add(owner, actor, note(section=section("環境課"))).added[0]
        ask(owner, fee)
        actions.rate(fee, owner, unhelpful(reason="outdated", said="いまは400円です"), at=AT)
        actions.cluster(owner=owner, at=AT)
        [row] = list_topics(owner, states=OPEN, on=TODAY)
        assert row.topic.section == section("環境課")
        assert row.topic.document_id == document.id
        assert [(one.reason, one.said) for one in remarks(row.topic)] == [("outdated", "いまは400円です")]


@pytest.mark.django_db
def test_later_questions_join_the_topic_that_is_there(var: Path) -> None:
    with town() as (owner, actor):
        ask(owner, POOL[0], at=AT - timedelta(days=1))
        actions.cluster(owner=owner, at=AT)
        [topic] = Topic.objects.all()
        actions.settle(owner=owner, topic_id=topic.pk, state="later", by=actor, at=AT)
        ask(owner, POOL[1])
        assert actions.cluster(owner=owner, at=AT) == actions.Clustered(1, 1, 0)
        assert actions.cluster(owner=owner, at=AT) == actions.Clustered(0, 0, 0)
        topic.refresh_from_db()
        assert topic.state == Topic.State.LATER
        assert {one.topic_id for one in kept(owner)} == {topic.pk}
        assert [one.words for one in wordings(topic)] == [POOL[1], POOL[0]]


@pytest.mark.django_db
def test_a_topic_that_was_answered_opens_again_when_it_is_asked_in_vain(var: Path) -> None:
    with town() as (owner, actor):
        ask(owner, POOL[0])
        actions.cluster(owner=owner, at=AT)
        [topic] = Topic.objects.all()
        actions.settle(owner=owner, topic_id=topic.pk, state="answered", by=actor, at=AT)
        ask(owner, POOL[1], at=AT + timedelta(hours=1))
        actions.cluster(owner=owner, at=AT + timedelta(hours=2))
        topic.refresh_from_db()
        assert topic.state == Topic.State.ANSWERED, "it was asked on the day of the answer"
        ask(owner, POOL[2], at=AT + timedelta(days=1))
        actions.cluster(owner=owner, at=AT + timedelta(days=1))
        topic.refresh_from_db()
        assert (topic.state, topic.settled_on) == (Topic.State.OPEN, None)


def test_groups_join_from_the_nearest_on_and_kept_ones_stay_apart() -> None:
    near = np.array(
        [[1, 0.9, 0.1, 0.5], [0.9, 1, 0.1, 0.6], [0.1, 0.1, 1, 0.2], [0.5, 0.6, 0.2, 1]], np.float32
    )
    assert alike.joined(near, least=0.5) == [[0, 1, 3], [2]]
    assert alike.joined(near, least=0.6) == [[0, 1], [2], [3]]
    assert alike.joined(near, least=0.5, kept_apart=2) == [[0], [1, 3], [2]]
    assert alike.joined(np.zeros((0, 0), np.float32), least=0.5) == []
    assert alike.most_central(near, [0, 1, 3], [1, 1, 1, 1]) == 1
    assert alike.most_central(near, [0, 1, 3], [1, 1, 1, 30]) == 3


def test_meaning_joins_what_shares_no_word() -> None:
    texts = ["旅券の更新", "パスポートの期限が切れます", "ごみの収集日"]
    meanings = np.eye(4, dtype=np.float32)[[0, 0, 1]]
    ordinary = np.eye(4, dtype=np.float32)[[2, 3]]
    by_words = alike.likeness(texts, None, None)
    by_meaning = alike.likeness(texts, meanings, ordinary)
    assert alike.joined(by_words, least=alike.BY_WORDS) == [[0], [1], [2]]
    assert alike.joined(by_meaning, least=alike.BY_MEANING) == [[0, 1], [2]]
