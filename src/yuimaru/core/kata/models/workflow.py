"""The way of a case: steps, who acts, until when, what follows, and what the law calls its ends."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from yuimaru.core.kata.models.approval import Approval
from yuimaru.core.kata.models.words import Expression, Line, Model, Name, Slug, Text


class Period(Model):
    """A length of time in calendar days (暦日) or opening days (開庁日); first day not counted (民法140条)."""

    days: int | Expression
    calendar: Literal["calendar", "opening"] = "opening"
    after: Name | None = None  # the date item it counts from (filing periods)


class Action(Model):
    """What the person at a step may do. Of several with one id the first whose `when` is true is taken."""

    id: Name
    title: Line | None = None
    to: Name
    when: Expression | None = None
    needs_note: bool = False  # a reason must be written (correction, refusal)
    weight: Literal["main", "other", "stop"] = "other"


ServiceKind = Literal["notice"]


class Service(Model):
    """What the machine does at a step, tried again after pauses that double each time."""

    kind: ServiceKind
    notice: Name | None = None  # of the kind `notice`: what is sent to the applicant
    retry: int = Field(default=3, ge=0, le=6)  # tries after the first
    wait: int = Field(default=10, ge=1, le=1440)  # minutes before the second try


class Call(Model):
    """Another kata that the municipality uses: its case is opened here, and its end is waited for."""

    kata: Slug
    answers: dict[Name, Expression] = Field(default_factory=dict)  # item of the other kata → its answer


class WorkStep(Model):
    """A state of a case: who acts, until when, what they see, what they may do; or an end."""

    id: Name
    title: Line
    by: Name | None = None  # a role of the kata, or 申請者
    not_by: Name | None = None  # somebody else than who did this earlier step
    decides: bool = False  # a disposition (処分) or final decision: never under 民間委託
    approval: Approval | None = None  # decided by 起案・決裁: `by` drafts, the route says who signs
    due: Period | None = None
    overdue: Name | None = None  # the action that is done by itself when the due date has passed
    sees: list[str] = Field(default_factory=list)  # item or group ids; empty = all of them
    form: Name | None = None  # a staff form filled at this step
    edits: Name | None = None  # the applicant's form, reopened for correction (補正)
    stops_clock: bool = False  # the standard period does not run (行政手続法 the time for 補正)
    notify: list[Name] = Field(default_factory=list)  # notices sent on arrival at this step
    resident_title: Line | None = None  # how the resident's status page names this step
    resident_text: Text | None = None
    parallel: list[Name] = Field(default_factory=list, max_length=20)  # the branches that start here at once
    each: Name | None = None  # one such branch for each member of this repeat group
    join: Literal["all", "any"] = "all"  # the actions of the step are followed when so many have come back
    service: Service | None = None  # done by the machine; its actions are `ok` and `error`
    call: Call | None = None  # done by another case; its actions are the ends of that case, and `error`
    actions: list[Action] = Field(default_factory=list)
    end: Literal["accepted", "rejected", "withdrawn", "done"] | None = None
    # 申請に対する処分・届出・事実行為・行政指導・内部
    nature: Literal["disposition", "notification", "fact", "guidance", "internal"] | None = None
    grounds: list[Name] = Field(
        default_factory=list
    )  # tables whose rows and grounds are the reason of this end

    @model_validator(mode="before")
    @classmethod
    def _approval_decides(cls, value: Any) -> Any:
        """What is approved is decided, whether its author says so or not."""
        approved = isinstance(value, dict) and value.get("approval") is not None
        return {**value, "decides": True} if approved else value

    @property
    def is_automatic(self) -> bool:
        """Whether nobody acts at it: the machine or another case brings it to its next step."""
        return self.service is not None or self.call is not None


class Role(Model):
    id: Name
    title: Line
    scope: Literal["municipality", "joint"] = "municipality"


class Workflow(Model):
    start: Name
    steps: list[WorkStep] = Field(min_length=1, max_length=100)
