"""Who sees what of a task and who may act on it; plain values only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from yuimaru.core.kata.legal import is_filing, is_refusal
from yuimaru.core.kata.models import Kata, WorkStep
from yuimaru.core.kata.movement import Marking
from yuimaru.core.kata.ways import Ways, reach
from yuimaru.core.kata.workflow import Branch
from yuimaru.foundation.tenancy.rules import Forbidden, may_decide

Visibility = Literal["shown", "masked", "outside"]

EVERYTHING = "*"
WITHDRAWN = "withdrawn"  # the outcome


@dataclass(frozen=True)
class View:
    """Which items a person sees: `items` None stands for all of them."""

    items: frozenset[str] | None
    masked: frozenset[str]

    def of(self, item: str, group: str | None = None) -> Visibility:
        """Whether an item (of a repeat group) is shown, hidden until a purpose is written, or out of bounds."""
        names = {item, group} if group else {item}
        if self.items is not None and not names & self.items:
            return "outside"
        return "masked" if names & self.masked else "shown"


def own_view(sensitive: Collection[str]) -> View:
    """What the municipality's own staff see: everything, sensitive items only for a written purpose."""
    return View(None, frozenset(sensitive))


def mandated_view(
    step_sees: Sequence[str], fields: Sequence[str], masked: Sequence[str], sensitive: Collection[str]
) -> View:
    """What a taker sees: the items that both the step and the mandate name.

    An empty list of the step and "*" in the mandate stand for everything; sensitive items are never shown.
    """
    by_step = frozenset(step_sees) if step_sees else None
    by_mandate = None if EVERYTHING in fields else frozenset(fields)
    if by_step is None or by_mandate is None:
        items = by_step if by_mandate is None else by_mandate
    else:
        items = by_step & by_mandate
    return View(items, frozenset(masked) | frozenset(sensitive))


def require_other_person(
    *, not_by: str | None, done_by: Mapping[str, UUID | None], actor: UUID | None, step_title: str
) -> None:
    """Refuse somebody who did the earlier step that this one must be independent of (複数人確認)."""
    if not_by is not None and actor is not None and done_by.get(not_by) == actor:
        raise Forbidden(
            f"「{step_title}」を行った人は、この工程を行えません。別の人に任せてください。",
            f"Whoever did “{step_title}” cannot do this step. Leave it to somebody else.",
        )


def require_may_decide(decides: bool, legal_form: str | None) -> None:
    """Refuse a disposition by a private contractor, whatever the mandate says."""
    if decides and legal_form is not None and not may_decide(legal_form):
        raise Forbidden(
            "民間委託では決定を行えません。団体の担当者に引き継いでください。",
            "A private contractor cannot decide. Hand the case over to the municipality.",
        )


def require_reason(end: WorkStep, written: str) -> None:
    """Refuse to refuse an application when nothing says why (行政手続法第8条)."""
    if is_refusal(end) and not written.strip() and not end.grounds:
        raise Forbidden(
            "理由がどの工程にも書かれていないため、この決定はできません。前の工程に差し戻して、理由を書いてもらってください。",
            "No step gives a reason, so this cannot be decided. Send it back and have the reason written.",
        )


def forbidden_mark(code: str) -> Forbidden:
    """A mark that the rules keep from a person (`approval.Refused`), in words."""
    return Forbidden(*_MARKS[code])


_MARKS = {
    "verdict": ("この印では、その操作はできません。", "This cannot be done with this mark."),
    "barred": (
        "審査や起案をした人は、決裁できません。差し戻すか、代決する人に任せてください。",
        "Whoever examined or drafted cannot decide. Return it, or leave it to a deputy.",
    ),
    "twice": (
        "この起案には、すでに印を押しています。別の職の印は、ほかの人に任せてください。",
        "You have signed this draft already. Leave the mark of the other post to somebody else.",
    ),
    "drafter": ("引き戻せるのは、起案した人だけです。", "Only whoever drafted it can take it back."),
}


def branch_text(branch: Branch) -> str:
    """A branch as a column keeps it: "照会.0/調査.12"."""
    return "/".join(f"{fork}.{number}" for fork, number in branch)


def branch_of(text: str) -> Branch:
    """The branch that a column keeps."""
    parts = (part.rpartition(".") for part in text.split("/") if part)
    return tuple((fork, int(number)) for fork, _, number in parts)


def may_withdraw(kata: Kata, marking: Marking) -> bool:
    """Whether an application may still be taken back: a 届出 is done, and what is decided is not undone."""
    if kata.workflow is None or is_filing(kata):
        return False
    ways = Ways(kata.workflow)
    deciding = {step.id for step in kata.workflow.steps if step.decides}
    return not deciding or bool(deciding & reach(ways.after, [token.step for token in marking.open]))
