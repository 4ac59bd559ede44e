"""起案・決裁 at the desk: the draft on the page of its task, what waits for one's mark, absences and deputies."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from yuimaru.foundation.people.models import Absence, Assignment, Post
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.models import Approval, Case, Task

pytestmark = pytest.mark.django_db
LIST, ABSENCES = "/desk/approvals", "/desk/absences"


@pytest.fixture
def case() -> Case:
    """A claim of 青海市 whose clerk proposes to accept it."""
    return proposed("key-of-the-first")


def proposed(key: str) -> Case:
    found = flow.case(cast.OUMI, flow.send(flow.draft(), key=key).number)
    flow.act("centre-agent", found, "不備なし")
    flow.act("oumi-clerk", found, "認定案")
    return found


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def task_of(case: Case) -> str:
    return f"/desk/tasks/{flow.waiting(case).pk}"


def test_what_is_proposed_waits_in_the_queue_to_be_drafted_and_the_page_leads_there(
    sign_in: SignIn, case: Case
) -> None:
    clerk, address = sign_in("oumi-clerk"), task_of(case)
    with scope(Actor.system(case.owner)):
        proposal = Task.objects.get(case=case, action="認定案").pk
    assert f'href="{address}"' in page(clerk, "/desk/")
    assert f'href="{address}">この案件を続ける：決裁' in page(clerk, f"/desk/tasks/{proposal}")
    flow.draft_decision(case)
    assert f'href="{address}"' not in page(clerk, "/desk/")
    assert f'href="{address}"' in page(clerk, "/desk/?who=all")
    assert "この案件を続ける" not in page(clerk, f"/desk/tasks/{proposal}")


def test_the_number_of_marks_that_wait_stands_beside_the_list(sign_in: SignIn, case: Case) -> None:
    flow.draft_decision(case)
    counted = '<span>決裁待ち</span>\n                    <span class="count">1</span>'
    assert counted in page(sign_in("oumi-leader"), "/desk/")
    assert counted in page(sign_in("oumi-leader"), LIST)
    assert counted not in page(sign_in("oumi-clerk"), "/desk/")


def test_a_clerk_sees_what_would_be_put_to_whom_and_drafts_it(sign_in: SignIn, case: Case) -> None:
    clerk, address = sign_in("oumi-clerk"), task_of(case)
    before = page(clerk, address)
    assert "起案前" in before
    assert "手当係長" in before
    assert "上間 修司" in before
    assert "専決" in before
    assert "15,000円" in before
    sent = clerk.post(f"{address}/draft", {"subject": "第1子の認定", "inquiry": "伺います。"})
    assert (sent.status_code, sent["Location"]) == (303, address)
    after = page(clerk, address)
    assert "第1子の認定" in after
    assert "決裁中" in after
    assert "起案を引き戻す" in after
    assert "起案する</button>" not in after


def test_an_english_page_has_english_words(sign_in: SignIn, case: Case) -> None:
    clerk = sign_in("oumi-clerk")
    english = page(clerk, f"{task_of(case)}?lang=en")
    for words in ("To be drafted", "Circulation", "delegated decision", "Put it on its route"):
        assert words in english, words


def test_the_marks_are_set_on_the_page_and_the_case_goes_on(sign_in: SignIn, case: Case) -> None:
    address = task_of(case)
    flow.draft_decision(case)
    first, last = flow.route(case)
    leader = sign_in("oumi-leader")
    assert "承認する" in page(leader, address)
    assert leader.post(f"{address}/marks/{first.pk}", {"verdict": "approved"}).status_code == 303
    assert leader.post(f"{address}/marks/{first.pk}", {"verdict": "approved"}).status_code == 409
    decider = sign_in("oumi-decider")
    assert "案のとおり決裁する" in page(decider, address)
    assert decider.post(f"{address}/marks/{last.pk}", {"verdict": "approved"}).status_code == 303
    decided = page(decider, address)
    assert "決裁済み" in decided
    assert "完了：案のとおり決裁する" in decided or "案のとおり決裁する" in decided
    assert flow.case(cast.OUMI, case.number).outcome == "accepted"


def test_a_return_without_a_reason_keeps_the_page_and_says_what_is_missing(
    sign_in: SignIn, case: Case
) -> None:
    address = task_of(case)
    flow.draft_decision(case)
    [first, _last] = flow.route(case)
    leader = sign_in("oumi-leader")
    empty = leader.post(f"{address}/marks/{first.pk}", {"verdict": "returned", "opinion": " "})
    assert empty.status_code == 422
    assert 'href="#note-returned"' in empty.content.decode()
    leader.post(f"{address}/marks/{first.pk}", {"verdict": "returned", "opinion": "年金を確かめてください。"})
    assert "年金を確かめてください。" in page(sign_in("oumi-clerk"), task_of(case))


def test_the_drafter_takes_it_back_by_the_button(sign_in: SignIn, case: Case) -> None:
    address = task_of(case)
    flow.draft_decision(case)
    assert sign_in("oumi-leader").post(f"{address}/recall").status_code == 403
    clerk = sign_in("oumi-clerk")
    assert clerk.post(f"{address}/recall").status_code == 303
    assert flow.waiting(case).step == "内容審査"
    assert "引戻し" in page(clerk, task_of(case))


def test_a_missing_post_is_named_and_the_task_waits(sign_in: SignIn, case: Case) -> None:
    Assignment.objects.filter(user__login="oumi-leader").update(until="2026-11-01")
    clerk, address = sign_in("oumi-clerk"), task_of(case)
    assert "「係長」の職に、就いている人がいません" in page(clerk, address)
    blocked = clerk.post(f"{address}/draft", {"subject": "a", "inquiry": "b"})
    assert blocked.status_code == 409
    assert "まだ起案できません" in blocked.content.decode()
    shown = page(sign_in("oumi-admin"), ABSENCES)
    assert "「係長」の職に、就いている人がいません" in shown
    assert "起案を待つ案件が1件あります" in shown
    assert "就いている人がいません" not in page(sign_in("oumi-decider"), ABSENCES)


def test_several_are_approved_together_each_with_its_own_record(sign_in: SignIn, case: Case) -> None:
    other = proposed("key-of-the-second")
    for one in (case, other):
        flow.draft_decision(one)
        flow.sign("oumi-leader", one)
    decider = sign_in("oumi-decider")
    listed = page(decider, LIST)
    assert listed.count('name="mark"') == 2
    marks = [str(flow.route(one)[-1].pk) for one in (case, other)]
    assert "何も選ばれていません" in decider.post(LIST).content.decode()
    flow.sign("oumi-decider", other)
    done = decider.post(LIST, {"mark": [*marks, "nonsense"]}).content.decode()
    assert done.count('class="tag done"') == 1
    assert flow.case(cast.OUMI, case.number).outcome == "accepted"
    assert "決裁を待っているものはありません" in page(decider, LIST)


def test_what_fails_among_several_says_why(sign_in: SignIn) -> None:
    case = flow.case(cast.OUMI, flow.send(flow.draft(), key="key-of-the-third").number)
    flow.act("centre-agent", case, "不備なし")
    flow.act("oumi-decider", case, "認定案")
    flow.draft_decision(case)
    flow.sign("oumi-leader", case)
    mark = flow.route(case)[-1]
    answer = sign_in("oumi-decider").post(LIST, {"mark": [str(mark.pk)]}).content.decode()
    assert "審査や起案をした人は、決裁できません" in answer
    with scope(Actor.system(case.owner)):
        assert Approval.objects.get(task__case=case).state == "circulating"


def test_who_sees_no_cases_has_no_such_list(sign_in: SignIn) -> None:
    assert sign_in("oumi-admin").get(LIST).status_code == 403
    assert LIST not in page(sign_in("oumi-admin"), "/desk/")
    assert sign_in("oumi-auditor").get(ABSENCES).status_code == 403
    assert "決裁を待っているものはありません" in page(sign_in("oumi-clerk"), LIST)


def test_an_absence_is_noted_and_ended(sign_in: SignIn, case: Case) -> None:
    with scope(Actor.system(get_municipality(cast.OUMI))):
        posts = {post.title: str(post.pk) for post in Post.objects.all()}
    decider = sign_in("oumi-decider")
    assert "上間 修司" not in page(decider, ABSENCES).split('name="since"')[0]
    given = {
        "who": f"post:{posts['子育て支援課長']}", "since": "2026-11-20", "until": "20261122",
        "1": posts["こども部長"], "2": "", "3": "",
    }  # fmt: skip
    for wrong, words in (
        ({"who": ""}, "不在の人か職を選んでください"),
        ({"since": "x"}, "初日は"),
        ({"until": "2026-11-01", "since": "2026-10-01"}, "最終日は"),
        ({"1": ""}, "代決する職を1つ以上"),
    ):
        refused = decider.post(ABSENCES, given | wrong)
        assert refused.status_code == 422
        assert words in refused.content.decode()
    assert decider.post(ABSENCES, given).status_code == 303
    assert "子育て支援課長" in page(decider, ABSENCES)
    flow.draft_decision(case)
    flow.sign("oumi-leader", case)
    assert "代決" in page(sign_in("oumi-director"), LIST)
    with scope(Actor.system(case.owner)):
        absence = Absence.objects.get()
    assert sign_in("oumi-clerk").post(f"{ABSENCES}/{absence.pk}/end").status_code == 403
    assert decider.post(f"{ABSENCES}/{absence.pk}/end").status_code == 303
    assert "決裁を待っているものはありません" in page(sign_in("oumi-director"), LIST)
