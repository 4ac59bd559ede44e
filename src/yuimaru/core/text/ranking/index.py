"""The index of one owner: a folder with the words of its items and, as far as there are any, their vectors.

The folder is a cache: it can always be built again. Vectors are mapped from the disk, so that all threads and
processes share them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from yuimaru.core.text.meaning.weights import Floats
from yuimaru.core.text.meaning.wordvectors import WordVectors
from yuimaru.core.text.ranking import words
from yuimaru.core.text.ranking.encoded import Kept
from yuimaru.core.text.ranking.item import Cut, Item, cut
from yuimaru.core.text.ranking.likeness import Shared, summed
from yuimaru.core.text.ranking.matrix import Matrix, shortened

_WORDS, _VOCABULARY = "words.sqlite", "vocabulary.npy"
_ABOUT, _SAYS = "about", "says"
_ABOUT_BY_WORDS, _SAYS_BY_WORDS = "about-by-words", "says-by-words"
_KNOWN = "vocabulary"
_NEAREST = 6  # words that are looked at for each word; it may be among them itself
_REMEMBERED = 1_000  # words whose nearest ones are kept: the same ones are asked about again and again


def build(
    folder: Path,
    items: Sequence[Item],
    *,
    cuts: Sequence[Cut] | None = None,
    vectors: WordVectors | None = None,
    encoded: Kept | None = None,
) -> None:
    """Write an index into an empty folder and bring it to the disk; vectors that are not given are left out."""
    cuts = [cut(item) for item in items] if cuts is None else cuts
    both = [one.about + one.says for one in cuts]
    words.write(folder / _WORDS, {item.key: item.text for item in items}, both)
    if vectors is not None:
        _write_likeness(folder, vectors, cuts, both)
    if encoded is not None and items:
        for name, matrix in zip((_ABOUT, _SAYS), encoded.matrices(items), strict=True):
            matrix.save(folder, name)


def _write_likeness(
    folder: Path,
    vectors: WordVectors,
    cuts: Sequence[Cut],
    both: Sequence[Counter[str]],
) -> None:
    holders = words.holders(both)
    rows = vectors.rows(sorted(holders))
    np.save(folder / _VOCABULARY, np.array(list(rows), dtype=np.str_))
    shortened(vectors.of(list(rows.values()))).save(folder, _KNOWN)
    weights = {form: words.rarity(len(both), len(items)) for form, (items, _) in holders.items()}
    about, says = [one.about for one in cuts], [one.says for one in cuts]
    sums = [summed(counts, weights, vectors) for counts in (about, says)]
    shared = Shared.among(np.concatenate(sums))
    shared.save(folder)
    for name, part in zip((_ABOUT_BY_WORDS, _SAYS_BY_WORDS), sums, strict=True):
        shortened(shared.taken_off(part)).save(folder, name)


class Near(NamedTuple):
    """A word of the items and the cosine of its vector to that of the word it was looked up for."""

    form: str
    cosine: float


class Index:
    """A built index opened for reading, by all threads of a process."""

    def __init__(self, folder: Path) -> None:
        """Open the folder; raises StaleIndex when it is missing, damaged or of another version."""
        self.words = words.Words(folder / _WORDS)
        self._near: dict[str, list[Near]] = {}
        try:
            self.about = Matrix.open(folder, _ABOUT)
            self.says = Matrix.open(folder, _SAYS)
            self.about_by_words = Matrix.open(folder, _ABOUT_BY_WORDS)
            self.says_by_words = Matrix.open(folder, _SAYS_BY_WORDS)
            self.shared = Shared.open(folder)
            self._vocabulary = Matrix.open(folder, _KNOWN)
            self._forms = np.load(folder / _VOCABULARY, mmap_mode="r") if self._vocabulary else None
        except (OSError, ValueError, EOFError) as damage:
            self.words.close()
            raise words.StaleIndex(str(folder)) from damage

    @property
    def keys(self) -> Sequence[str]:
        """The keys of the items by number."""
        return self.words.keys

    @cached_property
    def size(self) -> int:
        """How many items there are."""
        return len(self.words.keys)

    def texts(self, keys: Sequence[str]) -> dict[str, str]:
        """The texts of some items by their keys, as they were when the index was built."""
        return self.words.texts(keys)

    def held(self, forms: Sequence[str]) -> dict[str, int]:
        """Count for each word the items that hold it."""
        return self.words.held(forms)

    def rarity(self, held: Mapping[str, int]) -> dict[str, float]:
        """Weigh words by how few items hold them; an unheld word weighs most."""
        return {form: words.rarity(self.size, count) for form, count in held.items()}

    def near(self, forms: Sequence[str], vectors: WordVectors) -> dict[str, list[Near]]:
        """For each known word the nearest other words that the items hold, the nearest first."""
        if len(self._near) > _REMEMBERED:
            self._near = {}
        known = self._near  # another thread may begin anew meanwhile
        unseen = vectors.rows(form for form in forms if form not in known)
        if self._vocabulary is not None and self._forms is not None and len(self._forms) and unseen:
            cosines = self._vocabulary.cosines(vectors.of(list(unseen.values())))
            for form, column in zip(unseen, cosines.T, strict=True):
                known[form] = [near for near in _nearest(self._forms, column) if near.form != form]
        return {form: known[form] for form in forms if form in known}

    def close(self) -> None:
        """Let go of the file."""
        self.words.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()


def _nearest(forms: NDArray[np.str_], cosines: Floats) -> list[Near]:
    count = min(_NEAREST, len(cosines))
    places = np.argpartition(-cosines, count - 1)[:count]
    found = [Near(str(forms[place]), float(cosines[place])) for place in places]
    return sorted(found, key=lambda near: -near.cosine)
