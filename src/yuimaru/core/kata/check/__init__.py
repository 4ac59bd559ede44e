"""The static check of a kata: everything that is wrong, all at once, before anybody can adopt it."""

from __future__ import annotations

from yuimaru.core.kata.check.decisions import check_decisions
from yuimaru.core.kata.check.examples import check_examples
from yuimaru.core.kata.check.findings import Findings
from yuimaru.core.kata.check.forms import check_forms
from yuimaru.core.kata.check.kata import check_kata
from yuimaru.core.kata.check.notices import check_notices, check_translations
from yuimaru.core.kata.check.scope import Scope, check_names
from yuimaru.core.kata.check.workflow import check_workflow
from yuimaru.core.kata.models import Package
from yuimaru.core.kata.package import Sources
from yuimaru.core.kata.problems import KataProblem

NO_SOURCES = Sources()


def check(package: Package, sources: Sources = NO_SOURCES) -> list[KataProblem]:
    """All findings in a package, sorted by file and line; with `sources` they carry the lines of its folder."""
    findings = Findings.of(package, sources)
    scope = Scope(package.kata)
    check_names(scope, findings)
    check_kata(scope, findings)
    check_forms(scope, findings)
    check_decisions(scope, findings)
    check_workflow(scope, findings)
    check_notices(scope, findings)
    check_translations(package, scope, findings)
    check_examples(package, findings)
    return sorted(findings.problems, key=lambda problem: (problem.file, problem.line or 0))
