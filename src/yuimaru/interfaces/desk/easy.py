"""やさしい日本語: a text is pasted, held against what makes Japanese hard to read, and said easier where that is sure.

Nothing of it is kept or logged, and no model is asked: what a model says easier is in other words than the text has,
and whether those mean the same cannot be checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yuimaru.core.text.easy.checking import Report, Score, check
from yuimaru.core.text.easy.findings import OF_SENTENCES, OF_WORDS, REASONS, Finding, Kind
from yuimaru.core.text.easy.rewriting import Rewriting, rewrite
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.standing import Standing, official

LONGEST_TEXT = 5_000  # characters


@dataclass(frozen=True)
class Note:
    """A numbered row below the text: what is hard, why in a word, and what to say instead."""

    number: int
    name: str
    words: str
    suggestion: str


@dataclass(frozen=True)
class Why:
    """A reason that the page gives, explained once."""

    name: str
    why: str


@dataclass(frozen=True)
class Piece:
    """A piece of the text, marked where words in it are hard, and the notes that end with it."""

    text: str
    is_marked: bool
    numbers: list[int]


@dataclass(frozen=True)
class Line:
    """Something that was counted, before and after."""

    name: str
    before: str
    after: str


@require_http_methods(["GET", "HEAD", "POST"])
@official
def easy(request: HttpRequest, standing: Standing) -> HttpResponse:
    """A box for a text; posted, what is hard in it and a draft of an easier one."""
    text = request.POST.get("text", "").replace("\r\n", "\n").strip()
    wrong = _wrong(text) if request.method == "POST" else ""
    context = shell.around(standing, here="easy") | {
        "text": text,
        "wrong": wrong,
        "errors": [{"message": wrong, "target": "text"}] if wrong else [],
        "longest": f"{LONGEST_TEXT:,}",
    }
    if text and not wrong:
        context |= _result(text)
    return render(request, "desk/easy.html", context, status=422 if wrong else 200)


def _wrong(text: str) -> str:
    if not text:
        return _("Enter the text to look at.")
    if len(text) > LONGEST_TEXT:
        return _("The text has %(length)s characters. Enter at most %(longest)s, or look at it in parts.") % {
            "length": f"{len(text):,}",
            "longest": f"{LONGEST_TEXT:,}",
        }
    return ""


def _result(text: str) -> dict[str, object]:
    report, draft = check(text), rewrite(text)
    numbers = _numbered(report.findings)
    return {
        "pieces": list(_pieces(text, report, numbers)),
        "notes": _notes(report.findings, numbers),
        "reasons": [_why(kind) for kind in Kind if any(one.kind is kind for one in report.findings)],
        "draft": draft,
        "changed": [each for each in draft.sentences if each.is_changed],
        "kept": _kept(draft, report),
        "lines": _lines(report.score, check(draft.text).score),
    }


def _group(finding: Finding) -> tuple[object, ...]:
    """What shares one number: the same words for the same reason; each sentence has its own."""
    place = finding.start if finding.kind in OF_SENTENCES else None
    return finding.kind, finding.suggestion or finding.words, place


def _numbered(findings: Sequence[Finding]) -> dict[tuple[object, ...], int]:
    """Numbers in the order in which the reader comes to them: those of a sentence stand at its end."""
    ordered = sorted(findings, key=lambda one: (one.end, one.start))
    return {group: number for number, group in enumerate(dict.fromkeys(map(_group, ordered)), 1)}


def _notes(findings: Sequence[Finding], numbers: dict[tuple[object, ...], int]) -> list[Note]:
    first = {numbers[_group(one)]: one for one in reversed(findings)}
    return [
        Note(number, _why(one.kind).name, _shown(one), one.suggestion)
        for number, one in sorted(first.items())
    ]


def _shown(finding: Finding) -> str:
    """The words of a finding; of what is said once for the whole text, the first ones."""
    return f"{finding.words}…" if finding.kind is Kind.READING else finding.words


def _why(kind: Kind) -> Why:
    reason = REASONS[kind]
    return Why(reason.name_ja, reason.ja) if get_language() == "ja" else Why(reason.name_en, reason.en)


def _pieces(text: str, report: Report, numbers: dict[tuple[object, ...], int]) -> Iterator[Piece]:
    """The text cut wherever something begins or ends."""
    marks = [one for one in report.findings if one.kind not in OF_SENTENCES]
    cuts = {0, len(text), *(one.end for one in report.findings), *(one.start for one in marks)}
    for start, end in pairwise(sorted(cuts)):
        ending = [one for one in report.findings if one.end == end]
        yield Piece(
            text[start:end],
            any(one.start <= start and end <= one.end for one in marks),
            sorted({numbers[_group(one)] for one in ending}),
        )


def _kept(draft: Rewriting, report: Report) -> list[str]:
    """The sentences with hard words or dates that nothing was changed about: a person has to write them anew."""
    worth = OF_WORDS | {Kind.DATE, Kind.RANGE, Kind.NEGATION, Kind.HONORIFIC, Kind.PASSIVE, *OF_SENTENCES}
    return [
        each.original
        for each in draft.sentences
        if not each.is_changed
        and any(one.kind in worth and each.span.start <= one.start < each.span.end for one in report.findings)
    ]


def _lines(before: Score, after: Score) -> list[Line]:
    def of(score: Score) -> list[str]:
        return [
            _("%(n)s of %(all)s") % {"n": score.plain, "all": score.sentences},
            _("%(n)s characters") % {"n": score.longest},
            f"{score.hard_share:.0%}",
            _("%(n)s of %(all)s") % {"n": score.read, "all": score.kanji},
        ]

    names = (
        _("Sentences without a finding"),
        _("Longest sentence"),
        _("Share of hard words"),
        _("Kanji with their reading"),
    )
    return [Line(*each) for each in zip(names, of(before), of(after), strict=True)]
