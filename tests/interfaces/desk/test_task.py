"""One task: whose eyes see what, and what becomes of an act that cannot be done."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests import cast
from tests.conftest import actor
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions
from yuimaru.services.cases.models import Case, Task

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def _page(client: Client, task: Task | UUID) -> str:
    return client.get(f"/desk/tasks/{getattr(task, 'pk', task)}").content.decode()


def _kinds(case: Case) -> list[str]:
    return [entry.kind for entry in audit.about(case.owner_id, f"case:{case.pk}")]


def _corrected(town: str = cast.OUMI) -> Case:
    case = flow.sent_case(town)
    flow.act("centre-agent", case, "補正を求める", "口座番号を確かめてください。")
    body = get_municipality(town)
    with scope(Actor.resident(body)):
        answers = {**case.submission.answers, "住所": "汐見県青海市新町9-9"}
        actions.resubmit(
            case=case, answers=answers, key="corrected-0123", by=Actor.resident(body), at=flow.NOW
        )
    return flow.case(town, case.number)


# --- seeing ---


def test_opening_a_task_is_recorded_for_its_municipality(sign_in: SignIn) -> None:
    case = flow.sent_case()
    before = _kinds(case).count("task.opened")
    assert sign_in("centre-agent").get(f"/desk/tasks/{flow.waiting(case).pk}").status_code == 200
    assert _kinds(case).count("task.opened") == before + 1


def test_what_is_outside_the_mandate_is_never_sent(sign_in: SignIn) -> None:
    case = flow.sent_case(cast.TSUKIHAMA)
    page = _page(sign_in("centre-agent"), flow.waiting(case))
    answers = case.submission.answers
    for hidden in ("氏名", "住所", "電話"):
        assert answers[hidden] not in page
    assert answers["振込先"]["number"] not in page
    assert answers["児童"][0]["児童氏名"] in page
    assert "委託の範囲外" in page


def test_what_is_left_out_does_not_depend_on_the_answers(sign_in: SignIn) -> None:
    agent = sign_in("centre-agent")
    married = {
        "配偶者": "いる",
        "配偶者氏名": "浜崎 空",
        "配偶者生年月日": "1996-01-01",
        "配偶者職業": "会社員",
        "配偶者同居": True,
        "収入の多い方": "請求者",
    }
    alone = flow.waiting(flow.sent_case(cast.TSUKIHAMA))
    receipt = flow.send(flow.draft(cast.TSUKIHAMA, None, **married), key="key-married")
    together = flow.waiting(flow.case(cast.TSUKIHAMA, receipt.number))
    family = re.compile(r"ご家族</h3>.*?</dl>", re.DOTALL)
    first, second = family.search(_page(agent, alone)), family.search(_page(agent, together))
    assert first
    assert second
    assert first[0] == second[0]


def test_the_municipality_itself_sees_everything(sign_in: SignIn) -> None:
    case = flow.sent_case(cast.TSUKIHAMA)
    page = _page(sign_in("tsukihama-clerk"), flow.waiting(case))
    assert case.submission.answers["氏名"] in page
    assert case.submission.answers["振込先"]["number"] in page
    assert "委託の範囲外" not in page
    assert "この案件の操作記録" in page


def test_reasons_name_row_and_ground(sign_in: SignIn) -> None:
    page = _page(sign_in("oumi-clerk"), flow.waiting(flow.sent_case()))
    assert "月額：15,000円" in page
    assert "判定表の1行目 / 児童手当法 第6条第1項" in page
    assert "判定の理由には委託の範囲外の項目が関わる" not in page


def test_reasons_that_rest_on_hidden_answers_give_result_and_ground_only(sign_in: SignIn) -> None:
    page = _page(sign_in("centre-agent"), flow.waiting(flow.sent_case(cast.MIDORINO)))
    qualifies = re.search(r"<h3>受け取れるかどうか</h3>.*?</article>", page, re.DOTALL)
    assert qualifies
    assert "支給の対象になる見込みです" in qualifies[0]
    assert "根拠：児童手当法 第4条第1項" in qualifies[0]
    assert "判定表の" not in qualifies[0]


def test_a_correction_shows_what_stood_there_before(sign_in: SignIn) -> None:
    case = _corrected()
    page = _page(sign_in("centre-agent"), flow.waiting(case))
    assert "汐見県青海市新町9-9" in page
    assert f"補正前：{cast.RESIDENTS[0].address}" in page
    assert "口座番号を確かめてください。" in page


def test_a_taker_does_not_read_what_the_municipality_noted(sign_in: SignIn) -> None:
    case = flow.sent_case()
    task = flow.waiting(case)
    flow.act("centre-agent", case, "不備なし")
    flow.act("oumi-clerk", case, "却下案", "町の中だけの覚え書き")
    assert "町の中だけの覚え書き" not in _page(sign_in("centre-agent"), task)
    assert "町の中だけの覚え書き" in _page(sign_in("oumi-decider"), flow.waiting(case))


@pytest.mark.parametrize("login", ["midorino-clerk", "minato-agent", "oumi-admin", "oumi-auditor"])
def test_a_foreign_task_is_answered_like_an_unknown_one(sign_in: SignIn, login: str) -> None:
    task = flow.waiting(flow.sent_case())
    client = sign_in(login)
    for path in ("", "/take", "/return", "/act", "/reveal", f"/files/{uuid4()}"):
        send = client.get if path in ("",) or path.startswith("/files") else client.post
        foreign, unknown = send(f"/desk/tasks/{task.pk}{path}"), send(f"/desk/tasks/{uuid4()}{path}")
        assert foreign.status_code == unknown.status_code == 404
        assert TOKEN.sub("", foreign.content.decode()) == TOKEN.sub("", unknown.content.decode())
        assert dict(foreign.headers) == dict(unknown.headers)


# --- revealing ---


def test_a_masked_item_is_shown_to_the_one_who_wrote_a_purpose(sign_in: SignIn) -> None:
    case = flow.sent_case(cast.MIDORINO)
    task, address = flow.waiting(case), case.submission.answers["住所"]
    agent, lead = sign_in("centre-agent"), sign_in("centre-lead")
    assert address not in _page(agent, task)
    answer = agent.post(f"/desk/tasks/{task.pk}/reveal", {"item": "住所", "purpose": "通帳と照合するため"})
    assert answer.status_code == 303
    assert address in _page(agent, task)
    assert address not in _page(lead, task)
    assert "item.revealed" in _kinds(case)


def test_without_a_purpose_nothing_is_shown(sign_in: SignIn) -> None:
    case = flow.sent_case(cast.MIDORINO)
    task = flow.waiting(case)
    answer = sign_in("centre-agent").post(f"/desk/tasks/{task.pk}/reveal", {"item": "住所", "purpose": "　"})
    assert answer.status_code == 422
    assert "表示する目的が入力されていません" in answer.content.decode()
    assert case.submission.answers["住所"] not in answer.content.decode()
    assert "item.revealed" not in _kinds(case)


def test_what_is_outside_the_mandate_cannot_be_revealed(sign_in: SignIn) -> None:
    case = flow.sent_case(cast.MIDORINO)
    answer = sign_in("centre-agent").post(
        f"/desk/tasks/{flow.waiting(case).pk}/reveal", {"item": "電話", "purpose": "電話するため"}
    )
    assert answer.status_code == 403
    assert case.submission.answers["電話"] not in answer.content.decode()


# --- acting ---


def test_an_act_moves_the_case_and_leads_back(sign_in: SignIn) -> None:
    case = flow.sent_case()
    task = flow.waiting(case)
    agent = sign_in("centre-agent")
    answer = agent.post(f"/desk/tasks/{task.pk}/act", {"action": "不備なし"})
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/tasks/{task.pk}")
    assert flow.waiting(case).step == "内容審査"
    assert "「担当課へ引き継ぐ」を行いました" in _page(agent, task)


def test_taking_and_giving_back(sign_in: SignIn) -> None:
    case = flow.sent_case()
    address = f"/desk/tasks/{flow.waiting(case).pk}"
    agent = sign_in("centre-agent")
    assert agent.post(f"{address}/take").status_code == 303
    assert "あなたが受け取っています" in agent.get(address).content.decode()
    assert agent.post(f"{address}/return").status_code == 303
    assert flow.waiting(case).taken_by_id is None


def test_a_missing_reason_is_asked_for_beside_its_field(sign_in: SignIn) -> None:
    task = flow.waiting(flow.sent_case())
    answer = sign_in("centre-agent").post(
        f"/desk/tasks/{task.pk}/act", {"action": "補正を求める", "note": " "}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>誤り" in page
    assert 'href="#note-補正を求める"' in page
    assert 'aria-invalid="true"' in page


def test_whoever_comes_second_is_told_and_keeps_what_was_typed(sign_in: SignIn) -> None:
    case = flow.sent_case()
    task = flow.waiting(case)
    flow.act("centre-lead", case, "不備なし")
    answer = sign_in("centre-agent").post(
        f"/desk/tasks/{task.pk}/act", {"action": "補正を求める", "note": "名義が違います。"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "ほかの人が先に受け取ったか、済ませています" in page
    assert "名義が違います。" in page


def test_a_task_in_other_hands_explains_its_closed_buttons(sign_in: SignIn) -> None:
    task = flow.waiting(flow.sent_case())
    sign_in("centre-lead").post(f"/desk/tasks/{task.pk}/take")
    agent = sign_in("centre-agent")
    assert "新垣 涼さんが受け取っています。" in _page(agent, task)
    assert agent.post(f"/desk/tasks/{task.pk}/take").status_code == 409


def test_an_act_of_another_step_is_refused(sign_in: SignIn) -> None:
    task = flow.waiting(flow.sent_case())
    answer = sign_in("centre-agent").post(f"/desk/tasks/{task.pk}/act", {"action": "承認"})
    assert answer.status_code == 409
    assert "この操作は、いまの工程にはありません" in answer.content.decode()


def test_a_clerk_does_not_decide(sign_in: SignIn) -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "不備なし")
    flow.act("oumi-clerk", case, "認定案")
    flow.draft_decision(case)
    flow.sign("oumi-leader", case)
    task, [mark] = flow.waiting(case), flow.route(case)[-1:]
    clerk = sign_in("oumi-clerk")
    assert f"/marks/{mark.pk}" not in _page(clerk, task)
    assert f"/marks/{mark.pk}" in _page(sign_in("oumi-decider"), task)
    answer = clerk.post(f"/desk/tasks/{task.pk}/marks/{mark.pk}", {"verdict": "approved"})
    assert answer.status_code == 403
    assert "「子育て支援課長」の職にある人が押します" in answer.content.decode()
    assert flow.waiting(case).pk == task.pk


def test_while_the_applicant_corrects_nothing_can_be_done(sign_in: SignIn) -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "補正を求める", "口座番号を確かめてください。")
    page = _page(sign_in("oumi-clerk"), flow.waiting(case))
    assert "申請した方の補正を待っています" in page
    assert 'name="action"' not in page


@pytest.mark.parametrize("act", ["take", "return", "act", "reveal"])
def test_the_address_of_an_act_opened_by_hand_shows_the_task(sign_in: SignIn, act: str) -> None:
    case = flow.sent_case()
    task = flow.waiting(case)
    answer = sign_in("centre-agent").get(f"/desk/tasks/{task.pk}/{act}")
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/tasks/{task.pk}")
    assert flow.waiting(case).taken_by_id is None


def test_acts_and_words_are_also_there_in_english(sign_in: SignIn) -> None:
    task = flow.waiting(flow.sent_case(cast.MIDORINO))
    agent = sign_in("centre-agent")
    agent.cookies["yuimaru_language"] = "en"
    page = _page(agent, task)
    assert "Ask the applicant for a correction" in page
    assert "Amount per month: 15,000 yen" in page
    assert "Write a purpose and show it" in page


def test_the_actor_in_the_log_is_the_person_at_the_desk(sign_in: SignIn) -> None:
    case = flow.sent_case()
    sign_in("centre-agent").post(f"/desk/tasks/{flow.waiting(case).pk}/take")
    taken = audit.about(case.owner_id, f"case:{case.pk}")[-1]
    assert (taken.kind, taken.by) == ("task.taken", actor("centre-agent").ref)
