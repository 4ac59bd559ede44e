"""What a page asks of the store: no more for many rows than for few, and never more than is written here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.interfaces.portal import filling
from tests.promises.test_isolation import browser, routes
from tests.services.cases import flow
from tests.services.cases.test_moves import adopt
from yuimaru.core.japan.codes import check_digit
from yuimaru.foundation.people import actions as people
from yuimaru.foundation.people.models import Post, Section
from yuimaru.foundation.tenancy import actions as tenancy
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.models import Task
from yuimaru.services.catalogue.models import Adoption
from yuimaru.services.knowledge.actions import Incoming, add_documents
from yuimaru.services.protections.actions import protect
from yuimaru.services.protections.rules import a_year_on
from yuimaru.services.questions import actions as questions
from yuimaru.services.questions.models import Question, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]

TOWN = f"/m/{cast.MIDORINO}"
FEW, MANY = 5, 20
AGENT, AUDITOR, CLERK = "centre-agent", "oumi-auditor", "midorino-clerk"
ADMIN, OFFICER, STARTER = "midorino-admin", "midorino-support", "shiomi-admin"
LEADER, DECIDER = "midorino-leader", "midorino-decider"

# Every address that shows or sends any number of rows: who asks, and where.
LISTS: dict[str, tuple[tuple[str, str], ...]] = {
    "portal:towns": (("", "/"),),
    "portal:home": (("", f"{TOWN}/"),),
    "portal:ask": (("", f"{TOWN}/ask?q=窓口は何時までですか"), ("", f"{TOWN}/ask?q=カレーの作り方")),
    "portal:documents": (("", f"{TOWN}/documents/"),),
    "portal:document": (("", f"{TOWN}/documents/{{document}}"),),
    "portal:procedures": (("", f"{TOWN}/procedures/"), ("", f"{TOWN}/procedures/?event=birth")),
    "portal:case_status": (("", f"{TOWN}/status/{{number}}"),),
    "portal:again": (("", f"{TOWN}/status/{{number}}/again"),),
    "portal:receipt": (("", f"{TOWN}/receipts/{{number}}"),),
    "desk:queue": ((AGENT, "/desk/"), (AGENT, "/desk/?who=all&page=2"), (CLERK, "/desk/?who=all")),
    "desk:queue_csv": ((AGENT, "/desk/queue.csv"), (CLERK, "/desk/queue.csv?who=all")),
    "desk:queue_xlsx": ((AGENT, "/desk/queue.xlsx"),),
    "desk:standing": ((AGENT, "/desk/standing/"),),
    "desk:log": ((AUDITOR, "/desk/log"), (AUDITOR, "/desk/log?verify=1")),
    "desk:questions": ((CLERK, "/desk/questions/?whose=all"), (CLERK, "/desk/questions/")),
    "desk:topic": ((CLERK, "/desk/questions/{topic}"),),
    "desk:faq": ((CLERK, "/desk/questions/faq/"),),
    "desk:faq_new": ((CLERK, "/desk/questions/faq/new"),),
    "desk:needs": ((CLERK, "/desk/questions/needs"),),
    "desk:needs_csv": ((CLERK, "/desk/questions/needs.csv"),),
    "desk:protections": ((OFFICER, "/desk/protections/"),),
    "desk:moves": ((ADMIN, "/desk/moves/"),),
    "desk:move": ((ADMIN, "/desk/moves/jidou-teate"),),
    "desk:services": ((ADMIN, "/desk/services/"),),
    "desk:model": ((ADMIN, "/desk/model/"),),
    "desk:approvals": ((LEADER, "/desk/approvals"),),
    "desk:absences": ((ADMIN, "/desk/absences"), (DECIDER, "/desk/absences")),
    "desk:ask": ((CLERK, "/desk/ask?q=窓口は何時までですか"), (CLERK, "/desk/ask?q=カレーの作り方")),
    "desk:ask_reply": ((CLERK, "/desk/ask/reply?q=窓口は何時までですか"),),
    "desk:documents": ((ADMIN, "/desk/documents/"), (CLERK, "/desk/documents/?state=valid")),
    "desk:document": ((ADMIN, "/desk/documents/{document}"), (CLERK, "/desk/documents/{document}")),
    "desk:compare_document": ((ADMIN, "/desk/documents/{document}/compare"),),
    "desk:document_summary": ((CLERK, "/desk/documents/{document}/summary"),),
    "desk:add_documents": ((ADMIN, "/desk/documents/add"),),
    "desk:change_document": ((ADMIN, "/desk/documents/{document}/change"),),
    "desk:documents_review": ((ADMIN, "/desk/documents/review"),),
    "desk:articles": (
        (ADMIN, "/desk/documents/articles"),
        (CLERK, "/desk/documents/articles?law=児童手当法"),
    ),
    "desk:joining": ((ADMIN, "/desk/joining/"), (STARTER, "/desk/joining/")),
    "desk:joining_sections": ((ADMIN, "/desk/joining/sections"),),
    "desk:joining_staff": ((ADMIN, "/desk/joining/staff"),),
    "desk:joining_katas": ((ADMIN, "/desk/joining/kata/"),),
    "desk:joining_mandates": ((ADMIN, "/desk/joining/mandates/"),),
    "desk:joining_documents": ((ADMIN, "/desk/joining/documents"),),
    "desk:joining_opening": ((ADMIN, "/desk/joining/opening"),),
    "desk:task": ((AGENT, "/desk/tasks/{task}"), (CLERK, "/desk/tasks/{task}")),
    "api:ask": (("", f"/api/v1/m/{cast.MIDORINO}/ask"),),
    "api:procedures": (("", f"/api/v1/m/{cast.MIDORINO}/procedures"),),
}

# One thing at a time, or nothing that is stored.
NO_LISTS = {
    "healthz", "account_login", "account_logout",
    "portal:handling", "portal:rate",
    "desk:gather_questions", "desk:settle_topic", "desk:hand_topic", "desk:faq_entry", "desk:publish_faq", "desk:end_faq",
    "portal:procedure", "portal:apply", "portal:apply_step", "portal:apply_confirm", "portal:apply_pause",
    "portal:apply_clear", "portal:resume", "portal:check", "portal:status", "portal:correct", "portal:correct_step", "portal:withdraw",
    "desk:next", "desk:change_standing", "desk:take", "desk:return", "desk:act", "desk:reveal", "desk:restart_service", "desk:switch_model", "desk:try_model", "desk:easy",
    "desk:draft", "desk:sign", "desk:recall", "desk:end_absence",
    "desk:reply", "desk:attachment", "desk:file", "desk:document_file", "desk:withdraw_document", "desk:share_document",
    "desk:use_document",
    "desk:protection", "desk:extend_protection", "desk:lift_protection", "desk:release_protection",
    "desk:joining_start", "desk:joining_body", "desk:joining_kata", "desk:joining_mandate", "desk:joining_invite",
    "desk:first_password",
    "api:submissions", "api:openapi-json", "api:api-root", "api:procedure", "api:document",
}  # fmt: skip


def test_every_address_says_whether_it_lists_rows() -> None:
    assert routes() == LISTS.keys() | NO_LISTS
    assert not LISTS.keys() & NO_LISTS


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=flow.NOW + timedelta(hours=1)):
        yield


def _code(number: int) -> str:
    """A code that no municipality has, with the right check digit."""
    return f"98{number:03d}{check_digit(f'98{number:03d}')}"


class World:
    """みどり野町 and 青海市 with a number of everything that can be listed."""

    def __init__(self) -> None:
        self.size = 0
        self.browsers = {
            login: browser(login)
            for login in ("", AGENT, AUDITOR, CLERK, ADMIN, OFFICER, STARTER, LEADER, DECIDER)
        }
        receipt = filling.send(self.browsers[""])
        number = receipt.rpartition("/")[2]
        task = flow.waiting(flow.case(cast.MIDORINO, number)).pk
        self.known = {"number": number, "task": str(task), "document": self._document()}
        self.known["topic"] = str(self._topic("市民プールの営業時間").pk)
        with scope(Actor.system(get_municipality(cast.MIDORINO))):
            self.adoptions = list(Adoption.objects.values_list("pk", flat=True))
            Adoption.objects.exclude(kata="jidou-teate").update(retired_at=flow.NOW)

    def grow(self, size: int) -> None:
        """Applications, documents, towns, visits to the task; procedures at the first growth."""
        for number in range(self.size, size):
            flow.send(flow.draft(cast.MIDORINO), key=f"key-here-{number:05d}")
            flow.send(flow.draft(cast.OUMI), key=f"key-there-{number:05d}")
            if number % 5 == 0:
                self._drafted(number)
            tenancy.register(code=_code(number), kind="town", name=f"第{number}町", at=flow.NOW)
            self.browsers[AGENT].get(f"/desk/tasks/{self.known['task']}")
        self._documents(range(self.size, size))
        self._people(range(self.size, size))
        self._questions(range(self.size, size))
        self.size = size

    def adopt_anew(self, days: int) -> None:
        """Put a changed setting to use, so that the cases so far stand on an earlier definition."""
        adopt(params={"補正期限日数": days}, town_code=cast.MIDORINO)

    def adopt_all(self) -> None:
        """Let the town use everything that the cast has adopted for it."""
        with scope(Actor.system(get_municipality(cast.MIDORINO))):
            Adoption.objects.filter(pk__in=self.adoptions).update(retired_at=None)

    def statements(self, login: str, address: str) -> int:
        """How many statements a second visit makes; what is kept in memory is there by then."""
        where = address.format(**self.known)
        for _visit in range(2):
            with CaptureQueriesContext(connection) as seen:
                response = self._visit(self.browsers[login], where)
        assert response.status_code == 200, f"{where}: {response.status_code}"
        return len(seen)

    def _visit(self, client: Client, where: str) -> HttpResponseBase:
        if where.endswith("/ask") and where.startswith("/api/"):
            question = json.dumps({"question": "窓口は何時までですか"})
            return client.post(where, question, content_type="application/json")
        return client.get(where)

    def _document(self) -> str:
        text = "# 窓口の案内\n\n" + "\n\n".join(
            f"## {n}番窓口\n\n{n}番窓口は午後5時まで開いています。" for n in range(60)
        )
        return str(self._add(Incoming(name="guide.md", content=text.encode()))[0])

    def _documents(self, numbers: range) -> None:
        self._add(*(
            Incoming(name=f"{n}.md", content=f"# 第{n}号\n\n第{n}窓口は午後{n % 5 + 1}時まで開いています。\n".encode())
            for n in numbers
        ))  # fmt: skip

    def _people(self, numbers: range) -> None:
        """Sections with staff, and persons under support measures."""
        town, today = get_municipality(cast.MIDORINO), flow.TODAY
        by = Actor.system(town)
        with scope(by):
            for n in numbers:
                section = people.create_section(owner=town, name=f"第{n}課", by=by, at=flow.NOW)
                people.employ(
                    section=section, title="主事", role=Role.CLERK, login=f"clerk-{n}", name=f"職員{n}",
                    since=today, by=by, at=flow.NOW,
                )  # fmt: skip
                protect(
                    owner=town, name=f"識名 {n}", kana="シキナ", born=date(1991, 8, 5), since=today,
                    until=a_year_on(today), by=by, at=flow.NOW,
                )  # fmt: skip

    def _topic(self, words: str) -> Topic:
        """A topic of its own, with one question."""
        town = get_municipality(cast.MIDORINO)
        with scope(Actor.system(town)):
            asked = questions.Asked(words, "none", None)
            questions.note(asked, town, channel="portal", at=flow.NOW)
            question = Question.objects.select_related("key").latest("id")
            topic = Topic(owner=town, key=question.key, opened_on=flow.TODAY)
            topic.words = words
            topic.section = Section.objects.get(name="子ども課")
            topic.save()
            Question.objects.filter(pk=question.pk).update(topic=topic)
        return topic

    def _questions(self, numbers: range) -> None:
        """Topics, many wordings of one of them, what was said about it, answers that were written."""
        town, known = get_municipality(cast.MIDORINO), UUID(self.known["topic"])
        by = Actor.system(town)
        for n in numbers:
            own = self._topic(f"第{n}号の件")
            with scope(by):
                Question.objects.filter(topic=own).update(topic=known)
                questions.rate(f"第{n}号の件", town, questions.Opinion(own.pk, helpful=False), at=flow.NOW)
                section = Section.objects.get(name="子ども課").pk
                writing = questions.Writing(f"第{n}号", "回答です。", section, flow.TODAY, topic_id=known)
                questions.write(owner=town, writing=writing, by=by, at=flow.NOW)
            self._topic(f"第{n}号のもう1つの件")

    def _drafted(self, number: int) -> None:
        """A claim on its route, and somebody away."""
        case = flow.case(
            cast.MIDORINO, flow.send(flow.draft(cast.MIDORINO), key=f"key-draft-{number}").number
        )
        flow.act(AGENT, case, "不備なし")
        flow.act(CLERK, case, "認定案")
        flow.draft_decision(case)
        by = Actor.system(case.owner)
        with scope(by):
            posts = {post.title: post.pk for post in Post.objects.all()}
            people.record_absence(
                owner=case.owner, post_id=posts["町長"], since=flow.TODAY, until=flow.TODAY,
                deputies=[posts["子ども課長"], posts["情報担当"]], by=by, at=flow.NOW,
            )  # fmt: skip

    def _add(self, *items: Incoming) -> list[Any]:
        town = get_municipality(cast.MIDORINO)
        by = Actor.system(town)
        with scope(by):
            return [one.id for one in add_documents(owner=town, items=list(items), by=by, at=flow.NOW).added]


def test_many_rows_take_no_more_statements_than_few(var: Path) -> None:
    world = World()
    world.grow(FEW)
    world.adopt_anew(days=25)
    asked = [(route, login, address) for route, visits in LISTS.items() for login, address in visits]
    few = {each: world.statements(*each[1:]) for each in asked}
    world.grow(MANY)
    world.adopt_all()
    world.adopt_anew(days=26)
    many = {each: world.statements(*each[1:]) for each in asked}
    assert {each: (few[each], many[each]) for each in asked if many[each] != few[each]} == {}


def _send_confirmation(client: Client) -> int:
    filling.fill(client)
    with CaptureQueriesContext(connection) as seen:
        sent = client.post(f"{filling.APPLY}/confirm", {"idempotency_key": "key-9876543210"})
    assert sent.status_code == 303
    return len(seen)


def test_a_confirmation_takes_at_most_29_statements() -> None:
    filling.send(Client())  # what is kept in memory is there from now on
    assert _send_confirmation(Client()) <= 29


def test_the_first_page_of_a_town_takes_at_most_4_statements() -> None:
    home = Client()
    for _visit in range(2):
        with CaptureQueriesContext(connection) as seen:
            home.get(f"{TOWN}/")
    assert len(seen) <= 4


def test_the_queue_takes_at_most_15_statements_with_50_tasks_and_with_200() -> None:
    agent = browser(AGENT)
    for waiting, number in ((50, 0), (200, 50)):
        for key in range(number, waiting):
            flow.send(flow.draft(cast.OUMI), key=f"key-{key:08d}")
        agent.get("/desk/")
        with CaptureQueriesContext(connection) as seen:
            agent.get("/desk/")
        with scope(Actor.system(get_municipality(cast.OUMI))):
            assert Task.objects.count() == waiting
        assert len(seen) <= 15
