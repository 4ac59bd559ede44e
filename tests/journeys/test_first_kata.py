"""The tutorial on the first kata, followed as it stands there: files written, commands run, and an application sent."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.journeys import inspection, resident
from tests.journeys.visits import DESKTOP, PHONE, Visits, follow

pytestmark = pytest.mark.journey

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "first-kata.md"
PROCEDURE = f"/m/{cast.MIDORINO}/procedures/bench-satooya/"
TITLE = "ベンチの里親 申込み"
ANSWERS = {
    "氏名": "山里 拓海", "電話": "0599-41-0198", "種類": "いまあるベンチ", "銘板": "true", "銘板の文字": "青葉一家",
}  # fmt: skip

# What a reader does, in the words of the page: write a file, add to it, mend a line, run commands.
_STEPS = re.compile(
    r"`(?P<new>bench/\S+)` に次のように書きます"
    r"|`(?P<more>bench/\S+)` の末尾に加えます"
    r"|`(?P<wrong>[^`]+)` を `(?P<right>[^`]+)` に直し"
    r"|```(?:yaml|markdown)\n(?P<text>.*?)```"
    r"|```console\n(?P<talk>.*?)```",
    re.DOTALL,
)


class Reader:
    """Somebody at a terminal who does what the page says."""

    def __init__(self, folder: Path, surroundings: dict[str, str]) -> None:
        self.folder, self.surroundings = folder, surroundings
        self.file, self.kept = folder, ""
        self.commands = 0

    def follow(self, page: str) -> None:
        for step in _STEPS.finditer(page):
            if name := step["new"] or step["more"]:
                self.file = self.folder / name
                self.kept = self.file.read_text("utf-8") if step["more"] else ""
            elif step["text"]:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                self.file.write_text(self.kept + step["text"], "utf-8")
            elif step["wrong"]:
                before = self.file.read_text("utf-8")
                assert before.count(step["wrong"]) == 1
                self.file.write_text(before.replace(step["wrong"], step["right"]), "utf-8")
            else:
                self.talk(step["talk"])

    def talk(self, block: str) -> None:
        """Run each command of a block; its output must be the one shown."""
        for command, shown in _exchanges(block):
            assert self.run(command) == shown, command
            self.commands += 1

    def run(self, command: str) -> str:
        typed = command.replace("./yuimaru", f"{sys.executable} -m yuimaru")
        done = subprocess.run(  # noqa: S602 - the commands of our own page, quoted as a shell reads them
            typed, shell=True, cwd=self.folder, env=self.surroundings, capture_output=True, text=True
        )
        return done.stdout


def _exchanges(block: str) -> Iterator[tuple[str, str]]:
    for exchange in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = exchange.partition("\n")
        yield command, shown


def test_the_first_kata_from_an_empty_folder_to_an_application(
    visits: Visits, surroundings: dict[str, str], tmp_path: Path
) -> None:
    reader = Reader(tmp_path, surroundings)
    reader.follow(TUTORIAL.read_text("utf-8"))
    assert reader.commands == 8
    page = visits.begin(PHONE)
    applies(page)
    number = resident.send(page).number
    desk = visits.begin(DESKTOP, login="midorino-clerk")
    task = desk.locator("main tr, main li").filter(has_text=number)
    expect(task).to_contain_text(TITLE)


def applies(page: Page) -> None:
    """Begin on the page of the procedure, and answer up to the confirmation."""
    page.goto(PROCEDURE)
    expect(page.locator("h1")).to_contain_text(TITLE)
    assert inspection.axe_findings(page) == []
    follow(page.get_by_role("link", name="入力を始める").first)
    resident.fill_until(page, "idempotency_key", ANSWERS)
    expect(page.locator("main")).to_contain_text("7,000円")
    expect(page.locator("main")).to_contain_text("要綱 第4条")
