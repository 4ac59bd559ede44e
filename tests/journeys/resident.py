"""A resident of みどり野町 with a newborn, who asks, applies and follows up in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page

from tests import cast
from tests.journeys.visits import follow

TOWN = f"/m/{cast.MIDORINO}"
APPLY = f"{TOWN}/apply/jidou-teate/"
MOST_SCREENS = 10
MAIN = "main form.headed button.main"

Typed = dict[str, str]

_FILL = """typed => {
  for (const field of document.querySelectorAll('main form.headed :is(input, select, textarea)')) {
    if (!(field.name in typed)) continue;
    if (['radio', 'checkbox'].includes(field.type)) field.checked = field.value === typed[field.name];
    else field.value = typed[field.name];
  }
}"""


@dataclass(frozen=True)
class Receipt:
    """What a resident holds after sending: 受付番号 and 確認番号."""

    number: str
    check: str


def answers() -> Typed:
    """The claim for a child born ten days ago, as it is typed into the fields."""
    born = datetime.now(cast.TOKYO).date() - timedelta(days=10)
    birthday = {"era": "西暦", "year": str(born.year), "month": str(born.month), "day": str(born.day)}
    return {
        "公務員": "false",
        "受給中": "false",
        "三歳未満": "true",
        "事由": "出生",
        **{f"事由日.{part}": text for part, text in birthday.items()},
        "氏名": "山里 拓海",
        "フリガナ": "ヤマザト タクミ",
        **{"請求者生年月日.era": "平成", "請求者生年月日.year": "7"},
        **{"請求者生年月日.month": "3", "請求者生年月日.day": "14"},
        "住所": "汐見県みどり野町本町3-5",
        "電話": "0599-41-0198",
        "職業": "会社員",
        "加入年金": "厚生年金",
        "配偶者": "いない",
        "年長児の有無": "false",
        "児童.0.児童氏名": "山里 結衣",
        "児童.0.児童フリガナ": "ヤマザト ユイ",
        **{f"児童.0.生年月日.{part}": text for part, text in birthday.items()},
        "児童.0.続柄": "子",
        "児童.0.同居": "同居",
        "児童.0.監護": "true",
        "児童.0.生計": "true",
        "児童.0.何番目": "1",
        "振込先.bank_name": "みどり野信用組合",
        "振込先.branch_name": "本店",
        "振込先.number": "1234482",
        "振込先.holder": "ヤマザト タクミ",
        "審査の同意": "true",
    }


def fill(page: Page, typed: Typed) -> None:
    """Answer the questions that stand on this screen, all at once."""
    page.evaluate(_FILL, typed)


def fill_until(page: Page, name: str, typed: Typed) -> None:
    """Go from screen to screen up to the one that asks for `name`."""
    for _ in range(MOST_SCREENS):
        if page.locator(f'[name="{name}"]').count():
            return
        fill(page, typed)
        follow(page.locator(MAIN))
    raise AssertionError(f"{name} was not asked; the last screen is {page.url}")


def complete(page: Page, typed: Typed, *, picture: Path | None = None) -> None:
    """Go from the screen that is open to the confirmation."""
    fill_until(page, "振込先.bank_name", typed)
    fill(page, typed)
    if picture is not None:
        page.set_input_files('[name="口座の写し"]', picture)
    follow(page.locator(MAIN))
    fill_until(page, "idempotency_key", typed)


def send(page: Page) -> Receipt:
    """Send what the confirmation shows, and read the receipt."""
    follow(page.locator("main form button.main"))
    return Receipt(page.inner_text(".serial"), page.inner_text(".secret"))


def look_up(page: Page, number: str, check: str) -> None:
    """Ask for the status with both numbers."""
    page.goto(f"{TOWN}/status")
    page.fill("#number", number)
    page.fill("#check", check)
    follow(page.locator("main form button.main"))
