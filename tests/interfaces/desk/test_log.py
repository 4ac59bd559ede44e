"""The log of acts on the screen: in words, for those who may read it, with its proof."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests import cast
from tests.interfaces.desk.conftest import SignIn
from tests.services.cases import flow
from yuimaru.foundation.audit import queries as audit
from yuimaru.foundation.audit.models import Event
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.interfaces.desk.entries import DEEDS

ROOMS = (settings.ROOT / "src/yuimaru/foundation", settings.ROOT / "src/yuimaru/services")


@pytest.mark.django_db
def test_the_log_names_people_in_the_language_of_the_page(sign_in: SignIn) -> None:
    flow.act("centre-agent", found := flow.sent_case(), "不備なし")
    flow.act("oumi-clerk", found, "認定案")
    auditor = sign_in("oumi-auditor")
    assert "浜田 聡" in auditor.get("/desk/log").content.decode()
    told = auditor.get("/desk/log?lang=en").content.decode()
    assert "Satoshi Hamada" in told
    assert "浜田 聡" not in told


@pytest.mark.django_db
@pytest.mark.parametrize("login", ["oumi-clerk", "oumi-decider", "centre-agent", "shiomi-platform"])
def test_the_log_is_closed_to_those_who_may_not_read_it(sign_in: SignIn, login: str) -> None:
    client = sign_in(login)
    assert client.get("/desk/log").status_code == 403
    assert "/desk/log" not in client.get("/desk/").content.decode()


@pytest.mark.django_db
def test_acts_are_told_in_words_and_others_by_their_body(sign_in: SignIn) -> None:
    case = flow.sent_case()
    flow.act("centre-agent", case, "不備なし")
    flow.act("oumi-clerk", case, "認定案")
    page = sign_in("oumi-auditor").get("/desk/log").content.decode()
    for words in ("案件を受け付けました", "住民の方", "しおみ共同処理センター", "浜田 聡", case.number):
        assert words in page
    assert "大城 真央" not in page
    assert "case.moved" not in page


@pytest.mark.django_db
def test_only_the_own_log_is_shown(sign_in: SignIn) -> None:
    case = flow.sent_case(cast.MIDORINO)
    assert case.number not in sign_in("oumi-auditor").get("/desk/log").content.decode()


@pytest.mark.django_db
def test_the_whole_log_is_checked_on_demand(sign_in: SignIn) -> None:
    auditor = sign_in("oumi-auditor")
    verdict = audit.verify(get_municipality(cast.OUMI).pk)
    assert verdict.head_hash not in auditor.get("/desk/log").content.decode()
    page = auditor.get("/desk/log", {"verify": "1"}).content.decode()
    assert "正しい記録です" in page
    assert f"{verdict.head_seq}:{verdict.head_hash}" in page


@pytest.mark.django_db
def test_a_changed_act_is_named(sign_in: SignIn) -> None:
    owner_id = get_municipality(cast.OUMI).pk
    Event.objects.filter(owner_id=owner_id, seq=3).update(about="section:another")
    page = sign_in("oumi-auditor").get("/desk/log", {"verify": "1"}).content.decode()
    assert "3番目の記録から先が合いません" in page


def _kinds(path: Path) -> Iterator[str]:
    """What a file announces: the first argument of each `record(…)`, and the constants of an events file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record", "_record"):
            first = node.args[0] if node.args else None
        elif path.name == "events.py" and isinstance(node, ast.Assign):
            first = node.value
        else:
            continue
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def test_every_act_that_is_recorded_has_words() -> None:
    kinds = {kind for room in ROOMS for path in room.rglob("*.py") for kind in _kinds(path)}
    assert {"case.received", "file.stored"} <= kinds
    assert kinds <= DEEDS.keys()
