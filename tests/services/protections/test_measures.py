"""Measures are recorded, extended and lifted by those named for it, and find who they are about without naming them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import cast
from tests.conftest import actor
from tests.services.cases import flow
from yuimaru.core.kata.program import Program
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.files.actions import store
from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.keys.actions import destroy_key
from yuimaru.foundation.people import actions as people
from yuimaru.foundation.people.models import Section, User
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.actions import resubmit
from yuimaru.services.catalogue.queries import get_adopted
from yuimaru.services.procedures.models import Submission
from yuimaru.services.protections import actions, queries, rules
from yuimaru.services.protections.models import Measure, Trait

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

OFFICER = "midorino-support"
HER, READING, BORN = "森下 大地", "モリシタ ダイチ", date(1995, 3, 14)  # RESIDENTS[5] as she applies
APPLICANT = cast.RESIDENTS[5]


def protect(login: str = OFFICER, **changed: Any) -> Measure:
    """A measure from today for a year."""
    by = actor(login)
    given = {
        "name": HER, "kana": READING, "born": BORN,
        "since": flow.TODAY, "until": rules.a_year_on(flow.TODAY), **changed,
    }  # fmt: skip
    with scope(by):
        return actions.protect(owner=get_municipality(cast.MIDORINO), by=by, at=flow.NOW, **given)


def sent(**changed: object) -> str:
    """The number of an application of hers in her town."""
    filled = flow.draft(cast.MIDORINO, APPLICANT, **changed)
    return flow.send(filled, key=f"key-{filled.pk}").number


def sees(login: str, number: str, on: date = flow.TODAY) -> bool:
    """Whether somebody can open the case's open task on a day."""
    task = flow.waiting(flow.case(cast.MIDORINO, number))
    try:
        flow.open_task(login, task.pk, on)
    except NotVisible:
        return False
    return True


def subject(number: str) -> Any:
    return flow.case(cast.MIDORINO, number).submission.key_id


def done(act: Callable[..., Any], measure: Measure, login: str = OFFICER, **given: Any) -> Any:
    by = actor(login)
    with scope(by):
        return act(owner=measure.owner, measure_id=measure.pk, by=by, at=flow.NOW, **given)


OTHERS = ("midorino-clerk", "midorino-decider", "midorino-counter", "centre-agent", "centre-lead")


def test_what_she_sends_waits_for_the_officials_named_for_it() -> None:
    protect()
    number = sent()
    assert sees(OFFICER, number)
    assert not any(sees(login, number) for login in OTHERS)


def test_what_she_sent_before_is_found_as_well() -> None:
    number = sent()
    assert all(sees(login, number) for login in OTHERS)
    protect()
    assert not any(sees(login, number) for login in OTHERS)


@pytest.mark.parametrize(
    "changed",
    [
        {"氏名": "森下大地"},
        {"氏名": "森下　大地"},
        {"氏名": "守下 大地"},  # by the reading
        {"フリガナ": "モリシタ タイチ"},  # by the name
        {"氏名": "別人 一", "フリガナ": "ベツジン イチ", "児童": [
            {**cast.answers(APPLICANT, sent_on=flow.TODAY)["児童"][0], "児童氏名": HER, "生年月日": "1995-03-14"}]},
    ],
)  # fmt: skip
def test_other_ways_to_name_her_are_found(changed: dict[str, Any]) -> None:
    protect()
    answers = {**cast.answers(APPLICANT, sent_on=flow.TODAY), **changed}
    assert concerned(answers)


def concerned(answers: dict[str, Any], kata: str = "jidou-teate") -> bool:
    """Whether the answers of a form of her town speak of her."""
    town = get_municipality(cast.MIDORINO)
    with scope(Actor.system(town)):
        program: Program = get_adopted(town, kata, on=flow.TODAY).program
        traits = set(Trait.objects.values_list("digest", flat=True))
    return bool(traits & {queries.digest(town.pk, one) for one in rules.mentions(program, answers)})


def test_somebody_who_asks_for_her_record_is_found_by_her_name_alone() -> None:
    protect()
    assert concerned(
        {"氏名": "他人 太郎", "請求者生年月日": "1980-01-01", "対象者氏名": HER}, "juminhyo-seikyu"
    )


def test_a_namesake_with_another_date_of_birth_is_not_held_up() -> None:
    protect()
    assert not concerned({"氏名": HER, "請求者生年月日": "1960-01-01"})
    assert sees("midorino-clerk", sent(請求者生年月日="1960-01-01"))


def test_another_town_is_not_concerned() -> None:
    protect()
    case = flow.case(cast.OUMI, flow.send(flow.draft(cast.OUMI, APPLICANT)).number)
    assert flow.open_task("oumi-clerk", flow.waiting(case).pk)


def test_nobody_else_records_extends_or_lifts() -> None:
    measure = protect()
    for login in ("midorino-clerk", "midorino-decider", "midorino-admin"):
        with pytest.raises(Forbidden):
            protect(login)
        with pytest.raises(Forbidden):
            done(actions.lift, measure, login)
        with pytest.raises(Forbidden):
            done(actions.extend, measure, login, until=date(2027, 12, 1))


def test_it_holds_from_the_first_to_the_last_day() -> None:
    tomorrow = flow.TODAY + timedelta(days=1)
    measure = protect(since=tomorrow, until=tomorrow + timedelta(days=30))
    number = sent()
    assert sees("centre-agent", number)
    assert not sees("centre-agent", number, tomorrow)
    assert not sees("centre-agent", number, measure.until)
    assert sees("centre-agent", number, measure.until + timedelta(days=1))


def test_extending_and_lifting() -> None:
    measure = protect()
    number = sent()
    extended = done(actions.extend, measure, until=rules.a_year_on(measure.until))
    assert extended.until == date(2028, 11, 20)
    for until in (extended.until, date(2030, 1, 1)):
        with pytest.raises(rules.InvalidMeasure):
            done(actions.extend, measure, until=until)
    done(actions.lift, measure)
    assert sees("centre-agent", number)
    with pytest.raises(rules.InvalidMeasure):
        done(actions.lift, measure)
    with pytest.raises(rules.InvalidMeasure):
        done(actions.extend, measure, until=date(2029, 1, 1))


@pytest.mark.parametrize(
    "given",
    [
        {"name": "　"},
        {"until": flow.TODAY - timedelta(days=1)},
        {"until": flow.TODAY + timedelta(days=366)},
        {"since": flow.TODAY + timedelta(days=9), "until": flow.TODAY + timedelta(days=8)},
    ],
)
def test_what_cannot_stand_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(rules.InvalidMeasure):
        protect(**given)


def test_a_year_from_the_leap_day_ends_in_february() -> None:
    assert rules.a_year_on(date(2028, 2, 29)) == date(2029, 2, 28)


def test_an_application_of_somebody_else_is_given_back() -> None:
    measure = protect()
    number = sent(**with_file())
    assert not sees("centre-agent", number)
    done(actions.release, measure, subject=subject(number))
    assert sees("centre-agent", number)
    with scope(Actor.system(measure.owner)):
        assert queries.subjects_of(measure) == []
    with pytest.raises(NotVisible):
        done(actions.release, measure, subject=measure.key_id)


def with_file() -> dict[str, object]:
    """A bank book that goes with the application."""
    town = get_municipality(cast.MIDORINO)
    by = Actor.resident(town)
    with scope(by):
        file = store(
            b"%PDF-1.7", name="口座.pdf", media_type="application/pdf", owner=town, purpose="attachment",
            by=by, at=flow.NOW,
        )  # fmt: skip
    return {
        "口座の写し": {
            "id": str(file.pk),
            "name": file.name,
            "size": file.size,
            "media_type": file.media_type,
        }
    }


def test_the_files_that_came_with_it_are_withheld_too() -> None:
    protect()
    sent(**with_file())
    clerk, officer = actor("midorino-clerk"), actor(OFFICER)
    with scope(officer):
        [key] = StoredFile.objects.filter(purpose="attachment").values_list("key_id", flat=True)
        assert queries.is_withheld(key, actor=clerk, on=flow.TODAY)
        assert not queries.is_withheld(key, actor=officer, on=flow.TODAY)
        assert not queries.is_withheld(None, actor=clerk, on=flow.TODAY)


def test_to_the_officials_whereabouts_are_shown_for_a_purpose_only() -> None:
    protect()
    task = flow.waiting(flow.case(cast.MIDORINO, sent()))
    opened = flow.open_task(OFFICER, task.pk)
    assert opened.concerned
    assert {opened.visibility(item) for item in ("住所", "電話", "メール")} == {"masked"}
    assert opened.visibility("氏名") == "shown"


def test_a_destroyed_application_is_passed_over() -> None:
    number = sent()
    submission = flow.case(cast.MIDORINO, number).submission
    destroy_key(key=submission.key, owner=cast.MIDORINO, by="test", at=flow.NOW)
    with scope(Actor.system(submission.owner)):
        assert queries.subjects_of(protect()) == []


def test_a_correction_that_names_her_is_found() -> None:
    protect()
    number = sent(氏名="別人 一", フリガナ="ベツジン イチ")
    case = flow.case(cast.MIDORINO, number)
    flow.act("centre-agent", case, "補正を求める", "氏名を確かめてください。")
    by = Actor.resident(case.owner)
    with scope(by):
        given = {**case.submission.answers, "氏名": HER}
        resubmit(case=flow.case(cast.MIDORINO, number), answers=given, key="again-12345", by=by, at=flow.NOW)
    assert not sees("centre-agent", number)
    assert sees(OFFICER, number)


def test_no_table_and_no_log_names_her(var: Path) -> None:
    measure = protect()
    sent()
    done(actions.open_measure, measure)
    with connection.cursor() as cursor:
        for table in ("protections_measure", "protections_trait", "protections_concern"):
            with scope(Actor.system(measure.owner)):
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
                rows = cursor.fetchall()
            assert rows
            assert not any(word in str(rows) for word in (HER, "森下", READING, "1995-03-14"))
    events = [entry for entry in audit.latest(measure.owner_id, 20) if entry.kind.startswith("protection.")]
    assert {entry.kind for entry in events} == {"protection.recorded", "protection.opened"}
    assert not any(word in str(entry.data) for entry in events for word in (HER, READING, "1995"))


def test_recording_is_the_only_trace_that_the_log_keeps_of_a_find() -> None:
    """An event beside that of the application would tell everybody who reads the log."""
    plain = [entry.kind for entry in kinds_of(sent())]
    protect()
    found = [entry.kind for entry in kinds_of(sent())]
    assert plain == found


def kinds_of(number: str) -> list[Any]:
    """What the log gained by an application, besides what names no number."""
    owner = get_municipality(cast.MIDORINO)
    return [entry for entry in audit.latest(owner.pk, 10) if entry.data.get("number") == number]


def test_a_decider_named_for_it_too_decides() -> None:
    protect()
    case = flow.case(cast.MIDORINO, sent())
    flow.act(OFFICER, case, "不備なし")
    flow.act(OFFICER, case, "認定案")
    flow.draft_decision(case, OFFICER)
    with pytest.raises(Forbidden):
        flow.sign(OFFICER, case)
    for login in ("midorino-leader", "midorino-decider"):
        with pytest.raises(NotVisible):
            flow.sign(login, case)
    by = Actor.system(case.owner)
    with scope(by):
        section = Section.objects.get(name="子ども課")
        post = people.create_post(
            section=section, title="支援担当", role=Role.PROTECTION_OFFICER, by=by, at=flow.NOW
        )
        for login in ("midorino-leader", "midorino-decider"):
            named = User.objects.get(login=login)
            people.assign(user=named, post=post, since=date(2026, 4, 1), by=by, at=flow.NOW)
    flow.act("midorino-decider", case, "承認")
    assert flow.case(cast.MIDORINO, case.number).outcome == "accepted"


def test_a_thousand_earlier_applications_are_searched_in_seconds() -> None:
    """Recording holds the store's one writer; a town of 30,000 sends some thousands a year."""
    town = get_municipality(cast.MIDORINO)
    with scope(Actor.system(town)):
        model = flow.case(cast.MIDORINO, sent()).submission
        answers = model.answers
        for place in range(1000):
            copy = Submission(owner=town, key=model.key, number=f"2610-0000-{place:04d}", kata=model.kata)
            copy.definition_id, copy.channel = model.definition_id, model.channel
            copy.today, copy.submitted_at = model.today, model.submitted_at
            copy.answers = answers
            copy.save(force_insert=True)
    began = time.process_time()
    protect(name="他人 花子", kana="タニン ハナコ")
    assert time.process_time() - began < 5
