"""A municipality's own questions say how sure an answer must be, within bounds, and only for itself."""

from __future__ import annotations

import pytest

from tests import cast
from tests.services.knowledge.town import AT, TODAY, add, note, town
from yuimaru.core.text.probes import Kind, Probe
from yuimaru.foundation.audit.models import Event
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.queries.evaluating import marks
from yuimaru.services.knowledge.rules.calibration import HIGHEST, LOWEST, Mark, TooFew, fitted
from yuimaru.services.knowledge.rules.outcome import ANSWER


def _marks(kind: Kind, *surenesses: float) -> list[Mark]:
    return [Mark(kind, sureness) for sureness in surenesses]


ANSWERED = _marks("answerable", *([0.9] * 30))


def test_the_lowest_limit_that_keeps_foreign_and_uncovered_questions_out() -> None:
    easy = [*ANSWERED, *_marks("unanswerable", *([0.1] * 20)), *_marks("off_topic", *([0.1] * 20))]
    assert fitted(easy) == LOWEST
    one_foreign = [*easy, *_marks("neighbour", 0.8)]
    assert fitted(one_foreign) == pytest.approx(0.81)
    uncovered = [*easy, *_marks("unanswerable", 0.6, 0.7, 0.72)]
    assert fitted(uncovered) == pytest.approx(0.61)  # 2 of 23 may stay
    assert fitted([*easy, *_marks("neighbour", 0.99)]) == HIGHEST


def test_a_small_set_sets_no_limit() -> None:
    with pytest.raises(TooFew, match="unanswerable: 0 / 20"):
        fitted(ANSWERED)


@pytest.mark.django_db
@pytest.mark.usefixtures("var")
def test_a_limit_holds_for_its_town_alone_and_is_in_the_log() -> None:
    question = "粗大ごみの手数料はいくらですか"
    with town(cast.MIDORINO) as (other, actor):
        add(other, actor, note())
    with town() as (owner, actor):
        add(owner, actor, note())
        (mark,) = marks(owner, [Probe("1", question, "answerable")], TODAY)
        assert ANSWER < mark.sureness < 1
        limit = (1 + mark.sureness) / 2
        actions.calibrate(owner=owner, limit=limit, questions=70, by=actor, at=AT)
        assert queries.ask(owner, question, TODAY).outcome == "close"
        actions.calibrate(owner=owner, limit=LOWEST, questions=70, by=actor, at=AT)
        assert queries.ask(owner, question, TODAY).outcome == "answer"
    with town(cast.MIDORINO) as (other, _):
        assert queries.answer_limit(other) == ANSWER
    assert Event.objects.filter(kind="answers.calibrated").count() == 2
