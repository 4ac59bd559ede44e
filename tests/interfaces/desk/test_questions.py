"""The desk's pages about questions: topics, answers of staff, needs; from an answered enquiry to a FAQ."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from tests.services.drafting import enquiries
from tests.services.knowledge.town import add, note, town
from tests.services.questions.town import ask, section, unhelpful
from yuimaru.foundation.jobs.actions import run_next
from yuimaru.foundation.jobs.models import Job
from yuimaru.services.questions import actions
from yuimaru.services.questions.models import FaqEntry, Topic
from yuimaru.services.questions.queries import kept_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
POOL = "市民プールの営業時間を教えてください"
ANSWER = "市民プールは、7月1日から8月31日まで、午前9時から午後6時まで営業しています。"
LIST, NEEDS = "/desk/questions/?whose=all", "/desk/questions/needs"


@pytest.fixture
def topic(var: Path) -> UUID:
    """A question of 青海市 that nothing answers."""
    with town() as (owner, system):
        add(owner, system, note(section=section("環境課")))
        ask(owner, POOL, at=flow.NOW)
        ask(owner, "市民プールの営業時間はいつですか", at=flow.NOW)
        ask(owner, "粗大ごみの手数料はいくらですか", at=flow.NOW - timedelta(days=40))
        actions.cluster(owner=owner, at=flow.NOW)
        [found] = Topic.objects.all()
    return found.pk


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def _form(page: str) -> dict[str, str]:
    """The fields of the form that writes an answer, as they stand on the page."""
    form = page[page.index('class="fields below"') :].partition("</form>")[0]
    fields = dict(re.findall(r'<input[^>]* name="(\w+)" value="([^"]*)"', form))
    fields |= dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL))
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def test_from_a_topic_to_an_answer_that_residents_are_given(topic: UUID, sign_in: SignIn) -> None:
    clerk, leader = sign_in("oumi-counter"), sign_in("oumi-leader")
    assert POOL in text(clerk, LIST)
    assert "すべての所属の質問を表示する" in text(clerk, "/desk/questions/")
    page = text(clerk, f"/desk/questions/{topic}")
    assert "市民プールの営業時間はいつですか" in page
    written = clerk.post("/desk/questions/faq/new", {**_form(page), "answer": ANSWER})
    assert written.status_code == 303
    entry = written.headers["Location"]
    assert "書いた人とは別の職員が" in text(clerk, entry)
    assert clerk.post(f"{entry}/publish").status_code == 403
    assert leader.post(f"{entry}/publish").status_code == 303
    assert "公開中" in text(leader, entry)
    answered = Client().get(f"/m/{cast.OUMI}/ask", {"q": POOL}).content.decode()
    assert f"<mark>{ANSWER}</mark>" in answered
    assert POOL not in text(clerk, LIST)
    assert POOL in text(clerk, f"{LIST}&state=answered")
    assert "よくある質問（総合案内）" in Client().get(f"/m/{cast.OUMI}/documents/").content.decode()


def test_a_published_answer_is_replaced_and_ended(topic: UUID, sign_in: SignIn) -> None:
    admin = sign_in("oumi-admin")
    form = {**_form(text(admin, f"/desk/questions/{topic}")), "answer": ANSWER}
    entry = admin.post("/desk/questions/faq/new", form).headers["Location"]
    assert admin.post(entry, {**_form(text(admin, entry)), "answer": ""}).status_code == 422
    assert (
        admin.post(entry, {**_form(text(admin, entry)), "answer": f"{ANSWER}月曜日は休みです。"}).status_code
        == 303
    )
    admin.post(f"{entry}/publish")
    better = admin.post(entry, {**_form(text(admin, entry)), "answer": "市民プールは、工事で休んでいます。"})
    assert better.headers["Location"] != entry
    admin.post(f"{better.headers['Location']}/publish")
    assert "終了" in text(admin, entry)
    admin.post(f"{better.headers['Location']}/end")
    with town():
        assert set(FaqEntry.objects.values_list("state", flat=True)) == {FaqEntry.State.ENDED}


def test_a_topic_is_handed_on_and_put_aside(topic: UUID, sign_in: SignIn) -> None:
    clerk = sign_in("oumi-clerk")
    with town():
        waste = section("環境課").pk
    assert clerk.post(f"/desk/questions/{topic}/hand", {"section": waste}).status_code == 303
    assert POOL in text(sign_in("oumi-waste"), "/desk/questions/")
    assert clerk.post(f"/desk/questions/{topic}/settle", {"state": "elsewhere"}).status_code == 303
    assert POOL not in text(clerk, LIST)
    assert POOL in text(clerk, f"{LIST}&state=elsewhere")
    assert clerk.post(f"/desk/questions/{topic}/settle", {"state": "gone"}).status_code == 404
    assert clerk.post(f"/desk/questions/{topic}/hand", {"section": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("question", "", "質問を入力してください"),
        ("section", "", "担当の所属を選んでください"),
        ("valid_from", "きのう", "始まりの日を入力してください"),
        ("valid_to", "2020-01-01", "きょう以降で"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_the_rest_stays(
    topic: UUID, sign_in: SignIn, field: str, typed: str, sentence: str
) -> None:
    clerk = sign_in("oumi-clerk")
    form = {**_form(text(clerk, f"/desk/questions/{topic}")), "answer": ANSWER, field: typed}
    sent = clerk.post("/desk/questions/faq/new", form)
    page = sent.content.decode()
    assert sent.status_code == 422
    assert f'href="#{field}"' in page
    assert sentence in page
    assert ANSWER in page


def test_who_has_no_part_in_answering_is_refused_and_neighbours_find_nothing(
    topic: UUID, sign_in: SignIn
) -> None:
    for login in ("oumi-auditor", "centre-agent", "shiomi-admin"):
        assert sign_in(login).get(LIST).status_code == 403
        assert "/desk/questions/" not in text(sign_in(login), "/desk/standing/")
    neighbour = sign_in("midorino-clerk")
    assert POOL not in text(neighbour, LIST)
    assert neighbour.get(f"/desk/questions/{topic}").status_code == 404
    assert neighbour.post(f"/desk/questions/{topic}/settle", {"state": "later"}).status_code == 404


def test_new_questions_are_joined_when_somebody_asks_for_it(topic: UUID, sign_in: SignIn) -> None:
    clerk = sign_in("oumi-clerk")
    with town() as (owner, _):
        ask(owner, "パスポートの申請に必要なものは何ですか", at=flow.NOW)
    for _ in range(2):
        assert clerk.post("/desk/questions/gather").headers["Location"] == "/desk/questions/?gathering=1"
    assert Job.objects.filter(kind="questions.cluster").count() == 1
    while run_next(at=flow.NOW + timedelta(hours=1)):
        pass
    assert "パスポート" in text(clerk, LIST)


def test_needs_are_counted_and_small_numbers_stay_in_the_house(topic: UUID, sign_in: SignIn) -> None:
    clerk = sign_in("oumi-clerk")
    fee = "粗大ごみの手数料はいくらですか"
    with town() as (owner, _):
        for minutes in (0, 20, 40):
            ask(owner, fee, at=flow.NOW + timedelta(minutes=minutes))
        actions.rate(fee, owner, actions.Opinion(topic, helpful=True), at=flow.NOW)
        actions.rate(fee, owner, unhelpful(), at=flow.NOW)
    page = text(clerk, NEEDS)
    assert "67<small>%</small>" in page
    assert "50<small>%</small>" in page
    assert "回答を待っている質問は1件です" in page
    response = clerk.get(f"{NEEDS}.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][0] == "分野"
    assert rows[0][-2:] == ["2026-10", "2026-11"]
    assert rows[1][0] == "粗大ごみ"
    assert rows[1][-2:] == ["3未満", "3"]
    assert rows[2][-1] == "3未満"
    assert "プール" not in response.content.decode()


def test_the_days_are_set_by_whoever_manages_the_town(topic: UUID, sign_in: SignIn) -> None:
    admin, clerk = sign_in("oumi-admin"), sign_in("oumi-clerk")
    assert 'name="days"' not in text(clerk, NEEDS)
    assert clerk.post(NEEDS, {"days": "10"}).status_code == 403
    assert admin.post(NEEDS, {"days": "9000"}).status_code == 422
    assert admin.post(NEEDS, {"days": "十"}).status_code == 422
    assert admin.post(NEEDS, {"days": "30"}).status_code == 303
    with town() as (owner, _):
        assert kept_days(owner) == 30
    assert "30日間保存します" in text(admin, NEEDS)


def test_a_topic_is_drafted_from_what_the_documents_say_by_now(topic: UUID, sign_in: SignIn) -> None:
    clerk, address = sign_in("oumi-clerk"), f"/desk/questions/{topic}"
    assert 'href="?draft=1#answer-it"' in text(clerk, address)
    empty = text(clerk, f"{address}?draft=1")
    assert "公開中の文書には、答えが見つかりませんでした。" in empty
    assert _form(empty)["answer"] == ""
    with town() as (owner, system):
        add(owner, system, note("pool.md", f"# 市民プール\n\n## 営業時間\n\n{ANSWER}\n"))
    page = text(clerk, f"{address}?draft=1")
    assert "公開中の文書の文を、そのまま入れました。" in page
    form = _form(page)
    assert (form["question"], form["answer"]) == (POOL, ANSWER)
    assert clerk.get(f"/desk/documents/{form['rests_on']}").status_code == 200
    assert clerk.post("/desk/questions/faq/new", form).status_code == 303


def test_a_topic_is_not_answered_from_documents_for_staff(topic: UUID, sign_in: SignIn) -> None:
    with town() as (owner, system):
        inside = note("pool.md", f"# 市民プール\n\n## 営業時間\n\n{ANSWER}\n", audience="staff")
        add(owner, system, inside)
    page = text(sign_in("oumi-clerk"), f"/desk/questions/{topic}?draft=1")
    assert _form(page)["answer"] == ""
    assert "職員用の文書の文（そのまま送らないでください）" in page
    assert ANSWER in page


def _answered_enquiry() -> tuple[UUID, UUID]:
    """An enquiry that a clerk of 青海市 has answered, and a claim that is none."""
    enquiries.adopt()
    asked = "青葉 陽菜です。市民プールは何時まで開いていますか。090-0000-1234です。"
    case = enquiries.handed(内容=asked)
    done = flow.act("oumi-clerk", case, "回答する", f"青葉様、{ANSWER}")
    other = flow.waiting(flow.case(cast.OUMI, flow.send(flow.draft(cast.OUMI), key="key-of-a-claim").number))
    return done.pk, other.pk


def test_an_answered_enquiry_becomes_a_faq_without_a_name(var: Path, sign_in: SignIn) -> None:
    clerk = sign_in("oumi-clerk")
    enquiry, claim = _answered_enquiry()
    address = f"/desk/questions/faq/new?task={enquiry}"
    assert address in text(clerk, f"/desk/tasks/{enquiry}")
    assert "faq/new" not in text(clerk, f"/desk/tasks/{claim}")
    page = text(clerk, address)
    fields = _form(page)
    assert fields["question"] == "〔伏せ字〕です。市民プールは何時まで開いていますか。〔電話1〕です。"
    assert "青葉" not in page
    assert fields["answer"] == f"〔伏せ字〕様、{ANSWER}"
    for foreign in (f"/desk/questions/faq/new?task={claim}", "/desk/questions/faq/new?task=7"):
        assert clerk.get(foreign).status_code == 404
    assert sign_in("midorino-clerk").get(address).status_code == 404
