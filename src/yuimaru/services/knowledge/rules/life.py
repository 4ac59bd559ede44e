"""The life of a document: for whom it is, what its label allows, how it stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

NARROWER = ("public", "staff", "section")  # audiences, the widest first
NEAR = 30  # days before its last day from which a document is to be looked at


class State(StrEnum):
    """How a document stands on a day."""

    COMING = "coming"
    VALID = "valid"
    NEAR = "near"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Marking:
    """A confidentiality label: its name and the widest audience it allows."""

    name: str
    widest: str


USUAL = (
    Marking("公開", "public"),
    Marking("庁内限り", "staff"),
    Marking("取扱注意", "staff"),
    Marking("部外秘", "section"),
)

Field = Literal["audience", "section", "label", "valid_from", "valid_to", "reason", "name", "law", "files"]


class Unfit(Exception):
    """What is told of a document cannot be so; names the field, and says why in both languages."""

    def __init__(self, field: Field, message: str, message_en: str) -> None:
        super().__init__(f"{message} / {message_en}")
        self.field = field
        self.message = message
        self.message_en = message_en


def state(
    day: date, *, valid_from: date, valid_to: date | None, is_withdrawn: bool, is_superseded: bool
) -> State:
    """Tell how a document stands; what was decided about it comes before its dates."""
    if is_withdrawn:
        return State.WITHDRAWN
    if is_superseded:
        return State.SUPERSEDED
    if day < valid_from:
        return State.COMING
    if valid_to is None:
        return State.VALID
    if valid_to < day:
        return State.EXPIRED
    return State.NEAR if valid_to - day <= timedelta(days=NEAR) else State.VALID


def require_fitting(
    *,
    audience: str,
    label: str,
    labels: Sequence[Marking],
    has_section: bool,
    is_shared: bool,
    valid_from: date,
    valid_to: date | None,
) -> None:
    """Refuse what contradicts itself.

    :raises Unfit: the label is unknown or stricter than the audience; a section's document has no section or is
        shared; the last day lies before the first.
    """
    marking = next((one for one in labels if one.name == label), None)
    if label and marking is None:
        known = "、".join(one.name for one in labels)
        raise Unfit(
            "label",
            f"秘密区分「{label}」は登録されていません。次から選んでください: {known}。",
            f"There is no label “{label}”. Choose one of: {', '.join(one.name for one in labels)}.",
        )
    if marking is not None and NARROWER.index(audience) < NARROWER.index(marking.widest):
        raise Unfit(
            "label",
            f"秘密区分「{label}」の文書は、この公開範囲では登録できません。公開範囲を狭めるか、区分を改めてください。",
            f"A document labelled “{label}” may not have this audience. Narrow the audience or change the label.",
        )
    if audience == "section" and not has_section:
        raise Unfit(
            "section",
            "公開範囲を「所属限り」にするときは、担当の所属を選んでください。",
            "Choose the section in charge when only a section may read the document.",
        )
    if audience == "section" and is_shared:
        raise Unfit(
            "audience",
            "構成団体に共有している文書は「所属限り」にできません。先に共有をやめてください。",
            "A document shared with members cannot be for one section. Stop sharing it first.",
        )
    if valid_to is not None and valid_to < valid_from:
        raise Unfit(
            "valid_to",
            "有効期間の末日が初日より前です。日付を確かめてください。",
            "The last day lies before the first day. Check the dates.",
        )
