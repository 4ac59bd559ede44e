"""What the answers of one application say for another: items of the same id and type, from a closed list of types."""

from __future__ import annotations

from typing import Any

from yuimaru.core.kata.facts import Answers
from yuimaru.core.kata.forms.values import faults, is_blank
from yuimaru.core.kata.items import applicant_items
from yuimaru.core.kata.models import Item
from yuimaru.core.kata.program import Program

WHO = frozenset({"name", "kana"})
WHERE = frozenset({"address", "phone", "mail", "bank_account"})
BORN = "生年月日"


def carried(source: Program, answers: Answers, target: Program, *, with_whereabouts: bool) -> dict[str, Any]:
    """The answers that fit the applicant form of another kata, by item; never sensitive ones, none of a repeat.

    Names, readings and dates of birth; addresses, contacts and accounts only `with_whereabouts`.
    """
    known = {item.id: item for item in applicant_items(source)}
    return {
        item.id: value
        for item in applicant_items(target)
        if _may_go(item, known.get(item.id), with_whereabouts)
        and not is_blank(value := answers.get(item.id))
        and not any(faults(item, value))
    }


def _may_go(item: Item, source: Item | None, with_whereabouts: bool) -> bool:
    if source is None or source.type != item.type or item.sensitive or source.sensitive:
        return False
    tells = item.type in WHERE or item.tells_whereabouts or source.tells_whereabouts
    if tells and not with_whereabouts:
        return False
    return item.type in WHO | WHERE or (item.type == "date" and BORN in item.id)
