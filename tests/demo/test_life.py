"""The demo's shared and internal documents: the pages about their life have something to show."""

from __future__ import annotations

import pytest

from tests import cast
from tests.conftest import actor
from tests.services.knowledge.town import AT, TODAY, town
from yuimaru.demo import life
from yuimaru.interfaces.look.reviewing import to_review
from yuimaru.services.knowledge.queries import ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]


def test_the_demo_s_documents_live() -> None:
    assert life.is_missing()
    life.add(at=AT)
    assert not life.is_missing()
    clerk = actor("midorino-clerk")
    with town(cast.MIDORINO) as (owner, _):
        reasons = [(one.title, one.cause.reason) for one in to_review(owner, on=TODAY)]
        assert ("年末の窓口体制（職員用）", "near") in reasons
        assert ("みどり野町 窓口事務の手引き（職員用）", "article") in reasons
        question = "オンライン申請を使える時間"
        (sentence, *_rest) = ask(owner, question, TODAY).sentences
        assert sentence.citations[0].sharer == "汐見県共同利用団体"
        internal = "年内に終わらない申請の一覧はだれに渡しますか"
        assert ask(owner, internal, TODAY).outcome != "answer"
        assert ask(owner, internal, TODAY, reader=clerk).outcome == "answer"
