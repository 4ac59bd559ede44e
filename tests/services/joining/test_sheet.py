"""The closed lists of the sheet are those of the rest of the house."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from pydantic import ValidationError

from tests import cast
from yuimaru.demo.cast import BODIES
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.foundation.tenancy.queries import MUNICIPAL, get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.joining.queries import Stage, gaps, stages_done
from yuimaru.services.joining.rules import sheet
from yuimaru.services.joining.rules.faults import faults_of


def test_the_closed_lists_agree() -> None:
    assert sheet.KINDS == MUNICIPAL
    assert set(sheet.FORMS) == set(Mandate.LegalForm.values)
    assert set(sheet.ROLES) < {role.value for role in Role}
    styles = Path(settings.ROOT, "src/yuimaru/interfaces/look/static/look/base.css").read_text()
    assert all(f'[data-theme="{theme}"]' in styles for theme in sheet.THEMES)


def test_the_lists_are_those_that_the_models_take() -> None:
    for shape, field, values in (
        (sheet.Facts, "theme", sheet.THEMES),
        (sheet.Founding, "kind", sheet.KINDS),
        (sheet.StaffEntry, "role", sheet.ROLES),
        (sheet.MandateEntry, "form", sheet.FORMS),
    ):
        with pytest.raises(ValidationError) as refused:
            shape.model_validate({field: "nothing"})
        [fault] = [each for each in faults_of(refused.value) if each.path == (field,)]
        assert fault.en == f"It must be one of: {', '.join(values)}"


@pytest.mark.django_db
@pytest.mark.parametrize("code", [body.code for body in BODIES if body.kind in MUNICIPAL])
def test_the_towns_of_the_demo_lack_nothing_that_is_needed(code: str) -> None:
    town = get_municipality(code)
    with scope(Actor.system(town)):
        found = gaps(town, on=cast.BUILT_AT.date())
        done = stages_done(town, on=cast.BUILT_AT.date())
    assert [gap.code for gap in found if gap.is_needed] == []
    assert {Stage.BODY, Stage.PEOPLE, Stage.KATA, Stage.MANDATES, Stage.OPENING} <= done
