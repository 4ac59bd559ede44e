"""Takes the pictures of README.md from a running demo: `./yuimaru demo`, then `python tools/make_screenshots.py`.

Needs the packages of requirements-dev.txt, Debian's chromium and fonts-noto-cjk. Begins one draft and sends nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("YUIMARU_VAR", ROOT / "var"))
IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = (1280, 720), (390, 844)
TOWN, VILLAGE = "990027", "990035"
QUESTION = "児童手当はいくらもらえますか"
MOST_SCREENS = 12


def main() -> None:
    """Make every picture anew."""
    demo = json.loads((VAR / "demo.json").read_text(encoding="utf-8"))
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with _visit(browser, demo["base_url"], DESKTOP) as page:
            _residents(page)
        with _visit(browser, demo["base_url"], PHONE) as page:
            page.goto(f"/m/{VILLAGE}/")
            _keep(page, "phone")
        with _visit(browser, demo["base_url"], DESKTOP) as page:
            _officials(page, demo["logins"])
        browser.close()


@contextmanager
def _visit(browser: Browser, base_url: str, size: tuple[int, int]) -> Iterator[Page]:
    width, height = size
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": height},
        locale="ja-JP",
        java_script_enabled=False,
    )
    yield context.new_page()
    context.close()


def _residents(page: Page) -> None:
    page.goto(f"/m/{TOWN}/")
    _keep(page, "portal-home")
    page.goto(f"/m/{TOWN}/ask?q={QUESTION}")
    _keep(page, "answer")
    page.goto(f"/m/{TOWN}/apply/jidou-teate/")
    answers = _answers()
    for _ in range(MOST_SCREENS):
        if page.locator('[name^="振込先."]').count():
            break
        for name, value in answers.items():
            _fill(page.locator(f'[name="{name}"]'), value)
        with page.expect_navigation():
            page.locator("form.headed button.main").click()
    else:
        raise SystemExit(f"the form did not come to the bank account: {page.url}")
    _keep(page, "apply")


def _officials(page: Page, logins: list[dict[str, Any]]) -> None:
    agent = next(login for login in logins if login["login"] == "centre-agent")
    page.goto("/accounts/login/")
    page.fill('[name="login"]', agent["login"])
    page.fill('[name="password"]', agent["password"])
    page.press('[name="password"]', "Enter")
    page.goto("/desk/")
    _keep(page, "desk-queue")
    page.goto(f"/desk/?municipality={TOWN}")
    with page.expect_navigation():
        page.locator('a[href^="/desk/tasks/"]').first.click()
    _keep(page, "desk-task")


def _answers() -> dict[str, str]:
    """One fictional newborn's claim, as it is typed into the inputs of the form."""
    born_on = datetime.now(tz=UTC).date() - timedelta(days=10)
    born = {"era": "西暦", "year": str(born_on.year), "month": str(born_on.month), "day": str(born_on.day)}
    return {
        "公務員": "false",
        "受給中": "false",
        "三歳未満": "true",
        "事由": "出生",
        **{f"事由日.{part}": value for part, value in born.items()},
        "氏名": "山里 拓海",
        "フリガナ": "ヤマザト タクミ",
        "請求者生年月日.era": "平成",
        "請求者生年月日.year": "7",
        "請求者生年月日.month": "3",
        "請求者生年月日.day": "14",
        "住所": "汐見県みどり野町本町3-5",
        "電話": "0599-41-0198",
        "職業": "会社員",
        "加入年金": "厚生年金",
        "配偶者": "いない",
        "年長児の有無": "false",
        "児童.0.児童氏名": "山里 結衣",
        "児童.0.児童フリガナ": "ヤマザト ユイ",
        **{f"児童.0.生年月日.{part}": value for part, value in born.items()},
        "児童.0.続柄": "子",
        "児童.0.同居": "同居",
        "児童.0.監護": "true",
        "児童.0.生計": "true",
        "児童.0.何番目": "1",
    }


def _fill(field: Locator, value: str) -> None:
    """Give a question its answer, if it stands on this screen."""
    if not field.count():
        return
    first = field.first
    if first.get_attribute("type") == "radio":
        field.and_(field.page.locator(f'[value="{value}"]')).check(force=True)
    elif first.evaluate("node => node.tagName") == "SELECT":
        first.select_option(value)
    else:
        first.fill(value)


def _keep(page: Page, name: str) -> None:
    page.screenshot(path=IMAGES / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
