"""A model may say an answer in other words, and can do nothing else: lies, outages and limits."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import cast
from tests.integrations.llm.server import OUTAGES, Model, model, says
from tests.services.knowledge.town import AT, add, note, switch_on, terms, town
from yuimaru.demo.proofs.lies import QUOTES, replies
from yuimaru.foundation.audit.models import Event
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.models import Egress
from yuimaru.services.knowledge.rules import wording
from yuimaru.services.knowledge.rules.answer import Answer

SAME = "粗大ごみの手数料は1点につき300円です。"


@pytest.fixture
def server() -> Iterator[Model]:
    with model() as running:
        running.behaviour = says(_reply(SAME))
        yield running


@pytest.fixture
def oumi(db: None, var: object) -> Iterator[tuple[Organisation, Actor]]:
    with town() as (owner, actor):
        add(owner, actor, note())
        yield owner, actor


def _reply(*texts: str) -> str:
    return json.dumps({"sentences": [{"text": text, "quotes": [1]} for text in texts]}, ensure_ascii=False)


def _answer(owner: Organisation) -> Answer:
    answer = queries.ask(owner, "粗大ごみの手数料はいくらですか", AT.date())
    assert answer.outcome == "answer"
    return replace(answer, question=f"{answer.question}。電話は0599-40-0198です")


def test_an_answer_is_said_in_other_words_and_the_ledger_keeps_no_words(
    oumi: tuple[Organisation, Actor], server: Model
) -> None:
    owner, actor = oumi
    switch_on(owner, actor, server.url)
    (sentence,) = actions.word(_answer(owner), owner, at=AT)
    assert sentence == wording.Worded(SAME, (0,))
    sent = json.dumps(server.asked[0]["body"], ensure_ascii=False)
    assert "0599-40-0198" not in sent
    assert "〔電話1〕" in sent
    (line,) = Egress.objects.all()
    assert (line.outcome, line.masked, line.tokens_in, line.tokens_out) == ("shown", {"電話": 1}, 120, 40)
    kept = json.dumps([str(value) for value in vars(line).values()], ensure_ascii=False)
    assert "粗大ごみ" not in kept


def test_no_lie_of_three_hundred_is_shown() -> None:
    lies = list(replies())
    assert len(lies) >= 300
    shown = []
    for quote, reply, name in lies:
        try:
            shown.append((name, wording.verified(reply, [quote], "手続を教えてください")))
        except wording.Unusable:
            continue
    assert shown == []
    for quote in QUOTES:  # the counter-test: the same quotes said truly are shown
        assert wording.verified(_reply(quote), [quote])


def test_an_obedient_model_changes_nothing(oumi: tuple[Organisation, Actor], server: Model) -> None:
    """Through the real server: nothing shown, nothing written but the ledger, in time."""
    owner, actor = oumi
    switch_on(owner, actor, server.url, daily_tokens=10_000_000)
    answer, events = _answer(owner), Event.objects.count()
    for count, (_, reply, _) in enumerate(list(replies())[:64], 1):
        server.behaviour = says(reply)
        began = time.monotonic()
        assert actions.word(answer, owner, at=AT + timedelta(minutes=count)) == ()
        assert time.monotonic() - began < 3
    assert Egress.objects.count() == 64
    assert not Egress.objects.filter(outcome="shown").exists()
    assert Event.objects.count() == events


@pytest.mark.parametrize("outage", OUTAGES)
def test_in_an_outage_the_towns_own_sentences_are_shown_in_time(
    outage: str, oumi: tuple[Organisation, Actor], server: Model
) -> None:
    owner, actor = oumi
    switch_on(owner, actor, server.url)
    server.behaviour, named = OUTAGES[outage]
    began = time.monotonic()
    assert actions.word(_answer(owner), owner, at=AT) == ()
    assert time.monotonic() - began < 3
    assert Egress.objects.get().outcome == named


def test_after_three_failures_it_is_left_alone_for_a_minute(
    oumi: tuple[Organisation, Actor], server: Model
) -> None:
    owner, actor = oumi
    switch_on(owner, actor, server.url)
    answer = _answer(owner)
    server.behaviour = OUTAGES["server error"][0]
    for second in range(5):
        actions.word(answer, owner, at=AT + timedelta(seconds=second))
    assert len(server.asked) == 3
    server.behaviour = says(_reply(SAME))
    assert actions.word(answer, owner, at=AT + timedelta(seconds=63))


def test_the_budget_of_a_day_is_kept(oumi: tuple[Organisation, Actor], server: Model) -> None:
    owner, actor = oumi
    switch_on(owner, actor, server.url, daily_tokens=2_200)
    answer = _answer(owner)
    told = [actions.word(answer, owner, at=AT + timedelta(minutes=minute)) for minute in range(4)]
    assert [bool(each) for each in told] == [True, True, False, False]
    assert actions.word(answer, owner, at=AT + timedelta(days=1))


def test_switched_off_it_is_not_asked_again(oumi: tuple[Organisation, Actor], server: Model) -> None:
    owner, actor = oumi
    switch_on(owner, actor, server.url)
    actions.switch_model(owner=owner, on=False, by=actor, at=AT)
    assert actions.word(_answer(owner), owner, at=AT) == ()
    assert server.asked == []
    assert list(Event.objects.filter(kind__startswith="model.").values_list("kind", flat=True)) == [
        "model.set",
        "model.switched_on",
        "model.switched_off",
    ]


def test_a_key_stays_with_the_address_it_was_given_for(oumi: tuple[Organisation, Actor]) -> None:
    owner, actor = oumi
    switch_on(owner, actor, "https://one.example.jp/v1")
    for url, kept in (("https://one.example.jp/v1", "k"), ("https://other.example.jp/v1", "")):
        profile = actions.set_model(
            owner=owner, terms=terms(url), secret=None, accepts_abroad=False, by=actor, at=AT
        )
        assert profile.secret == kept


def test_terms_that_nobody_has_looked_at_for_long_stop_it(
    oumi: tuple[Organisation, Actor], server: Model
) -> None:
    owner, actor = oumi
    switch_on(owner, actor, server.url, checked_on=date(2025, 6, 1))
    assert actions.word(_answer(owner), owner, at=AT) == ()
    assert server.asked == []


def test_only_an_answer_is_worded(oumi: tuple[Organisation, Actor], server: Model) -> None:
    owner, actor = oumi
    switch_on(owner, actor, server.url)
    refused = queries.ask(owner, "富士山の高さは何メートルですか", AT.date())
    assert refused.outcome != "answer"
    assert actions.word(refused, owner, at=AT) == ()
    assert server.asked == []


@pytest.mark.parametrize(
    "facts",
    [
        {"url": "http://models.example.com/v1"},
        {"url": "https://user:key@models.example.com/v1"},
        {"url": "ftp://models.example.com"},
        {"url": "https://models.example.com/v1", "deployment": "global"},
        {"url": "https://models.example.com/v1", "deployment": "data_zone"},
        {"url": "http://10.0.0.5/v1", "kind": "azure"},
    ],
)
def test_what_would_carry_questions_anywhere_is_refused(
    facts: dict[str, str], oumi: tuple[Organisation, Actor]
) -> None:
    owner, actor = oumi
    told = terms(**facts)
    with pytest.raises(Forbidden):
        actions.set_model(owner=owner, terms=told, secret=None, accepts_abroad=False, by=actor, at=AT)
    assert queries.get_profile(owner) is None


def test_another_town_has_no_model_and_cannot_switch_this_one(
    oumi: tuple[Organisation, Actor], server: Model
) -> None:
    owner, actor = oumi
    switch_on(owner, actor, server.url)
    with town(cast.MIDORINO) as (other, stranger):
        assert queries.get_profile(other) is None
        with pytest.raises(NotVisible):
            actions.switch_model(owner=owner, on=False, by=stranger, at=AT)
        with pytest.raises(NotVisible):
            actions.switch_model(owner=other, on=True, by=stranger, at=AT)
