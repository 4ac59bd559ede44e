"""Documents that say the same: the same file, the same page of a site twice, or nearly the same passages."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from yuimaru.core.text.extract import Extracted, site

ALIKE = 0.95  # of the passages; from there on two documents are told as nearly the same
_PAGE = "text/html"

Named = tuple[str, Extracted]
Passages = frozenset[bytes]  # digests of what a document's passages say


def fingerprints(passages: Iterable[str]) -> Passages:
    """What a document says, passage by passage, whatever its spaces."""
    return frozenset(
        hashlib.blake2b("".join(words.split()).encode(), digest_size=12).digest() for words in passages
    )


class Known:
    """What documents say, by their names, so that the one most nearly like another is found at once."""

    def __init__(self, documents: Mapping[str, Passages]) -> None:
        self._sizes: dict[str, int] = {}
        self._holders: dict[bytes, set[str]] = {}
        for name, passages in documents.items():
            self.put(name, passages)

    def put(self, name: str, passages: Passages) -> None:
        """Remember one more document."""
        self._sizes[name] = len(passages)
        for digest in passages:
            self._holders.setdefault(digest, set()).add(name)

    def nearest(self, name: str, passages: Passages) -> tuple[str, float] | None:
        """Another document whose passages are nearly these, and the share that is; None below `ALIKE`."""
        shared = Counter(holder for digest in passages for holder in self._holders.get(digest, ()))
        del shared[name]
        shares = ((count / max(len(passages), self._sizes[held]), held) for held, count in shared.items())
        share, held = max(shares, default=(0.0, ""))
        return (held, share) if share >= ALIKE else None


def own_pages(read: Sequence[Named]) -> list[Extracted]:
    """The documents in their order, web pages without what the pages of their site share.

    A top folder is a site, unless pages lie beside it: then all of them are one.
    """
    pages = [place for place, (_, outcome) in enumerate(read) if outcome.media_type == _PAGE]
    tops = {place: read[place][0].partition("/")[0] if "/" in read[place][0] else "" for place in pages}
    if "" in tops.values():
        tops = dict.fromkeys(pages, "")
    own = [outcome for _, outcome in read]
    for top in set(tops.values()):
        places = [place for place in pages if tops[place] == top]
        for place, page in zip(places, site.own_words([own[place] for place in places]), strict=True):
            own[place] = page
    return own


def page_copies(read: Sequence[Named]) -> dict[str, str]:
    """Web pages that are there twice under one address with the same words, with the name of the one that stays."""
    first: dict[tuple[str, str], str] = {}
    copies: dict[str, str] = {}
    for name, outcome in read:
        if outcome.media_type == _PAGE:
            kept = first.setdefault((site.address(name), outcome.text), name)
            if kept != name:
                copies[name] = kept
    return copies


def held_already(digests: Sequence[tuple[str, str]], known: Mapping[str, str]) -> dict[str, str]:
    """New names of files that are known under another name, with that name.

    A name that is known already is a revision of its document and no copy, whatever it says.
    """
    names = {digest: name for name, digest in known.items()}
    return {name: names[digest] for name, digest in digests if digest in names and name not in known}


def same_files(digests: Sequence[tuple[str, str]], known: Mapping[str, str]) -> dict[str, str]:
    """New names of files that stand among these under an earlier name, with that name."""
    first: dict[str, str] = {}
    copies: dict[str, str] = {}
    for name, digest in digests:
        kept = first.setdefault(digest, name)
        if kept != name and name not in known:
            copies[name] = kept
    return copies
