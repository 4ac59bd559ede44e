"""起案・決裁: what is put to those who decide, and along which route."""

from __future__ import annotations

from pydantic import Field

from yuimaru.core.kata.models.words import Expression, Line, Model, Name, Text


class Draft(Model):
    """案文: a notice whose text is laid before those who sign, if `when` is true; it goes out as they saw it."""

    notice: Name
    when: Expression | None = None


class Approval(Model):
    """What a step puts to a decision. Its texts are records of the house: they have merge fields, no translations."""

    subject: Line  # 件名
    inquiry: Text  # 伺い文
    drafts: list[Draft] = Field(default_factory=list, max_length=20)
    route: Name  # the table of the 決裁規程: 職, 種別, and if need be 課 and 順
    approved: Name = "承認"  # the action of the step that the decision follows
    returned: Name = "差戻し"  # the one that a return or a recall follows
