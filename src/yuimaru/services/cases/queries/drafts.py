"""What a draft would lay before those who sign: the document, the texts to be sent, the route, and what it lacks."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from yuimaru.core.kata import notices, routes, workflow
from yuimaru.core.kata.approval import Kind
from yuimaru.core.kata.models import WorkStep
from yuimaru.core.kata.program import JAPANESE
from yuimaru.foundation.people.queries import NoOffice, Office, office_named, offices
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.rules import OWN, Verb
from yuimaru.services.cases.models import Task
from yuimaru.services.cases.queries.access import Access
from yuimaru.services.cases.queries.course import facts_of
from yuimaru.services.cases.queries.texts import fields_of
from yuimaru.services.catalogue.queries import list_adopted


@dataclass(frozen=True)
class Lack:
    """A post of a route that cannot sign; `code`: unknown, ambiguous, vacant, role."""

    code: str
    post: str
    section: str | None


@dataclass(frozen=True)
class Text:
    """案文: one notice as it will be sent, and in Japanese where it is sent in another language."""

    notice: str
    texts: Mapping[str, tuple[str, str]]  # language → subject, body


@dataclass(frozen=True)
class Laid:
    """A draft before anybody has put it on its route."""

    subject: str
    inquiry: str
    texts: tuple[Text, ...]
    stops: tuple[tuple[routes.Line, Office], ...]
    lacks: tuple[Lack, ...]

    def document(self, subject: str, inquiry: str) -> dict[str, Any]:
        """What is pinned. The salt keeps anybody from guessing the texts by their digest."""
        return {
            "subject": subject,
            "inquiry": inquiry,
            "drafts": [
                {
                    "notice": text.notice,
                    "texts": {
                        lang: {"subject": subject_of, "body": body}
                        for lang, (subject_of, body) in text.texts.items()
                    },
                }
                for text in self.texts
            ],
            "salt": secrets.token_hex(16),
        }


def lay_out(opened: Access, *, by: Actor, on: date) -> Laid:
    """The draft as this person would put it on its route today; raises RouteError, TableError."""
    task, program = opened.task, opened.program
    step = workflow.step(program, task.step)
    house = Organisation.objects.get(pk=by.organisation_id)
    facts = facts_of(program, task.case)
    fields = fields_of(program, task.case, step, JAPANESE, about_to=(house, step.id))
    subject, inquiry = routes.document(step, fields)
    lines = routes.route_of(program, step, facts).lines
    stops, lacks = _resolved(lines, by, offices(house, on=on), is_own=house.pk == task.owner_id)
    texts = tuple(
        _text(opened, notice, routes.end_of(program, step, notice, facts), house)
        for notice in routes.drafts_of(program, step, facts)
    )
    return Laid(subject, inquiry, texts, stops, lacks)


@dataclass(frozen=True)
class Lacking:
    """A post that an adopted kata needs for a decision and does not find, whoever drafts."""

    kata: str
    lack: Lack
    waiting: int  # tasks that wait to be drafted in that kata


def lacking_posts(owner: Organisation, *, on: date) -> list[Lacking]:
    """What the municipality whose scope is open must put right before its decisions can go their routes."""
    adopted = [one for one in list_adopted(owner, on=on) if one.program.routes]
    if not adopted:
        return []
    found = offices(owner, on=on)
    drafts = Task.objects.filter(owner=owner, waits_for=Task.Waits.DRAFT, done_at=None)
    waiting = Counter(drafts.values_list("kata", flat=True))
    return [
        Lacking(one.program.kata.title, lack, waiting[one.kata_id])
        for one in adopted
        for kind, post, section in routes.posts_named(one.program)
        if (lack := _lack_anywhere(found, post, section, kind)) is not None
    ]


def _lack_anywhere(found: Mapping[UUID, Office], post: str, section: str | None, kind: Kind) -> Lack | None:
    try:
        office = office_named(found.values(), post, section=section)
    except NoOffice as none:
        # Of several with one name the drafter's section tells which.
        return None if none.code == "ambiguous" and section is None else Lack(none.code, post, section)
    return _lack(office, post, section, kind)


def _resolved(
    lines: tuple[routes.Line, ...], by: Actor, found: Mapping[UUID, Office], *, is_own: bool
) -> tuple[tuple[tuple[routes.Line, Office], ...], tuple[Lack, ...]]:
    """The posts of the lines, and what they lack. Whoever drafts or decides alone is not asked to pass it on before.

    What a taker's posts may decide, its mandate says and not their role.
    """
    near = {
        office.post.section_id
        for office in found.values()
        if by.user_id in {user.pk for user in office.holders}
    }
    stops: list[tuple[routes.Line, Office]] = []
    lacks: list[Lack] = []
    for line in lines:
        try:
            office = office_named(found.values(), line.post, section=line.section, near=near)
        except NoOffice as none:
            lacks.append(Lack(none.code, line.post, line.section))
            continue
        lack = _lack(office, line.post, line.section, line.kind if is_own else None)
        if lack is not None:
            lacks.append(lack)
        stops.append((line, office))
    deciders = [office.holders for line, office in stops if line.kind is Kind.DECIDE]
    alone = {people[0].pk for people in deciders if len(people) == 1} | {by.user_id}
    kept = [(line, office) for line, office in stops if not (_is_passing(line) and _only(office) in alone)]
    return tuple(kept), tuple(lacks)


def _lack(office: Office, post: str, section: str | None, kind: Kind | None) -> Lack | None:
    if not office.holders and not office.stand_ins:
        return Lack("vacant", post, section)
    if kind is Kind.DECIDE and Verb.DECIDE not in OWN.get(Role(office.post.role), frozenset()):
        return Lack("role", post, section)
    return None


def _is_passing(line: routes.Line) -> bool:
    return line.kind is Kind.CIRCULATE


def _only(office: Office) -> UUID | None:
    return office.holders[0].pk if len(office.holders) == 1 else None


def _text(opened: Access, notice: str, end: WorkStep, house: Organisation) -> Text:
    case, program = opened.task.case, opened.program
    languages = dict.fromkeys((case.submission.language, JAPANESE))
    return Text(
        notice,
        {
            lang: notices.render(
                program,
                notice,
                fields_of(program, case, end, lang, about_to=(house, opened.task.step)),
                lang,
            )
            for lang in languages
        },
    )
