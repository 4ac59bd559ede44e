"""What lives beside the published documents: shared ones, manuals for staff, one that ends soon, a bylaw that changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from yuimaru.demo import cast
from yuimaru.demo.intake import DOCUMENTS
from yuimaru.foundation.people.queries import general_section
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.knowledge.actions import Incoming, add_documents, share
from yuimaru.services.knowledge.queries import list_documents

FOLDER = DOCUMENTS / "life"
_ENDS_IN = timedelta(days=20)


def is_missing() -> bool:
    """Whether the consortium has no documents yet; the towns' come before them."""
    centre = get_organisation(cast.CONSORTIUM)
    with scope(Actor.system(centre)):
        return not list_documents(centre).exists()


def add(*, at: datetime) -> None:
    """Take everything in, the towns' first."""
    earlier = at - timedelta(days=30)
    for town in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA):
        _take(town, "madoguchi.md", at=earlier, audience="staff", label="取扱注意")
    _take(cast.MIDORINO, "nenmatsu.md", at=earlier, audience="staff", ends_on=at + _ENDS_IN)
    _take(cast.MIDORINO, "tesuryo.md", at=earlier, audience="staff")
    _take(cast.MIDORINO, "later/tesuryo.md", at=at)
    _take(cast.CONSORTIUM, "shinsei-jikan.md", at=earlier, is_shared=True)
    _take(cast.CONSORTIUM, "futou.md", at=earlier, audience="staff", is_shared=True)


def _take(
    code: str,
    file: str,
    *,
    at: datetime,
    audience: str = "",
    label: str = "",
    ends_on: datetime | None = None,
    is_shared: bool = False,
) -> None:
    owner = get_organisation(code)
    by = Actor.system(owner)
    with scope(by):
        item = Incoming(
            name=file.rpartition("/")[2],
            content=(FOLDER / code / file).read_bytes(),
            section=general_section(),
            audience=audience,
            label=label,
            valid_from=localdate(at),
            valid_to=localdate(ends_on) if ends_on else None,
        )
        (added,) = add_documents(owner=owner, items=[item], by=by, at=at).added
        if is_shared:
            share(document_id=added.id, on=True, by=by, at=at)
