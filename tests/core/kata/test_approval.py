"""起案・決裁 as a state machine: no route ends without a decision, the order holds, nobody signs twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuimaru.core.kata.approval import (
    BEFORE,
    SIGNED,
    VERDICTS,
    Circulation,
    Kind,
    Refused,
    State,
    Stop,
    Verdict,
    circulate,
    recall,
    sign,
)

ROUTE = (
    Stop(Kind.CIRCULATE, "係長", 1),
    Stop(Kind.CONSULT, "財政課長", 2),
    Stop(Kind.CONSULT, "総務課長", 2),
    Stop(Kind.DECIDE, "課長", 3),
    Stop(Kind.INFORM, "部長", 4),
)
PEOPLE = ("drafter", "a", "b", "c", "d", "e")


def open_posts(draft: Circulation) -> list[str]:
    return [mark.post for mark in draft.open]


def begun(barred: frozenset[str] = frozenset()) -> Circulation:
    return circulate(ROUTE, drafter="drafter", barred=barred)


def before_the_decision() -> Circulation:
    draft = sign(begun(), 0, by="a", verdict=Verdict.APPROVED)
    draft = sign(draft, 2, by="b", verdict=Verdict.AGREED)
    return sign(draft, 1, by="c", verdict=Verdict.DISAGREED, opinion="予算がありません。")


def test_the_usual_way() -> None:
    draft = begun()
    assert open_posts(draft) == ["係長"]
    draft = before_the_decision()
    assert open_posts(draft) == ["課長"]
    assert draft.marks[1].opinion == "予算がありません。"
    decided = sign(draft, 3, by="d", verdict=Verdict.APPROVED)
    assert (decided.state, open_posts(decided)) == (State.APPROVED, ["部長"])
    assert sign(decided, 4, by="e", verdict=Verdict.READ).open == ()


def test_consultations_of_one_place_stand_side_by_side() -> None:
    draft = sign(begun(), 0, by="a", verdict=Verdict.APPROVED)
    assert open_posts(draft) == ["財政課長", "総務課長"]
    assert open_posts(sign(draft, 2, by="b", verdict=Verdict.AGREED)) == ["財政課長"]


def test_a_deputy_decides_and_the_absent_one_looks_later_without_holding_anything_up() -> None:
    decided = sign(before_the_decision(), 3, by="a", verdict=Verdict.APPROVED, deputy=True)
    assert decided.state is State.APPROVED
    review = decided.marks[-1]
    assert (review.kind, review.post, review.of) == (Kind.REVIEW, "課長", 3)
    early = sign(begun(), 0, by="b", verdict=Verdict.APPROVED, deputy=True)
    assert {mark.kind for mark in early.open} == {Kind.CONSULT, Kind.REVIEW}


def test_a_return_ends_the_route_and_a_recall_is_the_drafters() -> None:
    returned = sign(before_the_decision(), 3, by="d", verdict=Verdict.RETURNED, opinion="金額を確かめる。")
    assert (returned.state, returned.open) == (State.RETURNED, ())
    assert recall(before_the_decision(), by="drafter").state is State.RECALLED
    for draft, by, code in (
        (begun(), "a", "drafter"),
        (returned, "drafter", "not_open"),
        (sign(before_the_decision(), 3, by="d", verdict=Verdict.APPROVED), "drafter", "not_open"),
    ):
        with pytest.raises(Refused) as refused:
            recall(draft, by=by)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("number", "by", "verdict", "opinion", "deputy", "code"),
    [
        (3, "d", Verdict.APPROVED, "", False, "not_open"),
        (9, "d", Verdict.APPROVED, "", False, "not_open"),
        (0, "a", Verdict.AGREED, "", False, "verdict"),
        (0, "a", Verdict.RETURNED, " ", False, "opinion"),
    ],
)
def test_what_is_refused_at_the_beginning(
    number: int, by: str, verdict: Verdict, opinion: str, deputy: bool, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        sign(begun(), number, by=by, verdict=verdict, opinion=opinion, deputy=deputy)
    assert refused.value.code == code


def test_who_is_barred_may_return_but_not_decide() -> None:
    draft = circulate(ROUTE[3:4], drafter="drafter", barred=frozenset({"drafter"}))
    for deputy in (False, True):
        with pytest.raises(Refused, match="barred"):
            sign(draft, 0, by="drafter", verdict=Verdict.APPROVED, deputy=deputy)
    returned = sign(draft, 0, by="drafter", verdict=Verdict.RETURNED, opinion="別の人に。")
    assert returned.state is State.RETURNED
    assert sign(draft, 0, by="d", verdict=Verdict.APPROVED).state is State.APPROVED


def test_nobody_signs_twice_in_their_own_right() -> None:
    with pytest.raises(Refused, match="twice"):
        sign(before_the_decision(), 3, by="a", verdict=Verdict.APPROVED)


def test_a_reader_has_no_deputy() -> None:
    decided = sign(before_the_decision(), 3, by="d", verdict=Verdict.APPROVED)
    with pytest.raises(Refused, match="verdict"):
        sign(decided, 4, by="e", verdict=Verdict.READ, deputy=True)


@pytest.mark.parametrize(
    "kinds", [(), (Kind.CIRCULATE,), (Kind.DECIDE, Kind.DECIDE), (Kind.DECIDE, Kind.REVIEW)]
)
def test_a_route_has_exactly_one_decision(kinds: tuple[Kind, ...]) -> None:
    with pytest.raises(Refused, match="route"):
        circulate([Stop(kind, "課長", 1) for kind in kinds], drafter="drafter")


stops = st.lists(
    st.builds(
        Stop,
        st.sampled_from([Kind.CIRCULATE, Kind.CONSULT, Kind.INFORM]),
        st.sampled_from(["係長", "課長", "部長"]),
        st.integers(0, 3),
    ),
    max_size=6,
)
tries = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.sampled_from(PEOPLE),
        st.sampled_from(list(Verdict)),
        st.booleans(),
        st.booleans(),
    ),
    max_size=40,
)


@given(stops, st.integers(0, 6), tries, st.frozensets(st.sampled_from(PEOPLE), max_size=3))
def test_whatever_is_tried_the_promises_hold(
    others: list[Stop],
    place: int,
    attempts: list[tuple[int, str, Verdict, bool, bool]],
    barred: frozenset[str],
) -> None:
    route = [*others[:place], Stop(Kind.DECIDE, "首長", 0), *others[place:]]
    draft = circulate(route, drafter="drafter", barred=barred)
    for number, by, verdict, deputy, written in attempts:
        earlier = draft
        try:
            draft = sign(
                draft, number, by=by, verdict=verdict, opinion="理由" if written else "", deputy=deputy
            )
        except Refused:
            continue
        mark = draft.marks[number]
        assert verdict in VERDICTS[mark.kind]
        if mark.kind in BEFORE:
            lower = [m for m in earlier.marks if m.kind in BEFORE and m.order < mark.order]
            assert all(m.verdict is not None for m in lower)
        if mark.kind is Kind.DECIDE:
            assert all(m.verdict is not None for m in draft.marks if m.kind in BEFORE)
            assert verdict is Verdict.RETURNED or by not in barred
        if mark.kind is Kind.INFORM:
            assert earlier.state is State.APPROVED
    _holds(draft)


def _holds(draft: Circulation) -> None:
    [decision] = [mark for mark in draft.marks if mark.kind is Kind.DECIDE]
    assert (draft.state is State.APPROVED) == (decision.verdict is Verdict.APPROVED)
    signed = [
        (mark.by, mark.deputy)
        for mark in draft.marks
        if mark.kind in SIGNED and mark.verdict not in (None, Verdict.RETURNED)
    ]
    assert len(signed) == len(set(signed))
    if draft.state is State.CIRCULATING:
        assert any(mark.kind in SIGNED for mark in draft.open), "it would wait for nobody"
    reviewed = [mark.of for mark in draft.marks if mark.kind is Kind.REVIEW]
    assert reviewed == [
        mark.of for mark in draft.marks if mark.of is not None and draft.marks[mark.of].deputy
    ]
