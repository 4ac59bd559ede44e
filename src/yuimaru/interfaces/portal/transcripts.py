"""A conversation with the documents in words, for the person who takes it over: what was asked, what was found where."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from yuimaru.services.knowledge.queries import Turn
from yuimaru.services.knowledge.rules.answer import Citation

LONGEST_QUOTE = 300  # characters


def transcript(turns: Sequence[Turn]) -> str:
    """All turns, each with its outcome and its sources; nothing of the asker but the questions."""
    return "\n\n".join(_turn(number, turn) for number, turn in enumerate(turns, 1))


def with_subject(turn: Turn) -> str:
    """A question as it can be read by itself: with the subject that it took over from before."""
    asked = {"question": turn.answer.question, "subject": turn.reading.carried}
    return _("%(question)s (about: %(subject)s)") % asked if turn.reading.carried else turn.answer.question


def _turn(number: int, turn: Turn) -> str:
    answer = turn.answer
    lines = [_("Question %(number)s: %(question)s") % {"number": number, "question": answer.question}]
    if turn.reading.carried:
        lines.append(_("Looked up as about: %(subject)s") % {"subject": turn.reading.carried})
    lines.append(_outcome(turn))
    quoted = [citation for sentence in answer.sentences for citation in sentence.citations]
    return "\n".join([*lines, *map(_source, [*quoted, *answer.close])])


def _outcome(turn: Turn) -> str:
    if turn.choices:
        return _("Asked back: %(subjects)s") % {"subjects": " / ".join(each.label for each in turn.choices)}
    if turn.answer.outcome == "answer":
        return _("Found in the documents:")
    if turn.answer.outcome == "close":
        return _("No exact answer; entries that come close:")
    return _("Not found in the documents.")


def _source(citation: Citation) -> str:
    place = f"「{citation.location.heading}」" if citation.location.heading else ""
    quote = " ".join(citation.quote.split())
    shown = quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}…"
    return f"・{citation.title}{place} {shown}"
