"""A town of the cast with documents, opened for the length of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import yuimaru.demo
from tests import cast
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge import actions
from yuimaru.services.knowledge.actions import Incoming, Intake

DEMO = Path(yuimaru.demo.__path__[0]) / "documents"
TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, 0, tzinfo=cast.TOKYO)

FEES = "# 粗大ごみ\n\n## 手数料\n\n粗大ごみの手数料は、1点につき300円です。\n\n## 収集日\n\n収集は毎週月曜日です。\n"


@contextmanager
def town(code: str = cast.OUMI) -> Iterator[tuple[Organisation, Actor]]:
    """Open the rows of a town for its own system actor."""
    owner = get_organisation(code)
    actor = Actor.system(owner)
    with scope(actor):
        yield owner, actor


def add(owner: Organisation, actor: Actor, *items: Incoming, at: datetime = AT) -> Intake:
    """Take files in."""
    return actions.add_documents(owner=owner, items=items, by=actor, at=at)


def note(name: str = "sodai.md", text: str = FEES, **facts: object) -> Incoming:
    """A short document, valid since long."""
    values = {"valid_from": date(2026, 4, 1), **facts}
    return Incoming(name=name, content=text.encode(), **values)  # type: ignore[arg-type]


def terms(url: str, **facts: object) -> actions.Terms:
    """What a town says of a model in its own building."""
    told = {
        "kind": "compatible",
        "url": url,
        "model": "small",
        "api_version": "",
        "region": "庁内",
        "deployment": "own",
        "monitoring": "off",
        "contract": "庁内のサーバ（契約なし）",
        "checked_on": date(2026, 11, 1),
        "daily_tokens": 100_000,
    }
    return actions.Terms(**{**told, **facts})  # type: ignore[arg-type]


def switch_on(owner: Organisation, actor: Actor, url: str, **facts: object) -> None:
    """Let the town's answers be worded by the model behind an address."""
    actions.set_model(
        owner=owner, terms=terms(url, **facts), secret="k", accepts_abroad=False, by=actor, at=AT
    )
    actions.switch_model(owner=owner, on=True, by=actor, at=AT)
