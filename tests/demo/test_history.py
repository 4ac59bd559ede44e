"""The applications of the demo world, lived through in a test's own transaction."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now

from tests import cast
from yuimaru.demo import history
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.models import Case, Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]


@pytest.fixture
def lived(var: Path) -> datetime:
    """Everything that has happened by now."""
    moment = now()
    history.live_through(now=moment)
    return moment


def test_every_town_has_several_procedures_in_several_states(lived: datetime) -> None:
    steps: dict[str, set[str]] = {}
    for code in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA):
        town = get_municipality(code)
        with scope(Actor.system(town)):
            cases = Case.objects.filter(owner=town)
            assert len({case.kata for case in cases}) >= 2
            for case in cases:
                steps.setdefault(case.kata, set()).add(case.step)
            opened = Task.objects.filter(owner=town).values_list("opened_at", flat=True)
            assert all(lived - timedelta(days=60) < at <= lived for at in opened)
    assert {kata: len(found) >= 4 for kata, found in steps.items()} == dict.fromkeys(steps, True)
    assert steps["juminhyo-seikyu"] >= {"受付", "形式審査", "補正", "審査", "受取待ち", "発送済", "不交付"}
    assert steps["sodaigomi-moushikomi"] >= {"受付", "補正", "収集日の確定", "収集待ち", "完了"}


def test_the_joint_desk_has_copies_of_records_of_one_town_only(lived: datetime) -> None:
    waiting: Counter[str] = Counter()
    for code in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA):
        town = get_municipality(code)
        with scope(Actor.system(town)):
            open_tasks = Task.objects.filter(owner=town, kata="juminhyo-seikyu", done_at=None)
            waiting[code] = open_tasks.filter(waits_for=Task.Waits.JOINT).count()
    assert [(facts.giver, facts.kata) for facts in cast.MANDATES if facts.kata == "juminhyo-seikyu"] == [
        (cast.MIDORINO, "juminhyo-seikyu")
    ]
    assert waiting == {cast.OUMI: 0, cast.MIDORINO: 1, cast.TSUKIHAMA: 0}
