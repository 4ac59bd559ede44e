"""One key, one act: whatever is repeated, interrupted, taken over or forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import cast
from tests.services.cases import flow
from yuimaru.foundation.jobs.actions import Run
from yuimaru.foundation.jobs.models import Job
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions
from yuimaru.services.cases.models import Case
from yuimaru.services.procedures import jobs, queries
from yuimaru.services.procedures.actions import keys, once
from yuimaru.services.procedures.models import SentKey, Submission
from yuimaru.services.procedures.rules import KEY_LEASE, KEY_LIFE, KeyInFlight, KeyReused

pytestmark = pytest.mark.django_db
KATA = "jidou-teate"


@pytest.fixture
def town() -> Iterator[Organisation]:
    """青海市, with its scope open."""
    body = get_municipality(cast.OUMI)
    with scope(Actor.resident(body)):
        yield body


def send(town: Organisation, *, key: str = flow.KEY, at: datetime = flow.NOW, **changed: object) -> str:
    """Send the answers of a resident as another system would; gives the number."""
    answers = {**cast.answers(cast.RESIDENTS[0], sent_on=flow.TODAY), **changed}
    by = Actor.resident(town)
    receipt = actions.submit_answers(owner=town, kata=KATA, answers=answers, key=key, by=by, at=at)
    return receipt.number


def in_flight(town: Organisation, *, digest: str | None = None, used_at: datetime = flow.NOW) -> SentKey:
    """The row that a post leaves behind while it is worked on, or for ever when its process died."""
    answers = cast.answers(cast.RESIDENTS[0], sent_on=flow.TODAY)
    own = digest or queries.digest_of("answers", KATA, answers)
    return SentKey.objects.create(owner=town, key=flow.KEY, digest=own, used_at=used_at)


def test_a_second_post_learns_that_the_first_is_under_way(town: Organisation) -> None:
    in_flight(town)
    with pytest.raises(KeyInFlight):
        send(town, at=flow.NOW + KEY_LEASE - timedelta(seconds=1))
    assert Submission.objects.count() == 0


def test_another_body_is_refused_even_while_the_first_is_under_way(town: Organisation) -> None:
    in_flight(town)
    with pytest.raises(KeyReused):
        send(town, 電話="0599-40-9999")


def test_a_key_that_a_crash_left_behind_is_taken_over(town: Organisation) -> None:
    left = in_flight(town)
    number = send(town, at=flow.NOW + KEY_LEASE)
    left.refresh_from_db()
    assert (left.submission and left.submission.number, left.token) == (number, 1)
    assert send(town, at=flow.NOW + timedelta(days=1)) == number


def test_whoever_lost_the_key_leaves_nothing_behind(
    town: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first worker stalls after its claim and another takes the key over: the first must not be counted."""
    claim = keys._claim

    def stalling(*given: Any) -> keys.Claim:
        mine = claim(*given)
        assert isinstance(mine, keys.Claim)
        SentKey.objects.filter(pk=mine.id).update(token=mine.token + 1)
        return mine

    monkeypatch.setattr(keys, "_claim", stalling)
    with pytest.raises(KeyInFlight):
        send(town)
    assert Submission.objects.count() == Case.objects.count() == 0
    assert SentKey.objects.get().token == 1, "the key stays with whoever took it over"


def test_work_that_came_to_nothing_gives_the_key_back(town: Organisation) -> None:
    def failing() -> Submission:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(owner=town, key=flow.KEY, digest="x", at=flow.NOW, work=failing)
    assert not SentKey.objects.exists()
    assert send(town)


def test_a_key_is_known_for_thirty_days_and_then_free(town: Organisation) -> None:
    first = send(town)
    almost = flow.NOW + KEY_LIFE - timedelta(seconds=1)
    assert send(town, at=almost) == first
    with pytest.raises(KeyReused):
        send(town, at=almost, 電話="0599-40-9999")
    # By then the form asks why it comes so late: the check of a day is not the check of another.
    assert send(town, at=flow.NOW + KEY_LIFE, やむを得ない理由=False) != first


def test_a_repeat_is_known_even_when_the_kata_is_no_longer_adopted(town: Organisation) -> None:
    from yuimaru.services.catalogue.models import Adoption

    first = send(town)
    Adoption.objects.filter(kata=KATA).update(retired_at=flow.NOW)
    assert send(town) == first
    with pytest.raises(NotVisible):
        send(town, key="another-key-1")


def test_keys_are_swept_by_the_job_that_the_days_first_key_brought(town: Organisation) -> None:
    send(town)
    send(town, key="another-key-1", at=flow.NOW + timedelta(hours=3))
    [job] = Job.objects.filter(kind="procedures.sweep_keys", owner_id=town.pk)
    jobs.sweep_keys(job.payload, Run(str(job.pk), town.pk, 1, job.run_at - timedelta(days=2)))
    assert SentKey.objects.count() == 2
    jobs.sweep_keys(job.payload, Run(str(job.pk), town.pk, 1, job.run_at))
    assert SentKey.objects.count() == 0
    assert Submission.objects.count() == 2, "what was sent stays"


def test_sweeping_one_town_leaves_the_others_alone(town: Organisation) -> None:
    send(town)
    neighbour = get_municipality(cast.MIDORINO)
    later = flow.NOW + KEY_LIFE + timedelta(days=2)
    jobs.sweep_keys({}, Run("", neighbour.pk, 1, later))
    assert SentKey.objects.count() == 1


def test_the_key_of_another_system_does_not_open_its_receipt_on_the_pages(town: Organisation) -> None:
    """A browser whose draft is gone guesses a key that a system used: it must not be shown that receipt."""
    send(town)
    filled = flow.draft()
    flow.send(filled, key="another-key-1")
    with pytest.raises(NotVisible):
        flow.send(filled, key=flow.KEY)
    with pytest.raises(KeyReused):
        flow.send(flow.draft(), key=flow.KEY)


def test_the_digest_of_what_was_sent_cannot_be_recomputed_without_the_signing_key(
    town: Organisation, settings: object
) -> None:
    before = queries.digest_of("answers", KATA, {"氏名": "青葉 陽菜"})
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert queries.digest_of("answers", KATA, {"氏名": "青葉 陽菜"}) != before


def test_a_correction_sent_twice_is_one() -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "補正を求める", "口座番号は7けたです。")
    asked = flow.case(cast.OUMI, case.number)
    by = Actor.resident(asked.owner)
    corrected = {**asked.submission.answers, "電話": "0599-40-1234"}
    with scope(by):
        first, again = (
            actions.resubmit(case=asked, answers=corrected, key="corrected-1", by=by, at=flow.NOW)
            for _ in range(2)
        )
        assert first.pk == again.pk
        assert Submission.objects.filter(number=case.number).count() == 2
        other = {**corrected, "電話": "0599-40-9999"}
        with pytest.raises(KeyReused):
            actions.resubmit(case=asked, answers=other, key="corrected-1", by=by, at=flow.NOW)


def test_other_systems_send_no_files_and_apply_for_procedures_only(town: Organisation) -> None:
    from yuimaru.services.procedures.rules import InvalidAnswers

    file = {"id": "01", "name": "口座.pdf", "size": 9, "media_type": "application/pdf"}
    with pytest.raises(InvalidAnswers) as refused:
        send(town, 口座の写し=file)
    assert [problem.code for problem in refused.value.problems] == ["file_by_page"]
    for kata in ("kansen-selfcheck", "nothing-here"):
        with pytest.raises(NotVisible):
            actions.submit_answers(
                owner=town, kata=kata, answers={}, key=flow.KEY, by=Actor.resident(town), at=flow.NOW
            )
    assert not SentKey.objects.exists()
