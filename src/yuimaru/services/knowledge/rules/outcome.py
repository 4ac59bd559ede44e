"""How sure an answer is: shown as one, shown as close entries, or not shown at all.

One measure of sureness serves all towns, kinds of questions and outcomes. Its weights are round numbers near those
that a logistic regression finds on the half of demo/questions that may be looked at; the README there says which.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from yuimaru.services.knowledge.rules.evidence import Statement
from yuimaru.services.knowledge.rules.question import Question, is_negated

Kind = Literal["answer", "close", "none"]
Reason = Literal["off_topic", "not_covered", "unsure"]

ANSWER = 0.7  # sureness from which statements are shown as an answer, unless a town has set its own limit
_CLOSE = 0.1  # sureness from which passages are shown as close
_CLOSE_BY_WORDS = 0.42  # share covered that they need besides, where nothing but words says that they are
_AT_HOME = 0.3  # share that must stand anywhere in the documents for a question to be on their topic
_ABOUT_IT = 0.6  # share covered from which a statement may be held against what a question takes for granted
_MOST_WORDS = 8  # of a subject that make it surer; a long story does not
_NEAR = 0.4  # cosine from which a word of the passage begins to stand for one of the question
_NEAR_COUNTS = 0.5  # of what the word itself would count


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the three outcomes; unless it is an answer, why not and which words no passage explains.

    `sureness` is 0 where no limit, however low, would make it an answer.
    """

    kind: Kind
    sureness: float
    reason: Reason | None = None
    missing: tuple[str, ...] = ()
    is_about_it: bool = False  # sure enough of the subject to say that a question is mistaken


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for the best statement as the answer to a question.

    `covered` is the share of the subject's weight that its passage speaks of, `alike` the cosine of their meanings.
    """

    covered: float
    alike: float | None
    fits: bool  # holds the kind of fact that is asked for, where one is
    assumed: bool  # and the question takes something for granted: people do so about what there is
    does: bool  # the passage speaks of what is asked yes or no about
    words: int  # of the question's subject

    @property
    def sureness(self) -> float:
        """How likely the statement answers, from 0 to 1."""
        if self.alike is None:
            logit = -7.3 + 7.3 * self.covered + 0.7 * self.does + 0.4 * min(self.words, _MOST_WORDS)
        else:
            logit = -32.1 + 7.0 * self.covered + 28.0 * self.alike
            logit += 0.8 * self.does + 0.4 * min(self.words, _MOST_WORDS)
        return 1 / (1 + math.exp(-(logit + 0.9 * self.fits + 1.4 * self.assumed)))


def grounds(
    question: Question, weights: Mapping[str, float], near: Mapping[str, float], best: Statement
) -> Grounds:
    """Weigh a statement; `near` gives for words of the question how near its passage comes to them (cosine)."""
    return Grounds(
        covered=_covered(question, weights, near, best.around),
        alike=best.likeness,
        fits=best.fits,
        assumed=best.fits and question.assumes,
        does=question.predicate is None or question.predicate in best.around,
        words=len(question.subject),
    )


def judge(
    question: Question,
    weights: Mapping[str, float],
    held: Mapping[str, int],
    chosen: Sequence[Statement],
    near: Mapping[str, float],
    limit: float = ANSWER,
) -> Outcome:
    """Judge how well the chosen statements answer; `held` counts the passages that hold each word."""
    total = sum(weights[term] for term in question.subject)
    known = sum(weights[term] for term in question.subject if held[term])
    away: Reason = "not_covered" if total and known / total >= _AT_HOME else "off_topic"
    if not chosen:
        return Outcome("none", 0.0, away, _in_order(question, question.subject))
    best = max(chosen, key=lambda statement: statement.score)
    missing = _in_order(question, question.subject - best.around)
    found = grounds(question, weights, near, best)
    sureness = found.sureness
    if sureness < _CLOSE or (found.alike is None and found.covered < _CLOSE_BY_WORDS):
        return Outcome("none", 0.0, away, missing)
    if _speaks_past(question, chosen) or not any(each.fits for each in chosen):
        return Outcome("close", 0.0, "not_covered" if missing else "unsure", missing)
    if sureness < limit:
        return Outcome("close", sureness, "not_covered" if missing else "unsure", missing)
    return Outcome("answer", sureness, is_about_it=found.covered >= _ABOUT_IT)


def _covered(
    question: Question, weights: Mapping[str, float], near: Mapping[str, float], said: frozenset[str]
) -> float:
    total = sum(weights[term] for term in question.subject)
    shares = {term: 1.0 if term in said else _stood_for(near.get(term, 0.0)) for term in question.subject}
    return sum(weights[term] * share for term, share in shares.items()) / total if total else 0.0


def _stood_for(cosine: float) -> float:
    return _NEAR_COUNTS * max(0.0, (cosine - _NEAR) / (1 - _NEAR))


def _speaks_past(question: Question, chosen: Sequence[Statement]) -> bool:
    """A question about doing without something is not answered by words that never speak of a without."""
    return question.rules_out and not any(is_negated(statement.text) for statement in chosen)


def _in_order(question: Question, terms: frozenset[str]) -> tuple[str, ...]:
    return tuple(term for term in question.weights if term in terms)
