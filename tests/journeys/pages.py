"""Every page there is, where it can be opened, and what has to happen before it has something to show."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests import cast
from tests.journeys import resident
from tests.journeys.resident import APPLY, TOWN
from tests.journeys.visits import Visits, follow

AGENT, AUDITOR, ADMIN, STARTER = "centre-agent", "oumi-auditor", "midorino-admin", "shiomi-admin"
OFFICER, DECIDER = "midorino-support", "midorino-decider"
DOCUMENTS = {
    "desk:ask", "desk:ask_reply", "desk:documents", "desk:document", "desk:add_documents", "desk:change_document",
    "desk:withdraw_document", "desk:documents_review", "desk:articles", "desk:compare_document", "desk:document_summary",
}  # fmt: skip
QUEUE = f"/desk/?municipality={cast.MIDORINO}"

# Where each page can be opened; what stands in braces is learned from the running demo.
PAGES: dict[str, tuple[str, ...]] = {
    "portal:towns": ("/",),
    "portal:home": (f"{TOWN}/",),
    "portal:ask": tuple(
        f"{TOWN}/ask?q={question}"
        for question in (
            "児童手当はいくらもらえますか",
            "子どもの医療費の助成はありますか",
            "カレーの作り方",
            "証明書がほしい",
            "証明書がほしい&lang=easy",
            "郵送だと？&before=住民票の写しの手数料はいくらですか",
        )
    ),
    "portal:documents": (f"{TOWN}/documents/",),
    "portal:handling": (f"{TOWN}/data",),
    "portal:document": ("{document}", "{quoted}"),
    "portal:procedures": (f"{TOWN}/procedures/", f"{TOWN}/procedures/?event=birth"),
    "portal:procedure": tuple(
        f"{TOWN}/procedures/{kata}"
        for kata in ("jidou-teate/", "jidou-teate/?lang=easy", "kansen-selfcheck/")
    ),
    "portal:apply_step": tuple(f"{APPLY}{position}" for position in (1, 2, 3, 5, 6, 7)),
    "portal:apply_confirm": (f"{APPLY}confirm",),
    "portal:apply_pause": (f"{APPLY}pause",),
    "portal:check": (f"{TOWN}/check/kansen-selfcheck/",),
    "portal:receipt": (f"{TOWN}/receipts/{{number}}",),
    "portal:status": (f"{TOWN}/status",),
    "portal:case_status": (f"{TOWN}/status/{{number}}",),
    "portal:correct": (f"{TOWN}/status/{{number}}/correct/",),
    "portal:correct_step": (f"{TOWN}/status/{{number}}/correct/6",),
    "portal:again": (f"{TOWN}/status/{{number}}/again",),
    "portal:withdraw": (f"{TOWN}/status/{{number}}/withdraw",),
    "desk:queue": ("/desk/", f"{QUEUE}&who=all"),
    "desk:task": ("{task}", "{done}", "{drafted}"),
    "desk:standing": ("/desk/standing/",),
    "desk:approvals": ("/desk/approvals",),
    "desk:absences": ("/desk/absences",),
    "desk:questions": ("/desk/questions/?whose=all",),
    "desk:topic": ("{topic}", "{topic}?draft=1"),
    "desk:faq": ("/desk/questions/faq/",),
    "desk:faq_new": ("/desk/questions/faq/new",),
    "desk:faq_entry": ("{entry}",),
    "desk:needs": ("/desk/questions/needs",),
    "desk:protections": ("/desk/protections/",),
    "desk:protection": ("{measure}",),
    "desk:moves": ("/desk/moves/",),
    "desk:move": ("/desk/moves/jidou-teate",),
    "desk:services": ("/desk/services/",),
    "desk:model": ("/desk/model/",),
    "desk:ask": ("/desk/ask", "/desk/ask?q=児童手当はいくらもらえますか", "/desk/ask?q=カレーの作り方"),
    "desk:easy": ("/desk/writing/easy",),
    "desk:ask_reply": ("/desk/ask/reply?q=児童手当はいくらもらえますか", "/desk/ask/reply?q=カレーの作り方"),
    "desk:documents": ("/desk/documents/", "/desk/documents/?state=near"),
    "desk:document": ("{own_document}",),
    "desk:compare_document": ("{revised_document}/compare", "{own_document}/compare"),
    "desk:document_summary": ("{own_document}/summary",),
    "desk:add_documents": ("/desk/documents/add",),
    "desk:change_document": ("{own_document}/change",),
    "desk:withdraw_document": ("{own_document}/withdraw",),
    "desk:documents_review": ("/desk/documents/review",),
    "desk:articles": ("/desk/documents/articles", "/desk/documents/articles?law=児童手当法&article=4"),
    "desk:joining": ("/desk/joining/",),
    "desk:joining_start": ("/desk/joining/start",),
    "desk:joining_body": ("/desk/joining/body",),
    "desk:joining_sections": ("/desk/joining/sections",),
    "desk:joining_staff": ("/desk/joining/staff",),
    "desk:joining_katas": ("/desk/joining/kata/",),
    "desk:joining_kata": ("/desk/joining/kata/juminhyo-seikyu", "/desk/joining/kata/kansen-selfcheck"),
    "desk:joining_mandates": ("/desk/joining/mandates/",),
    "desk:joining_mandate": ("/desk/joining/mandates/jidou-teate",),
    "desk:joining_documents": ("/desk/joining/documents",),
    "desk:joining_opening": ("/desk/joining/opening",),
    "desk:first_password": ("{first_password}",),
    "desk:log": ("/desk/log?verify=1",),
    "account_login": ("/accounts/login/",),
    "account_logout": ("/accounts/logout/",),
}

# Answers with a redirect, a file, a sign of life, or to a post only; desk:reply has the page of desk:ask_reply.
NO_PAGES = {
    "healthz", "portal:apply", "portal:apply_clear", "portal:resume", "desk:next", "desk:change_standing", "desk:take", "desk:return",
    "desk:act", "desk:reveal", "desk:restart_service", "desk:switch_model", "desk:try_model", "desk:reply", "desk:draft", "desk:sign",
    "desk:recall", "desk:end_absence", "desk:attachment", "desk:file", "desk:queue_csv", "desk:queue_xlsx",
    "portal:rate", "desk:gather_questions", "desk:settle_topic", "desk:hand_topic", "desk:publish_faq", "desk:end_faq",
    "desk:needs_csv", "desk:joining_invite", "desk:extend_protection", "desk:lift_protection", "desk:release_protection",
    "desk:document_file", "desk:share_document", "desk:use_document",
    "api:ask", "api:submissions", "api:openapi-json", "api:api-root", "api:procedures", "api:procedure", "api:document",
}  # fmt: skip


QUESTIONS = {"desk:questions", "desk:topic", "desk:faq", "desk:faq_new", "desk:faq_entry", "desk:needs"}


def visitor_of(route: str) -> str:
    """The login of somebody who may open a page; none for a resident."""
    whose = {
        "desk:log": AUDITOR,
        "desk:approvals": DECIDER,
        "desk:absences": ADMIN,
        "desk:joining_start": STARTER,
        "desk:first_password": "",
    }
    if route in whose:
        return whose[route]
    if route in QUESTIONS or route in DOCUMENTS:
        return ADMIN
    if route.startswith(("desk:joining", "desk:model", "desk:move", "desk:services")):
        return ADMIN
    if route.startswith("desk:protection"):
        return OFFICER
    return AGENT if route.startswith("desk:") or route == "account_logout" else ""


@dataclass
class World:
    """The browsers in which everything is open that a page can show, and the addresses that came of it."""

    visits: Visits
    browsers: dict[str, Page] = field(default_factory=dict)
    learned: dict[str, str] = field(default_factory=dict)

    def page(self, route: str, address: str) -> Page:
        """The browser of somebody who may open a page; what is on its route is closed to the joint desk."""
        return self.browsers[DECIDER if address == "{drafted}" else visitor_of(route)]


def opened(visits: Visits) -> World:
    """Everybody sits down and does what it takes for every page to have something to show."""
    world = World(visits)
    world.browsers = {
        login: visits.begin(login=login) for login in ("", AGENT, AUDITOR, ADMIN, STARTER, OFFICER, DECIDER)
    }
    _send_and_have_returned(world)
    world.learned["first_password"] = _invited(world.browsers[ADMIN])
    admin = world.browsers[ADMIN]
    admin.goto("/desk/questions/?whose=all")
    world.learned["topic"] = _address(admin.locator("main .grid a"))
    admin.goto("/desk/questions/faq/")
    world.learned["entry"] = _address(admin.locator("main .grid a"))
    decider = world.browsers[DECIDER]
    decider.goto("/desk/approvals")
    world.learned["drafted"] = _address(decider.locator("main .grid a"))
    world.browsers[OFFICER].goto("/desk/protections/")
    world.learned["measure"] = _address(world.browsers[OFFICER].locator("main a[href*='/desk/protections/']"))
    applicant, agent = world.browsers[""], world.browsers[AGENT]
    agent.goto(QUEUE)
    world.learned["task"] = _address(agent.locator(".queue a"))
    world.browsers[ADMIN].goto("/desk/documents/")
    world.learned["own_document"] = _address(world.browsers[ADMIN].locator("main .grid a"))
    world.browsers[ADMIN].goto("/desk/documents/?q=犬の登録")
    world.learned["revised_document"] = _address(world.browsers[ADMIN].locator("main .grid a"))
    applicant.goto(f"{TOWN}/documents/")
    world.learned["document"] = _address(applicant.locator(".rows a"))
    applicant.goto(f"{TOWN}/ask?q=児童手当はいくらもらえますか")
    world.learned["quoted"] = _address(applicant.locator(".quote a"))
    applicant.goto(f"{APPLY}1")
    resident.complete(applicant, resident.answers())
    return world


def _send_and_have_returned(world: World) -> None:
    """An application that waits for its correction, so that every page about it can be opened."""
    applicant, agent = world.browsers[""], world.browsers[AGENT]
    applicant.goto(f"{APPLY}1")
    resident.complete(applicant, resident.answers())
    world.learned["number"] = resident.send(applicant).number
    agent.goto(QUEUE)
    follow(agent.locator(".queue tr", has_text=world.learned["number"]).get_by_role("link"))
    world.learned["done"] = agent.url
    agent.locator(".bar summary").first.click()
    agent.fill('[name="note"]', "電話番号を確かめてください。")
    follow(agent.locator(".bar details[open] form button"))
    expect(agent.locator(".outcome.answer")).to_be_visible()


def _invited(admin: Page) -> str:
    """Where somebody new chooses a password."""
    admin.goto("/desk/joining/staff")
    for name, text in {"name": "上原 灯", "post": "主事", "login": "midorino-newcomer"}.items():
        admin.fill(f'[name="0.{name}"]', text)
    admin.select_option('[name="0.section"]', "住民課")
    follow(admin.get_by_role("button", name="保存して次へ進む"))
    return admin.locator(".address").inner_text()


def _address(links: Locator) -> str:
    return str(links.first.evaluate("node => node.href"))
