"""A refusal says why, in whose name it was decided and how to appeal; under 事務の委託 that is the taker's name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import cast
from tests.services.cases import flow, inquiry
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.notices.models import Notice
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Mandate
from yuimaru.foundation.tenancy.queries import get_organisation
from yuimaru.foundation.tenancy.rules import Forbidden
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import jobs, rules
from yuimaru.services.cases.models import Case
from yuimaru.services.cases.queries import program_of

pytestmark = pytest.mark.django_db
REASON = "買った月の末日を過ぎているためです。"


def told(case: Case) -> str:
    """The text of the notice that the last movement of the case sends."""
    moved = [e for e in audit.about(case.owner_id, f"case:{case.pk}") if e.kind == "case.moved"][-1]
    event = {"id": "1", "owner": case.owner.code, "about": f"case:{case.pk}", "data": moved.data}
    jobs.tell_moved(event, at=flow.NOW)
    with scope(Actor.system(case.owner)):
        return str(Notice.objects.select_related("key").get(kind="却下通知").content["body"])


def test_a_refusal_gives_reason_authority_and_instruction(tmp_path: Path) -> None:
    case = inquiry.proposed(tmp_path)
    inquiry.act("oumi-decider", inquiry.waiting(case)[0], "却下", REASON)
    text = told(case)
    assert text.startswith(f"青海市長／{REASON}／この決定は、青海市長が行いました。")
    assert "青海市長に対して審査請求" in text
    assert "青海市を被告として" in text


@pytest.mark.parametrize(
    ("form", "head"), [("delegation", "しおみ共同処理センターの長"), ("substitution", "青海市長")]
)
def test_the_authority_follows_the_legal_form_of_the_mandate(tmp_path: Path, form: str, head: str) -> None:
    case = inquiry.proposed(tmp_path)
    Mandate.objects.create(
        owner=case.owner,
        taker=get_organisation(cast.CENTRE),
        title="介護用品の補助の事務",
        number="1",
        legal_form=form,
        kata=inquiry.KATA,
        steps=["決裁"],
        fields=["*"],
        valid_from=date(2026, 4, 1),
    )
    inquiry.act("centre-agent", inquiry.waiting(case)[0], "却下", REASON)
    assert told(case).startswith(f"{head}／")


def test_nobody_refuses_without_a_reason(tmp_path: Path) -> None:
    end = program_of(inquiry.proposed(tmp_path)).work_step("却下済")
    rules.require_reason(end, REASON)
    with pytest.raises(Forbidden, match="理由"):
        rules.require_reason(end, " ")
