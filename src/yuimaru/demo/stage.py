"""What a person at the keyboard has: a browser for each role, the command line, and what they have noted down."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yuimaru.config import env
from yuimaru.demo import cast
from yuimaru.demo.visitor import Page, Visitor


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on stdout."""
        return json.loads(self.out)


@dataclass
class Stage:
    """The running demo, and what its visitor has learned so far."""

    base_url: str
    var: Path
    environment: Mapping[str, str]
    start: Callable[[], float]
    stop: Callable[[], int]
    noted: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, Visitor] = field(default_factory=dict)

    def run(self, *arguments: str) -> Ran:
        """Run `yuimaru …` on the same data."""
        ended = subprocess.run(
            [sys.executable, "-m", "yuimaru", *arguments],
            cwd=env.ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return Ran(ended.returncode, ended.stdout, ended.stderr)

    def browser(self, login: str = "") -> Visitor:
        """A browser of a resident, or one in which a person of the cast is signed in."""
        if login not in self.browsers:
            self.browsers[login] = Visitor(self.base_url)
            if login:
                page = self.browsers[login].sign_in(login, cast.PASSWORD)
                assert page.path.startswith("/desk/"), f"{login} could not sign in: {page.path}"
        return self.browsers[login]

    def task(self, login: str, number: str) -> Page:
        """The task of a 受付番号, found in the person's queue."""
        browser = self.browser(login)
        queue = browser.get("/desk/", who="all")
        for address in queue.links("/desk/tasks/"):
            page = browser.get(address)
            if number in page.text:
                return page
        raise LookupError(f"{login} sees no task of {number}")

    def act(self, login: str, number: str, action: str, note: str = "") -> Page:
        """Open a task and press one of its buttons."""
        page = self.task(login, number)
        browser = self.browser(login)
        for form in page.forms(action="/act"):
            buttons = form.buttons.get("action", ())
            if action in form.fields.get("action", []) or action in buttons:
                values: Mapping[str, str | list[str]] = {"action": action, **({"note": note} if note else {})}
                return browser.submit(form, values)
        raise LookupError(f"{login} is not offered {action}")


def expect(condition: object, otherwise: str) -> None:
    """Fail the step with a sentence."""
    if not condition:
        raise AssertionError(otherwise)
