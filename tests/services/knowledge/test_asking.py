"""Asking: only what is in force today, only one's own, every word verbatim, and honest about not knowing."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests import cast
from tests.services.knowledge.town import AT, FEES, TODAY, add, note, town
from yuimaru.foundation.people.models import Section
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge import actions, queries
from yuimaru.services.knowledge.rules.answer import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

QUESTION = "粗大ごみの手数料はいくらですか"


def ask(owner: Organisation, question: str = QUESTION, today: date = TODAY) -> Answer:
    return queries.ask(owner, question, today)


def test_an_answer_quotes_word_for_word_with_its_place() -> None:
    with town() as (owner, actor):
        (added,) = add(owner, actor, note()).added
        answer = ask(owner)
        start = queries.get_document(added.id).text.index("粗大ごみの手数料は")
        assert answer.as_json() == {
            "municipality": cast.OUMI,
            "question": QUESTION,
            "outcome": "answer",
            "answered": True,
            "sentences": [
                {
                    "text": "粗大ごみの手数料は、1点につき300円です。",
                    "citations": [
                        {
                            "document": {
                                "id": str(added.id),
                                "title": "粗大ごみ",
                                "revision": 1,
                                "valid_from": "2026-04-01",
                            },
                            "location": {
                                "page": None,
                                "sheet": None,
                                "cell": None,
                                "heading": "手数料",
                                "machine_read": False,
                            },
                            "quote": "粗大ごみの手数料は、1点につき300円です。",
                            "url": f"/m/{cast.OUMI}/documents/{added.id}?s={start}-{start + 22}#p-1",
                        }
                    ],
                }
            ],
            "close": [],
            "refusal": None,
            "correction": None,
            "unanswered": [],
        }


def test_without_documents_nothing_is_answered() -> None:
    with town() as (owner, _):
        answer = ask(owner)
        assert answer.outcome == "none"
        assert answer.refusal is not None
        assert "0件" in answer.refusal.message
        assert answer.as_json()["sentences"] == answer.as_json()["close"] == []


@pytest.mark.parametrize(
    "question", ["", "   ", "。、？！", "\x00", "あ" * 5_000, '"OR" AND NOT (x*) ^"', "NEAR(a b)"]
)
def test_any_question_gets_an_outcome(question: str) -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        assert ask(owner, question).outcome == "none"


def test_a_new_revision_answers_instead_of_the_old_one() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        assert "300円" in ask(owner).sentences[0].text
        add(owner, actor, note(text=FEES.replace("300", "400")), at=AT + timedelta(minutes=1))
        assert [sentence.text for sentence in ask(owner).sentences] == [
            "粗大ごみの手数料は、1点につき400円です。"
        ]


def test_what_is_withdrawn_expired_not_yet_valid_or_for_staff_is_never_quoted() -> None:
    with town() as (owner, actor):
        (gone,) = add(owner, actor, note("gone.md")).added
        ask(owner)
        actions.withdraw(document_id=gone.id, by=actor, at=AT)
        add(owner, actor, note("over.md", valid_to=TODAY - timedelta(days=1)))
        add(owner, actor, note("soon.md", valid_from=TODAY + timedelta(days=1)))
        add(owner, actor, note("staff.md", audience="staff"))
        assert ask(owner).outcome == "none"
        assert ask(owner, today=TODAY + timedelta(days=1)).outcome == "answer"


def test_the_last_day_still_counts() -> None:
    with town() as (owner, actor):
        add(owner, actor, note(valid_from=TODAY, valid_to=TODAY))
        outcomes = [ask(owner, today=TODAY + timedelta(days=shift)).outcome for shift in (-1, 0, 1)]
        assert outcomes == ["none", "answer", "none"]


def test_an_index_that_is_behind_shows_nothing_that_no_longer_holds() -> None:
    """The index is only a cache: here it still holds a document that the database no longer has in force."""
    with town() as (owner, actor):
        (added,) = add(owner, actor, note()).added
        assert ask(owner).outcome == "answer"
        document = queries.get_document(added.id)
        document.valid_to = TODAY - timedelta(days=1)
        document.save(update_fields=["valid_to"])
        assert ask(owner).outcome == "none"


def test_a_damaged_or_lost_index_is_built_again() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        assert ask(owner).outcome == "answer"
        folder: Path = settings.VAR / "index" / owner.code
        (current,) = folder.glob("*-*")
        assert (folder / "CURRENT").read_text() == current.name
        shutil.rmtree(current)
        assert ask(owner).outcome == "answer"
        (current,) = folder.glob("*-*")
        (current / "words.sqlite").write_bytes(b"damaged")
        actions.reindex(owner=owner, by=actor, at=AT)
        (folder / "CURRENT").unlink()
        assert ask(owner).outcome == "answer"


def test_each_town_answers_from_its_own_documents() -> None:
    for code, fee in ((cast.OUMI, "300"), (cast.MIDORINO, "500")):
        with town(code) as (owner, actor):
            add(owner, actor, note(text=FEES.replace("300", fee)))
    for code, fee in ((cast.OUMI, "300円"), (cast.MIDORINO, "500円")):
        with town(code) as (owner, _):
            (sentence,) = ask(owner).sentences
            assert fee in sentence.text
    with town(cast.TSUKIHAMA) as (owner, _):
        assert ask(owner).outcome == "none"


def test_a_wider_scope_does_not_widen_the_answer() -> None:
    from yuimaru.foundation.tenancy.queries import get_organisation
    from yuimaru.foundation.tenancy.scope import open_for

    here, there = get_organisation(cast.OUMI), get_organisation(cast.MIDORINO)
    with town(cast.MIDORINO) as (owner, actor):
        add(owner, actor, note())
    with open_for((here.pk, there.pk)):
        assert ask(here).outcome == "none"
        assert ask(there).outcome == "answer"


def test_the_contact_is_the_section_of_the_closest_document_else_the_general_one() -> None:
    with town() as (owner, actor):
        section = Section.objects.exclude(is_general=True)[0]
        general = Section.objects.get(is_general=True)
        add(owner, actor, note(section=section))
        assert ask(owner).contact.section == section.name
        close = ask(owner, "粗大ごみの収集でリサイクルするものは")
        assert close.outcome == "close"
        assert close.refusal is not None
        assert close.refusal.contact.phone == section.phone
        assert "リサイクル" in close.refusal.message
        nothing = ask(owner, "おすすめの映画")
        assert nothing.refusal is not None
        assert (nothing.refusal.reason, nothing.refusal.contact.section) == ("off_topic", general.name)


def test_what_is_asked_without_is_not_answered_with() -> None:
    with town() as (owner, actor):
        add(
            owner,
            actor,
            note("a.md", "# 住民票\n\n住民票の写しの請求には本人確認書類を窓口で見せてください。\n"),
        )
        assert ask(owner, "住民票の写しの請求に本人確認書類").outcome == "answer"
        assert ask(owner, "本人確認書類なしで住民票の写しの請求").outcome == "close"


def test_an_answer_is_plain_json() -> None:
    with town() as (owner, actor):
        add(owner, actor, note())
        assert json.loads(json.dumps(ask(owner).as_json()))["answered"] is True
