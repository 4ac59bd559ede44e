"""職 on a day: what posts are called in rules on decisions, who holds them, who stands in while somebody is away."""

from __future__ import annotations

from uuid import UUID

import pytest

from yuimaru.foundation.people.rules import Away, answers_to, is_head, rank_of, stand_ins

CHIEF, VICE, LEADER = (UUID(int=place) for place in (1, 2, 3))
ANN, BO, CY = (UUID(int=place) for place in (11, 12, 13))
HELD = {CHIEF: frozenset({ANN}), VICE: frozenset({BO}), LEADER: frozenset({CY})}


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("子ども課長", "課長"),
        ("手当係長", "係長"),
        ("副町長", "副町長"),
        ("総務課長補佐", "課長補佐"),
        ("手当係 主任", "主任"),
        ("共同利用推進室長", "室長"),
        ("町長", "町長"),
        ("番頭", ""),
    ],
)
def test_a_title_ends_in_its_rank(title: str, rank: str) -> None:
    assert rank_of(title) == rank


def test_rules_name_a_post_by_title_rank_or_as_the_head() -> None:
    assert answers_to("子ども課長", "子ども課長")
    assert answers_to("子ども課長", "課長")
    assert answers_to("村長", "首長")
    assert answers_to("番頭", "番頭")
    assert not answers_to("副町長", "町長")
    assert not answers_to("副町長", "首長")
    assert not answers_to("番頭", "")
    assert not answers_to("子ども課長", "住民課長")
    assert is_head("市長")
    assert not is_head("こども部長")


def test_nobody_stands_in_while_a_holder_is_there() -> None:
    assert stand_ins(CHIEF, HELD, []) == frozenset()
    away = [Away(None, ANN, (VICE,))]
    assert stand_ins(CHIEF, {**HELD, CHIEF: frozenset({ANN, CY})}, away) == frozenset()


def test_the_foremost_deputy_who_is_there_stands_in() -> None:
    for away in (Away(None, ANN, (VICE, LEADER)), Away(CHIEF, None, (VICE, LEADER))):
        assert stand_ins(CHIEF, HELD, [away]) == {BO}
        assert stand_ins(CHIEF, HELD, [away, Away(None, BO, (LEADER,))]) == {CY}
        assert stand_ins(CHIEF, HELD, [away, Away(VICE, None, (LEADER,))]) == {CY}
        assert stand_ins(CHIEF, {**HELD, VICE: frozenset()}, [away]) == {CY}
        assert stand_ins(CHIEF, {**HELD, VICE: frozenset({ANN})}, [away]) == {CY}


def test_a_vacant_post_needs_an_absence_of_its_own() -> None:
    vacant = {**HELD, CHIEF: frozenset()}
    assert stand_ins(CHIEF, vacant, [Away(None, BO, (LEADER,))]) == frozenset()
    assert stand_ins(CHIEF, vacant, [Away(CHIEF, None, (VICE,))]) == {BO}
