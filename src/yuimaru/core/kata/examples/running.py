"""Runs the examples of a kata and measures what of it they reach."""

from __future__ import annotations

from dataclasses import dataclass

from yuimaru.core.kata import routes, workflow
from yuimaru.core.kata.coverage import Coverage, Reached, coverage
from yuimaru.core.kata.examples.playing import Play
from yuimaru.core.kata.models import Example, Package
from yuimaru.core.kata.notices import MissingField
from yuimaru.core.kata.package import canonical
from yuimaru.core.kata.program import Program, UnknownName, program
from yuimaru.core.kata.tables import TableError


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What came out of one example; `failures` are sentences, none when it passed."""

    id: str
    failures: list[str]
    reached: Reached

    @property
    def ok(self) -> bool:
        """Whether everything came out as expected."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class Report:
    """What came out of all examples, and what of the kata they reached."""

    results: list[ExampleResult]
    coverage: Coverage

    @property
    def failed(self) -> list[ExampleResult]:
        """The examples that did not pass."""
        return [result for result in self.results if not result.ok]

    @property
    def covered(self) -> bool:
        """Whether everything was reached."""
        return not self.coverage.unreached


def run(program: Program, example: Example) -> ExampleResult:
    """Run one example; whatever goes wrong in it is a failure told in words."""
    play = Play(program, example)
    try:
        play.run()
    except TableError as error:
        play.failures += [problem.message_ja for problem in error.problems]
    except UnknownName as error:
        play.failures.append(f"「{error}」は、この型にありません。")
    except routes.RouteError as error:
        play.failures.append(f"決裁の経路が決まりません（{error}）。")
    except (MissingField, workflow.PeriodError) as error:
        play.failures.append(f"「{error}」の値が決まりません。")
    return ExampleResult(example.id, play.failures, play.reached)


def run_all(package: Package) -> Report:
    """Run all examples of a package and measure what they reach."""
    ready = program(canonical(package))
    results = [run(ready, example) for example in package.examples]
    reached = Reached()
    for result in results:
        reached.add(result.reached)
    return Report(results, coverage(package.kata, reached))
