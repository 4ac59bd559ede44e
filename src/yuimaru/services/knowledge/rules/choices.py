"""A question that names no more than a field, as 「証明書がほしい」, and the subjects of the town that it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from yuimaru.core.text.tokens import Morpheme, spoken, words
from yuimaru.services.knowledge.rules.context import named, ways
from yuimaru.services.knowledge.rules.question import understand

MOST = 4
_FEWEST = 2
_LONGEST = 20  # characters; whoever writes more says what they want to know
_ASKED = "のことを教えてください"
_OFTEN = 1 / 8  # share of what people call a procedure in which the field must stand
_ABOUT = re.compile(
    r"(?:に(?:つい|関し)て|に関すること|のこと)(?:[をがは]?、?(?:教え|知り|聞き)[^。]*)?[。?？]?$"
)
_WISHES = re.compile(r"(?:教え|知り|聞き|ほし|欲し)[^。]*$")
_YES_OR_NO = re.compile(r"(?:[?？]|か|ね|かな|の)。?$")
_ENDING = re.compile(r"[ぁ-ん]+$")
_NUMBER = re.compile(r"^第?[0-9０-９]+[章節条]?[.．、)）\s]+")
_REST = re.compile(r"(?:[ 　（(〔].*|について|に関すること|のこと)$")


@dataclass(frozen=True, slots=True)
class Offer:
    """A subject that a town has something about: its title, and what people call it."""

    title: str
    names: tuple[str, ...] = ()
    label: str = ""  # the title in the language of the page, where there is another

    @property
    def head(self) -> str:
        """The subject itself: 住民票の写し of 住民票の写し 交付請求."""
        return _REST.sub("", _NUMBER.sub("", self.title))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the subjects that a question may mean, and the question that is asked about it."""

    label: str
    question: str

    def as_json(self) -> dict[str, str]:
        """Give the choice in the shape of the contract."""
        return {"label": self.label, "question": self.question}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document that may tell what is asked for."""

    title: str
    text: str

    @property
    def is_title(self) -> bool:
        """Whether it only says the document's title again."""
        return self.text.startswith(Offer(self.title).head)

    @property
    def choice(self) -> Choice:
        """The question about what stands under it."""
        document, text = Offer(self.title).head, _NUMBER.sub("", self.text)
        return Choice(f"{document}：{text}", f"「{document}」の「{text}」{_ASKED}")


def is_vague(question: str, own_names: Iterable[str] = ()) -> bool:
    """Whether a question names a field and says neither what nor whether."""
    said = _named_field(question)
    if len(said) > _LONGEST or (_YES_OR_NO.search(said) and not _WISHES.search(said)):
        return False
    asked = understand(said, own_names)
    return not asked.wanted and 0 < len(_stems(_parts(said))) <= _FEWEST


def is_choice(question: str) -> bool:
    """Whether a question is one of those that were offered."""
    return question.endswith(_ASKED)


def field(question: str) -> str:
    """The field that a vague question names, as it stands there: 証明書 of 証明書がほしい, 引っ越 of 引っ越します."""
    parts = _parts(_named_field(question))
    nouns = "".join(one.surface for one in parts if one.part[0] != "動詞")
    return nouns or "".join(_stem(one.form) for one in parts[:1])


def choices(
    question: str, procedures: Sequence[Offer], titles: Sequence[str], headings: Sequence[Heading]
) -> list[Choice]:
    """The subjects that a vague question may mean, the likeliest first; none unless there are two.

    A document counts where no procedure has its subject; `headings` where procedures and documents are too few.
    """
    meant = _stems(_parts(_named_field(question)))
    offered = _fitting(meant, procedures)
    found = [Choice(each.label or each.head, f"{each.head}{_ASKED}") for each in offered]
    for title in titles:
        if meant <= _words(title) and not any(_same(each, title, meant) for each in offered):
            found.append(Choice(Offer(title).head, f"「{Offer(title).head}」{_ASKED}"))
    if len(found) < _FEWEST:
        found += [
            each.choice for each in headings if meant <= _words(each.title + each.text) and not each.is_title
        ]
    distinct = list({choice.question: choice for choice in found}.values())
    return distinct[:MOST] if len(distinct) >= _FEWEST else []


def _same(procedure: Offer, title: str, meant: frozenset[str]) -> bool:
    """Whether a document is about what the procedure is for."""
    called = frozenset[str]().union(*map(_words, (procedure.title, *procedure.names)))
    besides = frozenset(map(_stem, named(title))) - meant
    return frozenset(map(_stem, named(procedure.head))) <= _words(title) or (
        bool(besides) and besides <= called
    )


def _fitting(meant: frozenset[str], procedures: Sequence[Offer]) -> list[Offer]:
    """The procedures that are called so, in their title or in enough of their names, the most often so called first."""
    met = [(meant <= _words(each.head), _share(meant, each.names), each) for each in procedures]
    kept = [one for one in met if one[0] or one[1] >= _OFTEN]
    return [each for _, _, each in sorted(kept, key=lambda one: -one[1])]


def _share(meant: frozenset[str], names: Sequence[str]) -> float:
    return sum(meant <= _words(name) for name in names) / len(names) if names else 0.0


def _named_field(question: str) -> str:
    return _ABOUT.sub("", question.strip())


def _parts(said: str) -> list[Morpheme]:
    """The words that a vague question is about, less those that fit every procedure where there are others."""
    subject = understand(said).subject
    return [one for one in spoken(said) if one.form in subject - ways(said)]


def _stems(parts: Sequence[Morpheme]) -> frozenset[str]:
    """The stems of words, so that 引っ越します and 引っ越し are one."""
    return frozenset(_stem(one.form) for one in parts if one.part[0] != "接尾辞")


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(_stem(word.form) for word in words(text) if word.part != "接尾辞")


def _stem(form: str) -> str:
    return _ENDING.sub("", form) or form
