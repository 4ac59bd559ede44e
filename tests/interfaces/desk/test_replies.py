"""返信の下書き on the desk: from the task to the field of its reply, with the places it is made of; nothing is sent."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from tests import cast
from tests.integrations.llm.server import model, says
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from tests.services.drafting import enquiries
from tests.services.knowledge.town import add, note, switch_on, town
from yuimaru.foundation.audit.models import Event
from yuimaru.interfaces.desk.entries import DEEDS
from yuimaru.services.cases.models import Case
from yuimaru.services.drafting import events

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
FEE = "粗大ごみの手数料は、1点につき300円です。"
INSIDE = "# 公用車\n\n## 予約\n\n公用車の予約は、前日の午後5時までに総務課に申し込みます。\n"
BUTTON, CLERK = "返信の下書き", "oumi-clerk"


@pytest.fixture
def documents(var: Path) -> None:
    with town() as (owner, system):
        add(owner, system, note())
    enquiries.adopt()


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.status_code
    return unescape(response.content.decode())


def drafted(page: str) -> str:
    found = re.search(r'<textarea[^>]* id="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    return found[1]


def task(case: Case) -> str:
    return f"/desk/tasks/{flow.waiting(case).pk}"


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.usefixtures("documents")
def test_from_the_button_to_the_field_of_the_reply(sign_in: SignIn) -> None:
    clerk, case = sign_in(CLERK), enquiries.handed()
    address = f"{task(case)}/reply"
    assert f'href="{address}"' in text(clerk, task(case))
    page = text(clerk, address)
    draft = drafted(page)
    assert draft.startswith(
        "お問い合わせいただき、ありがとうございます。\n\n【お尋ね】\n粗大ごみの手数料はいくらですか。"
    )
    assert f"{FEE}［1］" in draft
    assert "«氏名» 様" not in draft  # the notice brings it
    assert "«氏名» 様\n\nお問い合わせ（受付番号 «受付番号»）にお答えします。" in page
    assert "わからないことがあるときは、もう一度お尋ねください。" in page
    [place] = re.findall(r'href="(/desk/documents/[^"]+\?s=\d+-\d+#p-\d+)"', page)
    assert "<mark" in text(clerk, place.partition("#")[0])
    before = kinds()
    edited = f"{draft}\n一言を添えます。"
    taken = clerk.post(address, {"text": edited.replace("\n", "\r\n")})
    assert taken.status_code == 200
    shown = unescape(taken.content.decode())
    assert re.search(r'<details name="act" open>\s*<summary class="button">返事を書いて送る</summary>', shown)
    assert f">\n{edited}</textarea>" in shown
    assert kinds() == [*before, "task.opened"]  # nothing was sent
    assert clerk.post(f"{task(case)}/act", {"action": "回答する", "note": edited}).status_code == 303


@pytest.mark.usefixtures("documents")
def test_having_a_reply_drafted_is_told_in_the_log(sign_in: SignIn) -> None:
    clerk, case = sign_in(CLERK), enquiries.handed()
    before = kinds()
    text(clerk, f"{task(case)}/reply")
    assert kinds() == [*before, events.DRAFTED]
    assert events.DRAFTED in DEEDS
    assert "返信の下書きを作った" in text(clerk, task(case))


@pytest.mark.usefixtures("documents")
def test_a_step_without_a_field_has_a_letter_to_be_copied(sign_in: SignIn) -> None:
    clerk, case = sign_in(CLERK), enquiries.sent()
    page = text(clerk, f"{task(case)}/reply")
    assert "この段階には、返事を書く欄がありません" in page
    assert "返事の欄に入れる" not in page
    assert drafted(page).startswith("«氏名» 様\n\n")
    assert clerk.post(f"{task(case)}/reply", {"text": "x"}).headers["Location"] == task(case)


@pytest.mark.usefixtures("documents")
def test_a_call_is_noted_down_without_a_notice(sign_in: SignIn) -> None:
    clerk, case = sign_in(CLERK), enquiries.handed(key=flow.KEY, **enquiries.BY_PHONE)
    page = text(clerk, f"{task(case)}/reply")
    assert "「電話で答えた（記録を残す）」の欄に入れ、そこでボタンを押したときに初めて記録されます。" in page
    assert "«氏名»" not in page


@pytest.mark.usefixtures("documents")
def test_who_wants_another_language_is_pointed_out(sign_in: SignIn) -> None:
    case = enquiries.handed(返事の言葉="やさしい日本語")
    assert "返事の言葉の希望：やさしい日本語" in text(sign_in(CLERK), f"{task(case)}/reply")
    plain = enquiries.handed(key="key-of-a-second")
    assert "返事の言葉の希望" not in text(sign_in(CLERK), f"{task(plain)}/reply")


@pytest.mark.usefixtures("documents")
def test_a_text_that_does_not_fit_comes_back_as_it_was_typed(sign_in: SignIn) -> None:
    clerk, case = sign_in(CLERK), enquiries.handed()
    long = "長い返事です。" * 300
    sent = clerk.post(f"{task(case)}/reply", {"text": long})
    assert sent.status_code == 422
    page = unescape(sent.content.decode())
    assert drafted(page) == long
    assert "2000字までに縮めてください。" in page


@pytest.mark.usefixtures("documents")
def test_what_is_for_staff_stands_apart_from_the_letter(sign_in: SignIn) -> None:
    with town() as (owner, system):
        add(owner, system, note("kuruma.md", INSIDE, audience="staff"))
    case = enquiries.handed(内容="公用車の予約はいつまでですか。")
    page = text(sign_in(CLERK), f"{task(case)}/reply")
    assert "職員用の文書の文（そのまま送らないでください）" in page
    assert "前日の午後5時" in page
    assert "前日の午後5時" not in drafted(page)
    assert "文書には見つかりませんでした" in drafted(page)


@pytest.mark.usefixtures("documents")
def test_others_and_other_procedures_have_no_draft(sign_in: SignIn) -> None:
    case = enquiries.handed()
    claim = flow.case(cast.OUMI, flow.send(flow.draft(cast.OUMI), key="key-of-a-claim").number)
    clerk = sign_in(CLERK)
    assert BUTTON not in text(clerk, task(claim))
    text(clerk, f"{task(claim)}/reply", 404)
    assert clerk.post(f"{task(claim)}/reply", {"text": "x"}).status_code == 404
    for login in ("midorino-clerk", "minato-agent", "centre-agent"):
        text(sign_in(login), f"{task(case)}/reply", 404)
    text(clerk, f"/desk/tasks/{UUID(int=7)}/reply", 404)
    task_id = flow.act(CLERK, case, "回答する", "お答えしました。").pk
    text(clerk, f"/desk/tasks/{task_id}/reply", 404)


@pytest.mark.usefixtures("documents")
def test_what_a_model_worded_is_marked(sign_in: SignIn) -> None:
    case, same = enquiries.handed(), "粗大ごみの手数料は1点につき300円です。"
    assert "AI作成" not in text(sign_in(CLERK), f"{task(case)}/reply")
    with model() as server:
        server.behaviour = says(
            json.dumps({"sentences": [{"text": same, "quotes": [1]}]}, ensure_ascii=False)
        )
        with town() as (owner, system):
            switch_on(owner, system, server.url)
        page = text(sign_in(CLERK), f"{task(case)}/reply")
    assert "AI作成" in page
    assert f"{same}［1］" in drafted(page)
    assert FEE in page  # the sentence itself stands beside it


@pytest.mark.usefixtures("documents")
def test_an_answer_of_the_documents_becomes_a_letter(sign_in: SignIn) -> None:
    clerk = sign_in(CLERK)
    asked = text(clerk, "/desk/ask?q=粗大ごみの手数料はいくらですか")
    [address] = re.findall(r'href="(/desk/ask/reply\?q=[^"]+)"', asked)
    page = text(clerk, address)
    assert drafted(page).startswith("«氏名» 様\n\n")
    assert f"{FEE}［1］" in drafted(page)
    assert "/desk/ask/reply" not in text(clerk, "/desk/ask?q=カレーの作り方")
    assert clerk.get("/desk/ask/reply").headers["Location"] == "/desk/ask"
    assert clerk.post("/desk/ask/reply", {"q": "x"}).status_code == 405
