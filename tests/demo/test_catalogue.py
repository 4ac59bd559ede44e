"""The demo offers every kata of the repository; what the towns adopted stays what their story needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import cast
from yuimaru.demo.seed import publish_all
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.services.catalogue.models import Publication


@pytest.mark.django_db
def test_every_kata_is_offered_once() -> None:
    told: list[str] = []
    for _ in range(2):
        publish_all(at=cast.BUILT_AT, progress=told.append)
    offered = Publication.objects.filter(publisher=get_organisation(cast.CONSORTIUM))
    assert sorted(offered.values_list("kata", flat=True)) == sorted(
        path.parent.name for path in Path("katas").glob("*/kata.yaml")
    )
    assert len(told) == 1
