"""The demo offers every kata of the repository, and the towns run what they have use for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import cast
from yuimaru.demo.seed import adopt_everyday, publish_all
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.catalogue.models import Adoption, Publication
from yuimaru.services.catalogue.queries import list_adopted, list_for_residents


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


@pytest.mark.django_db
def test_a_town_runs_what_it_has_use_for_and_what_it_retired_stays_retired() -> None:
    told: list[str] = []
    publish_all(at=cast.BUILT_AT, progress=lambda _: None)
    town = get_organisation(cast.TSUKIHAMA)
    adopt_everyday(at=cast.BUILT_AT, progress=told.append)
    with scope(Actor.system(town)):
        runs = set(Adoption.objects.filter(retired_at=None).values_list("kata", flat=True))
        Adoption.objects.filter(kata="okuyami").update(retired_at=cast.BUILT_AT)
    adopt_everyday(at=cast.BUILT_AT, progress=told.append)
    with scope(Actor.system(town)):
        assert set(Adoption.objects.filter(retired_at=None).values_list("kata", flat=True)) == runs - {
            "okuyami"
        }
    assert "okuyami" in runs
    assert "hoikusho-moushikomi" not in runs
    assert len(told) == 1


@pytest.mark.django_db
def test_staff_kata_reach_no_resident() -> None:
    told: list[str] = []
    for _ in range(2):
        publish_all(at=cast.BUILT_AT, progress=lambda _: None)
        adopt_everyday(at=cast.BUILT_AT, progress=told.append)
    assert len(told) == 1
    staff = {"anpi-kakunin", "telework", "soudan-kiroku", "shoukai-kaitou"}
    for code in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA):
        town = get_organisation(code)
        wanted = {kata for kata, towns in {**cast.ADOPTED, **cast.EVERYDAY}.items() if code in towns}
        with scope(Actor.resident(town)):
            assert {each.kata_id for each in list_adopted(town, on=cast.BUILT_AT.date())} == wanted
            shown = {each.kata_id for each in list_for_residents(town, on=cast.BUILT_AT.date())}
        assert shown == wanted - staff
