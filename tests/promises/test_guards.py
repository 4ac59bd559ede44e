"""No guard is idle: switched off, it makes the tests named here fail and no other; with all on, none fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.promises.guards import GUARDS, ON
from tests.stores import ROOT

# Each guard and the tests that speak of it.
NAMED = {
    "scope": ["tests/foundation/test_scope.py::test_reads_hold_only_the_scope"],
    "write check": [
        "tests/foundation/test_scope.py::test_a_scope_that_the_library_would_let_pass_is_still_refused"
    ],
    "row security": [
        "tests/foundation/test_row_security.py::test_a_forgotten_filter_shows_nothing_of_others",
        "tests/foundation/test_row_security.py::test_foreign_rows_are_neither_changed_nor_deleted",
    ],
    "mask": ["tests/services/cases/test_working.py::test_masks_differ_by_mandate_and_never_exceed_the_step"],
    "sealing": ["tests/foundation/test_keys.py::test_answers_moved_to_another_row_do_not_open"],
    "protection": [
        "tests/services/protections/test_measures.py::"
        "test_what_she_sends_waits_for_the_officials_named_for_it"
    ],
}


def _without_each(store: str, folder: Path) -> tuple[int, set[tuple[str, str]]]:
    """Run the named tests of a store with every guard off in turn; gives how many ran, and which failed without what."""
    found = folder / "guards.json"
    tests = [test for guard in GUARDS[store] for test in NAMED[guard]]
    command = [
        sys.executable, "-m", "pytest", "-p", "tests.promises.guards", f"--guards-to={found}", "-p", "no:randomly",
        "-p", "no:cacheprovider", "-n", "0", f"--store={store}", *tests,
    ]  # fmt: skip
    # A name of its own gives the run a database and a data folder of its own.
    environment = os.environ | {"PYTEST_XDIST_WORKER": "guards", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert found.exists(), ran.stdout[-3000:] + ran.stderr[-3000:]
    seen = json.loads(found.read_text())
    return seen["ran"], {(test, guard) for test, guard in seen["failed"]}


def _named(store: str) -> set[tuple[str, str]]:
    return {(test, guard) for guard in GUARDS[store] for test in NAMED[guard]}


@pytest.mark.store("sqlite")
def test_each_guard_that_is_off_fails_the_tests_named_for_it_and_no_other(tmp_path: Path) -> None:
    ran, failed = _without_each("sqlite", tmp_path)
    assert failed == _named("sqlite")
    assert ran == len(_named("sqlite")) * (len(GUARDS["sqlite"]) + 1)


@pytest.mark.store("postgresql")
def test_row_security_that_is_off_fails_the_tests_named_for_it(tmp_path: Path) -> None:
    ran, failed = _without_each("postgresql", tmp_path)
    assert failed == _named("postgresql")
    assert ran == 2 * len(_named("postgresql"))


def test_every_guard_has_a_test_named_for_it() -> None:
    guards = {guard for of_a_store in GUARDS.values() for guard in of_a_store}
    assert guards == NAMED.keys()
    assert ON not in guards
