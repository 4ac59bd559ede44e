"""Words of Japanese text, cut the same way for the index, for questions and for evidence.

Sudachi's core dictionary, shortest units (mode A), normalised forms: 届 and 届け meet, 渡し船 and 渡し舟 too.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import sudachipy

_DROPPED = frozenset({"助詞", "助動詞", "補助記号", "空白", "記号"})
_LONGEST_INPUT = 12_000  # characters; Sudachi refuses more than 49,149 bytes at once
_CUT = re.compile(r"(?<=[\n。])")

_dropped: dict[int, bool] = {}  # by the number that the dictionary gives a part of speech
_lock = threading.Lock()
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its normalised form in small letters, how a dictionary lists it, its part of speech in two levels."""

    form: str
    listed: str
    part: str
    detail: str

    @property
    def is_noun(self) -> bool:
        """Say whether the word can name the subject of a question."""
        return self.part in ("名詞", "接頭辞") or (self.part == "接尾辞" and self.detail == "名詞的")


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A piece of a text as it stands there: its surface, normalised form, part of speech in four levels
    and its inflection in two, place."""

    surface: str
    form: str
    part: tuple[str, ...]
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Cut a text into its words, without particles, auxiliaries, signs and spaces."""
    return [
        Word(form, morpheme.dictionary_form(), *morpheme.part_of_speech()[:2])
        for piece in _pieces(text)
        for morpheme in _tokenizer().tokenize(piece)
        if not _is_dropped(morpheme)
        for form in morpheme.normalized_form().lower().split()
    ]


def tokens(text: str) -> list[str]:
    """Cut a text into the normalised forms that are indexed and searched: those of `words`, at half the cost."""
    return [
        form
        for piece in _pieces(text)
        for morpheme in _tokenizer().tokenize(piece)
        if not _is_dropped(morpheme)
        for form in morpheme.normalized_form().lower().split()
    ]


def _is_dropped(morpheme: sudachipy.Morpheme) -> bool:
    number = morpheme.part_of_speech_id()
    found = _dropped.get(number)
    if found is None:
        found = _dropped[number] = morpheme.part_of_speech()[0] in _DROPPED
    return found


def spoken(text: str) -> list[Morpheme]:
    """Cut a text into everything that it says, particles and auxiliaries too, with where each stands."""
    found: list[Morpheme] = []
    offset = 0
    for piece in _pieces(text):
        found += [
            Morpheme(
                each.surface(),
                each.normalized_form().lower(),
                tuple(each.part_of_speech()),
                offset + each.begin(),
                offset + each.end(),
            )
            for each in _tokenizer().tokenize(piece)
        ]
        offset += len(piece)
    return found


def _pieces(text: str) -> Iterator[str]:
    """Hand the text over in pieces that Sudachi accepts, cut after a sentence where there is one."""
    if len(text) <= _LONGEST_INPUT:
        yield text
        return
    held = ""
    for part in _CUT.split(text):
        if len(held) + len(part) > _LONGEST_INPUT:
            yield held
            held = ""
        while len(part) > _LONGEST_INPUT:
            yield part[:_LONGEST_INPUT]
            part = part[_LONGEST_INPUT:]
        held += part
    yield held


def _tokenizer() -> sudachipy.Tokenizer:
    """Give this thread its own tokenizer: one is not safe in two threads, the dictionary is."""
    found: sudachipy.Tokenizer | None = getattr(_local, "tokenizer", None)
    if found is None:
        with _lock:
            found = _dictionary().tokenizer(mode=sudachipy.SplitMode.A)
        _local.tokenizer = found
    return found


@lru_cache(maxsize=1)
def _dictionary() -> sudachipy.Dictionary:
    return sudachipy.Dictionary(dict="core")
