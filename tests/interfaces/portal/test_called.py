"""Whoever may see an application may see what was called for it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tests.services.cases import machine
from yuimaru.services.procedures.queries import check_number

pytestmark = pytest.mark.django_db


def test_the_status_leads_to_the_called_procedure_and_only_there() -> None:
    case = machine.at_call()
    machine.run()
    child = machine.child_of(case)
    address = f"/m/{cast.OUMI}/status"
    client = Client()
    assert client.get(f"{address}/{child.number}").status_code == 302, "not known yet"
    client.post(address, {"number": case.number, "check": check_number(case.submission)})
    assert f"{address}/{child.number}" in client.get(f"{address}/{case.number}").content.decode()
    assert client.get(f"{address}/{child.number}").status_code == 200
    assert Client().get(f"{address}/{child.number}").status_code == 302
