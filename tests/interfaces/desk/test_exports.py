"""The queue as a table: what the page shows and no more, and a line in the log of everybody it concerns."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from yuimaru.core.text import tables_out
from yuimaru.foundation.audit.models import Event
from yuimaru.foundation.tenancy.queries import get_municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]


def _exports(town: str) -> list[dict[str, object]]:
    events = Event.objects.filter(owner_id=get_municipality(town).pk, kind="queue.exported").order_by("seq")
    return [json.loads(event.body)["data"] for event in events]


def test_masks_hold_and_formulas_do_not_run(sign_in: SignIn) -> None:
    flow.send(flow.draft(氏名='=HYPERLINK("http://192.0.2.1")'), key="key-formula")
    hidden = flow.sent_case(cast.TSUKIHAMA)
    answer = sign_in("centre-agent").get("/desk/queue.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    content = answer.content
    assert content.startswith(b"\xef\xbb\xbf")
    assert "\"'=HYPERLINK(" in content.decode()
    assert hidden.submission.answers["氏名"] not in content.decode()
    head, *rows = tables_out.from_csv(content)
    assert head == ["期限", "残り", "団体", "手続", "工程", "受付番号", "申請した方", "状態", "担当"]
    applicants = {row[2]: row[6] for row in rows}
    assert applicants == {"青海市": '=HYPERLINK("http://192.0.2.1")', "月浜村": "委託の範囲外"}


def test_every_body_reads_in_its_log_how_many_left(sign_in: SignIn) -> None:
    tasks = [flow.waiting(flow.sent_case(town)) for town in (cast.OUMI, cast.MIDORINO)]
    agent = sign_in("centre-agent")
    agent.get("/desk/queue.csv")
    agent.get("/desk/queue.xlsx", {"municipality": cast.OUMI})
    digest = hashlib.sha256(str(tasks[0].pk).encode()).hexdigest()
    assert _exports(cast.OUMI) == [{"tasks": 1, "sha256": digest}] * 2
    assert len(_exports(cast.MIDORINO)) == 1
    assert _exports(cast.TSUKIHAMA) == []
    assert "担当タスクの一覧を出力" in sign_in("oumi-admin").get("/desk/log").content.decode()


def test_all_pages_leave_at_once_in_the_order_of_the_page(sign_in: SignIn) -> None:
    agent = sign_in("centre-agent")
    flow.send(flow.draft(), key="key-00000000")
    agent.get("/desk/queue.csv")
    with CaptureQueriesContext(connection) as few:
        agent.get("/desk/queue.csv")
    for number in range(1, 23):
        flow.send(flow.draft(), key=f"key-{number:08d}")
    with CaptureQueriesContext(connection) as many:
        rows = tables_out.from_csv(agent.get("/desk/queue.csv").content)[1:]
    assert len(rows) == 23
    assert len(many) == len(few)
    page = agent.get("/desk/").content.decode()
    assert 'href="/desk/queue.csv"' in page
    assert 'href="/desk/queue.xlsx?who=all"' in agent.get("/desk/", {"who": "all"}).content.decode()


@pytest.mark.parametrize("login", ["oumi-admin", "minato-agent"])
def test_who_sees_no_task_takes_none_away(sign_in: SignIn, login: str) -> None:
    flow.sent_case()
    assert len(tables_out.from_csv(sign_in(login).get("/desk/queue.csv").content)) == 1
    assert _exports(cast.OUMI) == []


def test_the_table_is_also_there_in_english(sign_in: SignIn) -> None:
    flow.sent_case()
    agent = sign_in("centre-agent")
    agent.cookies["yuimaru_language"] = "en"
    head = tables_out.from_csv(agent.get("/desk/queue.csv").content)[0]
    assert head[-3:] == ["Applicant", "State", "In charge"]
