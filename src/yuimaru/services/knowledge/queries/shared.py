"""What has been worked out of an owner's passages, in a table of PostgreSQL: no server cuts or encodes them again.

Words stand in a tsvector, vectors in pgvector's halfvec (real[] where that is not installed). Row-level security holds
for both. Questions are ranked in a copy that each server makes of its owners' rows: see decision 0027.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from uuid_utils.compat import uuid7

from yuimaru.core.text.ranking.encoded import Halves, Kept, Pair, digest
from yuimaru.core.text.ranking.item import Cut, Item
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge.models import Prepared

_LEXEME = re.compile(r"'((?:[^']|'')*)':([0-9A-D,]+)")
_MOST = 255  # positions that a tsvector keeps of a word

_WORDS = """
    INSERT INTO knowledge_prepared (id, owner_id, digest, dictionary, words) VALUES (%s, %s, %s, %s, %s::tsvector)
    ON CONFLICT (owner_id, digest) DO UPDATE SET dictionary = EXCLUDED.dictionary, words = EXCLUDED.words
"""
_VECTORS = """
    INSERT INTO knowledge_prepared (id, owner_id, digest, dictionary, about, says)
    VALUES (%s, %s, %s, '', %s::real[], %s::real[])
    ON CONFLICT (owner_id, digest) DO UPDATE SET about = EXCLUDED.about, says = EXCLUDED.says
"""


def is_shared() -> bool:
    """Whether several servers may work on the database."""
    return connection.vendor == "postgresql"


def is_unfinished(owner: Organisation) -> bool:
    """Whether some passages still have no vectors."""
    return Prepared.objects.filter(owner=owner, about=None).exists()


class Table(Kept):
    """The rows of one owner; its scope must be open."""

    def __init__(self, owner: Organisation) -> None:
        self._owner = owner

    def cuts(self, items: Sequence[Item]) -> list[Cut]:
        """The words of items in their order; what is not here yet, or was cut by another dictionary, is cut and kept."""
        rows = self._rows("words", dictionary=_dictionary())
        known = {bytes(name): _counted(words) for name, words in rows}
        new = {name: item for item in items if (name := digest(item)) not in known}
        cuts = dict(zip(new, super().cuts(list(new.values())), strict=True))
        self._insert(_WORDS, ((name, _dictionary(), _lexemes(cut)) for name, cut in cuts.items()))
        return [known.get(name) or cuts[name] for name in map(digest, items)]

    def keep_only(self, items: Iterable[Item]) -> None:
        """Forget everything about other items."""
        Prepared.objects.filter(owner=self._owner).exclude(digest__in=[*map(digest, items)]).delete()

    def _known(self) -> set[bytes]:
        return {bytes(name) for (name,) in self._rows(about__isnull=False)}

    def _read(self) -> Mapping[bytes, Pair]:
        rows = self._rows("about", "says", about__isnull=False)
        return {bytes(name): Pair(_vector(about), _vector(says)) for name, about, says in rows}

    def _write(self, pairs: Mapping[bytes, Pair]) -> None:
        self._insert(_VECTORS, ((name, *(side.tolist() for side in pair)) for name, pair in pairs.items()))

    def _rows(self, *columns: str, **of: object) -> QuerySet[Prepared, tuple[Any, ...]]:
        """Digests and what stands beside them, as PostgreSQL writes it."""
        rows = Prepared.objects.filter(owner=self._owner, **of)
        return rows.values_list("digest", *(Cast(column, TextField()) for column in columns))

    def _insert(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, [(uuid7(), self._owner.pk, *row) for row in rows])


@lru_cache(maxsize=1)
def _dictionary() -> str:
    return version("sudachidict-core")


def _lexemes(cut: Cut) -> str:
    """Write counts as a tsvector does: so many places of each word, those of what the item is about with weight A."""
    places = {form: ["A"] * times for form, times in cut.about.items()}
    for form, times in cut.says.items():
        places.setdefault(form, []).extend([""] * times)
    return " ".join(
        f"'{_escaped(form)}':"
        + ",".join(f"{at}{weight}" for at, weight in enumerate(weights[:_MOST], start=1))
        for form, weights in places.items()
    )


def _escaped(form: str) -> str:
    return form.replace("\\", "\\\\").replace("'", "''")


def _counted(words: str) -> Cut:
    """Read a tsvector's counts."""
    about, says = Counter[str](), Counter[str]()
    for quoted, places in _LEXEME.findall(words):
        form = quoted.replace("''", "'").replace("\\\\", "\\")
        marked = places.count("A")
        about[form], says[form] = marked, places.count(",") + 1 - marked
    return Cut(+about, +says)


def _vector(text: str) -> Halves:
    """Read halfvec's [1,2] or an array's {1,2}."""
    return np.fromstring(text[1:-1], np.float32, sep=",").astype(np.float16)
