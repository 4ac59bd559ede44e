"""A pytest plugin that runs each test once with all guards on, and once with each guard switched off.

Loaded by `test_guards.py` alone, into a run of its own: `pytest -p tests.promises.guards --guards-to=FILE …`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Patch = pytest.MonkeyPatch
ON = "all on"
_FAILED: list[str] = []


def _scope(patch: Patch) -> None:
    """Reads are filtered by nothing."""
    from yuimaru.foundation.people.models import Section
    from yuimaru.foundation.tenancy.models import OwnedManager

    patch.setattr(type(Section.objects), "get_queryset", OwnedManager.get_queryset)


def _write_check(patch: Patch) -> None:
    """Rows are written for whomever they name."""
    patch.setattr("yuimaru.foundation.tenancy.scope.require_owner", lambda owner_id: None)


def _mask(patch: Patch) -> None:
    """A taker sees every item."""
    from yuimaru.services.cases.rules import View

    patch.setattr("yuimaru.services.cases.rules.mandated_view", lambda *_: View(None, frozenset()))


def _sealing(patch: Patch) -> None:
    """What is sealed stands in plain text."""
    for module in ("yuimaru.foundation.keys.fields", "yuimaru.foundation.files.actions"):
        patch.setattr(f"{module}.seal", lambda key, plain, *, place: plain)
    for module in ("yuimaru.foundation.keys.fields", "yuimaru.foundation.files.queries"):
        patch.setattr(f"{module}.unseal", lambda key, sealed, *, place: sealed)


def _protection(patch: Patch) -> None:
    """Nothing is withheld."""
    from yuimaru.services.protections.models import Concern

    patch.setattr("yuimaru.services.protections.queries._live", lambda on: Concern.objects.none())


def _row_security(patch: Patch) -> None:
    """The database serves a role that no policy binds."""
    from django.db import connection

    connection.close()
    patch.setitem(connection.settings_dict, "USER", "postgres")


GUARDS: dict[str, dict[str, Callable[[Patch], None]]] = {
    "sqlite": {
        "scope": _scope,
        "write check": _write_check,
        "mask": _mask,
        "sealing": _sealing,
        "protection": _protection,
    },
    "postgresql": {"row security": _row_security},
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--guards-to", required=True, help="where to write which test failed without which guard"
    )


def _guards(config: pytest.Config) -> dict[str, Callable[[Patch], None]]:
    return GUARDS[str(config.getoption("store"))]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.fixturenames.append("guard_off")
    metafunc.parametrize("guard_off", [ON, *_guards(metafunc.config)])


def _off(item: pytest.Item) -> str:
    assert isinstance(item, pytest.Function)
    return str(item.callspec.params["guard_off"])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Around set-up and clearing-up as well: the next test finds all guards on."""
    guard = _off(item)
    with pytest.MonkeyPatch.context() as patch:
        if guard != ON:
            _guards(item.config)[guard](patch)
        result = yield
    if guard == "row security":
        from django.db import connection

        connection.close()
    return result


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed:
        _FAILED.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    failed = [[item.nodeid.partition("[")[0], _off(item)] for item in session.items if item.nodeid in _FAILED]
    found = {"ran": len(session.items), "failed": failed}
    Path(session.config.getoption("guards_to")).write_text(json.dumps(found))
