"""Adopting: parameters inside what the kata declares, examples that hold, and what runs is pinned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import cast
from tests.services.cases import flow
from yuimaru.core.kata import package
from yuimaru.core.kata.models import Cell
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.foundation.tenancy.queries import get_municipality, get_organisation
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.catalogue import actions, queries
from yuimaru.services.catalogue.models import Adoption
from yuimaru.services.catalogue.rules import InvalidParam
from yuimaru.services.procedures.queries import program_of

pytestmark = pytest.mark.django_db
KATAS = Path(__file__).parents[3] / "katas"
KATA = "jidou-teate"


def _adopt(params: dict[str, Cell], town_code: str = cast.OUMI) -> Adoption:
    town = get_municipality(town_code)
    by = Actor.system(town)
    with scope(by):
        return actions.adopt(
            owner=town,
            publication=queries.latest_publication(KATA),
            params=params,
            valid_from=flow.TODAY,
            by=by,
            at=flow.NOW,
        )


def test_each_town_runs_its_own_parameters() -> None:
    running = {}
    for code in (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA):
        town = get_municipality(code)
        with scope(Actor.resident(town)):
            running[code] = queries.get_adopted(town, KATA, on=flow.TODAY).program.params["補正期限日数"]
    assert running == {cast.OUMI: 14, cast.MIDORINO: 10, cast.TSUKIHAMA: 21}


@pytest.mark.parametrize(
    "params",
    [
        {"ない項目": 1},
        {"補正期限日数": 6},
        {"補正期限日数": 31},
        {"補正期限日数": "14"},
        {"補正期限日数": True},
        {"担当課": 3},
    ],
)
def test_a_parameter_outside_the_kata_is_refused(params: dict[str, Cell]) -> None:
    with pytest.raises(InvalidParam):
        _adopt(params)


def test_a_draft_goes_on_with_what_it_was_begun_with() -> None:
    begun = flow.draft()
    _adopt({"補正期限日数": 28})
    assert program_of(begun).params["補正期限日数"] == 14
    receipt = flow.send(begun)
    assert flow.case(cast.OUMI, receipt.number).definition_id == begun.definition_id
    assert program_of(flow.draft()).params["補正期限日数"] == 28


def test_one_adoption_is_live_at_a_time() -> None:
    _adopt({"担当課": "福祉課"})
    with scope(Actor.system(get_municipality(cast.OUMI))):
        assert Adoption.objects.filter(kata=KATA, retired_at=None).count() == 1
        assert Adoption.objects.filter(kata=KATA).count() == 2


def test_a_kata_that_is_not_adopted_does_not_exist() -> None:
    town = get_municipality(cast.OUMI)
    with scope(Actor.resident(town)), pytest.raises(NotVisible):
        queries.get_adopted(town, "nothing-here", on=flow.TODAY)


def test_a_published_version_never_changes() -> None:
    consortium = get_organisation(cast.CONSORTIUM)
    by = Actor.system(consortium)
    loaded = package.load(KATAS / KATA)
    again = actions.publish(loaded=loaded, publisher=consortium, by=by, at=flow.NOW)
    assert again.pk == queries.latest_publication(KATA).pk
    changed = loaded.package.model_copy(
        update={"kata": loaded.package.kata.model_copy(update={"title": "別の題名"})}
    )
    text = package.canonical(changed)
    with pytest.raises(actions.VersionTaken):
        actions.publish(
            loaded=replace(loaded, package=changed, canonical=text, sha256=package.digest(text)),
            publisher=consortium,
            by=by,
            at=flow.NOW,
        )


def test_a_kata_whose_examples_fail_is_not_published() -> None:
    consortium = get_organisation(cast.CONSORTIUM)
    loaded = package.load(KATAS / KATA)
    wrong = loaded.package.examples[0].model_copy(deep=True)
    expected = wrong.expect.model_copy(update={"end": "却下済", "rows": {"月額": ["r5"]}})
    broken = loaded.package.model_copy(update={"examples": [wrong.model_copy(update={"expect": expected})]})
    text = package.canonical(broken)
    with pytest.raises(actions.ExamplesFail):
        actions.publish(
            loaded=replace(loaded, package=broken, canonical=text, sha256=package.digest(text)),
            publisher=consortium,
            by=Actor.system(consortium),
            at=flow.NOW,
        )


def _terms(steps: list[str], legal_form: str = "outsourcing") -> actions.Terms:
    return actions.Terms(
        title="試し",
        number="1",
        legal_form=legal_form,
        steps=steps,
        fields=["*"],
        masked=[],
        valid_from=flow.TODAY,
    )


def test_a_mandate_of_a_private_contractor_cannot_hold_a_decision() -> None:
    town, centre = get_municipality(cast.OUMI), get_organisation(cast.CENTRE)
    by = Actor.system(town)
    with scope(by):
        adoption = Adoption.objects.get(kata=KATA, retired_at=None)
        with pytest.raises(Forbidden, match="決裁"):
            actions.give_mandate(adoption=adoption, taker=centre, terms=_terms(["決裁"]), by=by, at=flow.NOW)
        with pytest.raises(Forbidden):
            actions.give_mandate(
                adoption=adoption, taker=centre, terms=_terms(["形式審査"], "delegation"), by=by, at=flow.NOW
            )


def test_a_public_body_may_be_given_a_decision() -> None:
    town, other = get_municipality(cast.TSUKIHAMA), get_organisation(cast.OUMI)
    by = Actor.system(town)
    with scope(by):
        adoption = Adoption.objects.get(kata=KATA, retired_at=None)
        given = actions.give_mandate(
            adoption=adoption, taker=other, terms=_terms(["決裁"], "substitution"), by=by, at=flow.NOW
        )
    assert given.steps == ["決裁"]


def test_an_adoption_is_refused_while_a_private_mandate_would_decide() -> None:
    Mandate.objects.filter(owner__code=cast.OUMI).update(steps=["形式審査", "決裁"])
    with pytest.raises(Forbidden):
        _adopt({})
