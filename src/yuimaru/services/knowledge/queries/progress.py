"""How far the encoding of an owner's passages has come."""

from __future__ import annotations

from typing import NamedTuple

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge.queries import generation
from yuimaru.services.knowledge.queries.reach import in_force


class Left(NamedTuple):
    """Passages without a vector, of how many; until they have one they are found by their words."""

    passages: int
    of: int


def encoding_left(owner: Organisation) -> Left | None:
    """Count what is left to encode; None where no encoder is installed."""
    if generation.search_parts().encoder is None:
        return None
    items = generation.items(in_force(owner))
    with generation.kept(owner) as vectors:
        return Left(len(vectors.missing(items)), len(items))
