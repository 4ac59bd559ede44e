"""Takes the pictures of README.md from a running demo, as the people of the journeys see it.

`./yuimaru demo`, then `PYTHONPATH=src:. .venv/bin/python -m tools.make_screenshots`. Needs what `./yuimaru test`
installs. Begins one draft and sends nothing.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.journeys import resident
from tests.journeys.visits import ARGUMENTS, PHONE, Visits, follow

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("YUIMARU_VAR", ROOT / "var"))
IMAGES = ROOT / "docs" / "images"
TOWN, VILLAGE = "990027", "990035"
QUESTION = "児童手当はいくらもらえますか"


def main() -> None:
    """Make every picture anew."""
    demo = json.loads((VAR / "demo.json").read_text(encoding="utf-8"))
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        visits = Visits(browser, demo["base_url"])
        _resident(visits.begin(scripts=False))
        phone = visits.begin(PHONE, scripts=False)
        phone.goto(f"/m/{VILLAGE}/")
        _keep(phone, "phone")
        _official(visits.begin(scripts=False, login="centre-agent"))
        visits.end()
        browser.close()


def _resident(page: Page) -> None:
    page.goto(f"/m/{TOWN}/")
    _keep(page, "portal-home")
    page.goto(f"/m/{TOWN}/ask?q={QUESTION}")
    _keep(page, "answer")
    page.goto(f"/m/{TOWN}/apply/jidou-teate/")
    resident.fill_until(page, "振込先.bank_name", resident.answers())
    _keep(page, "apply")


def _official(page: Page) -> None:
    _keep(page, "desk-queue")
    page.goto(f"/desk/?municipality={TOWN}")
    follow(page.locator('a[href^="/desk/tasks/"]').first)
    _keep(page, "desk-task")


def _keep(page: Page, name: str) -> None:
    page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
