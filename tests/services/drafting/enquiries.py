"""Enquiries that somebody sends to a town of the cast."""

from __future__ import annotations

from pathlib import Path

from tests import cast
from tests.services.cases import flow
from yuimaru.core.kata.package import load
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases.models import Case
from yuimaru.services.catalogue import actions as catalogue
from yuimaru.services.catalogue.queries import get_adopted
from yuimaru.services.drafting.rules.enquiry import KATA
from yuimaru.services.procedures import actions as procedures

LIBRARY = Path(__file__).parents[3] / "katas"
BY_MAIL: dict[str, object] = {
    "分野": "そのほか", "急ぎ": False, "返事の方法": "メール", "氏名": "青葉 陽菜", "メール": "hina@example.jp",
    "返事の言葉": "日本語", "内容": "青葉 陽菜です。粗大ごみの手数料はいくらですか。090-0000-1234です。",
}  # fmt: skip
BY_PHONE: dict[str, object] = {
    "返事の方法": "電話",
    "電話": "090-0000-1234",
    "希望時間": "いつでも",
    "メール": None,
}


def adopt() -> None:
    """Let 青海市 take enquiries."""
    owner = get_municipality(cast.OUMI)
    by = Actor.system(owner)
    with scope(by):
        offered = catalogue.publish(loaded=load(LIBRARY / KATA), publisher=owner, by=by, at=flow.NOW)
        catalogue.adopt(
            owner=owner, publication=offered, params={}, valid_from=flow.TODAY, by=by, at=flow.NOW
        )


def sent(*, key: str = flow.KEY, **given: object) -> Case:
    """An enquiry to 青海市, as it waits to be handed to a section."""
    owner = get_municipality(cast.OUMI)
    by = Actor.resident(owner)
    values = {name: value for name, value in {**BY_MAIL, **given}.items() if value is not None}
    with scope(by):
        adopted = get_adopted(owner, KATA, on=flow.TODAY)
        draft = procedures.start_draft(owner=owner, adopted=adopted, by=by, at=flow.NOW)
        procedures.save_step(draft=draft, step_id="返事", values=values, by=by, at=flow.NOW)
    return flow.case(cast.OUMI, flow.send(draft, key=key).number)


def handed(*, key: str = flow.KEY, **given: object) -> Case:
    """An enquiry that waits for the section in charge to reply."""
    case = sent(key=key, **given)
    flow.act("oumi-clerk", case, "渡す")
    return case
