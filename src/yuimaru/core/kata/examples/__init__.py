"""The examples that travel with a kata, which are its tests: played, compared, and measured by what they reach."""

from yuimaru.core.kata.examples.plain import plain
from yuimaru.core.kata.examples.running import ExampleResult, Report, run, run_all

__all__ = ["ExampleResult", "Report", "plain", "run", "run_all"]
