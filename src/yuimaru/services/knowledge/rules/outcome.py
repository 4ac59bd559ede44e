"""How sure an answer is: shown as one, shown as close entries, or not shown at all.

The limits were set on the first 123 questions about the demo documents; demo/questions holds these and all later ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from yuimaru.services.knowledge.rules.evidence import Statement, coverage
from yuimaru.services.knowledge.rules.question import Question, is_negated

Kind = Literal["answer", "close", "none"]
Reason = Literal["off_topic", "not_covered", "unsure"]

_ANSWER = 0.68  # share of the subject's weight that the best statement and its headings must tell
_CLOSE = 0.46  # share that its whole passage must hold
_ALIKE = (
    0.89  # likeness by meaning from which a passage is close whatever its words; off topic none reached 0.888
)
_AT_HOME = 0.3  # share that must stand anywhere in the documents for a question to be on their topic


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the three outcomes; unless it is an answer, why not and which words no passage explains."""

    kind: Kind
    reason: Reason | None = None
    missing: tuple[str, ...] = ()


def judge(
    question: Question, weights: Mapping[str, float], held: Mapping[str, int], chosen: Sequence[Statement]
) -> Outcome:
    """Judge how well the chosen statements answer; `held` counts the passages that hold each word."""
    total = sum(weights[term] for term in question.subject)
    known = sum(weights[term] for term in question.subject if held[term])
    away: Reason = "not_covered" if total and known / total >= _AT_HOME else "off_topic"
    if not chosen:
        return Outcome("none", away, _in_order(question, question.subject))
    best = max(chosen, key=lambda statement: statement.score)
    missing = _in_order(question, question.subject - best.around)
    nouns = question.subject & question.nouns
    if coverage(question, weights, best.around) < _CLOSE or not any(
        held[term] for term in nouns or question.subject
    ):
        alike = best.likeness is not None and best.likeness >= _ALIKE
        return Outcome("close", "unsure", missing) if alike else Outcome("none", away, missing)
    told = coverage(question, weights, best.told)
    asked = question.predicate is None or any(question.predicate in one.around for one in chosen)
    if told < _ANSWER or not asked or not all(held[term] for term in nouns):
        return Outcome("close", "not_covered" if missing else "unsure", missing)
    if not any(statement.fits for statement in chosen) or _speaks_past(question, chosen):
        return Outcome("close", "unsure")
    return Outcome("answer")


def _speaks_past(question: Question, chosen: Sequence[Statement]) -> bool:
    """A question about doing without something is not answered by words that never speak of a without."""
    return question.rules_out and not any(is_negated(statement.text) for statement in chosen)


def _in_order(question: Question, terms: frozenset[str]) -> tuple[str, ...]:
    return tuple(term for term in question.weights if term in terms)
