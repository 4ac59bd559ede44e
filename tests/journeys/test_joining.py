"""A new town joins in the browser: how many clicks it takes, and that residents and desk find it working."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import inspection, resident
from tests.journeys.visits import PHONE, Visits, follow

pytestmark = pytest.mark.journey

HANANO = "990043"
MOST_CLICKS = 40
TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "join.md"
PASSWORD = "山と川と海と空の歌声"
GUIDE = """# 花野町 くらしの案内

## 図書室

花野町の図書室は、火曜日から日曜日の午前9時から午後6時まで開いています。
本は1人10冊まで、2週間借りられます。
"""

FACTS = {
    "postal_code": "999-0443",
    "address": "汐見県花野町中央2-1",
    "phone": "0599-43-0000",
    "hours": "平日 午前8時30分〜午後5時15分",
    "closing_days": "土曜日、日曜日、祝日、12月29日から1月3日まで",
}
FOUNDING = {
    "founding.code": HANANO,
    "founding.name": "花野町",
    "founding.kana": "はなのちょう",
    "section.name": "総合窓口",
    "section.phone": "0599-43-0100",
    "administrator.name": "花城 結",
    "administrator.post": "情報担当",
    "administrator.login": "hanano-admin",
}


class Hand:
    """A hand on the mouse, which counts; typing and going to an address that was handed over are free."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.pressed = page, 0, list[str]()

    def press(self, name: str) -> None:
        """A button or a link that leads to another page."""
        self.pressed.append(name)
        self._click(self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        ).first)  # fmt: skip

    def _click(self, target: Locator) -> None:
        follow(target)
        self.clicks += 1

    def tick(self, field: str, value: str) -> None:
        """A radio button or checkbox."""
        self.page.locator(f'[name="{field}"][value="{value}"]').click()
        self.clicks += 1

    def choose(self, field: str, label: str) -> None:
        """One of a list: it is opened, then an entry is pressed."""
        self.page.locator(f'[name="{field}"]').select_option(label=label)
        self.clicks += 2

    def hand_in(self, field: str, file: Path) -> None:
        """The button that opens the dialog, the file, and the dialog's own button."""
        self.page.set_input_files(f'[name="{field}"]', file)
        self.clicks += 3

    def type(self, typed: dict[str, str]) -> None:
        """What is typed into fields."""
        for field, text in typed.items():
            self.page.locator(f'[name="{field}"]').fill(text)


def test_a_town_joins_within_forty_clicks(visits: Visits, tmp_path: Path, bank_card: Path) -> None:
    starter = Hand(visits.begin(login="shiomi-admin"))
    starter.clicks += 1  # the sign-in above
    address = starts(starter)
    admin = Hand(visits.begin())
    arrives(admin, "hanano-admin", address)
    describes(admin)
    colleagues = staffs(admin)
    adopts(admin)
    mandates(admin)
    hands_in(admin, tmp_path)
    stays_hidden(visits)
    publishes(admin)
    clicks = starter.clicks + admin.clicks
    assert clicks <= MOST_CLICKS, clicks
    tutorial = TUTORIAL.read_text(encoding="utf-8")
    assert [name for name in starter.pressed + admin.pressed if f"「{name}」" not in tutorial] == []

    number = lives_there(visits, bank_card)
    clerk = Hand(visits.begin())
    arrives(clerk, "hanano-clerk", colleagues["hanano-clerk"])
    clerk.page.goto("/desk/?who=all")
    expect(clerk.page.locator(".queue")).to_contain_text(number)
    agent = visits.begin(login="centre-agent")
    agent.goto(f"/desk/?municipality={HANANO}")
    expect(agent.locator(".queue")).to_contain_text(number)


def test_what_is_wrong_stands_at_its_field(visits: Visits) -> None:
    page = visits.begin(login="shiomi-admin")
    page.goto("/desk/joining/start")
    follow(page.get_by_role("button", name="この団体をはじめる"))
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#errors a")).to_have_count(9)
    expect(page.locator("#errors")).to_contain_text("「全国地方公共団体コード」を入力してください。")
    assert inspection.faults(page) == []
    page.locator("#errors a").first.click()
    expect(page.locator('[name="founding.code"]')).to_be_focused()


def starts(hand: Hand) -> str:
    """The consortium starts the town; the address for its administrator."""
    hand.press("はじめる")
    hand.press("団体をはじめる")
    hand.type({**FOUNDING, "founding.code": "990052"})
    hand.choose("founding.kind", "町")
    hand.press("この団体をはじめる")
    expect(hand.page.locator('[name="founding.code"]')).to_have_attribute("aria-invalid", "true")
    hand.type({"founding.code": HANANO})
    hand.press("この団体をはじめる")
    expect(hand.page.locator(".steps")).to_contain_text("花野町")
    assert inspection.faults(hand.page) == []
    address = hand.page.locator(".address").inner_text()
    hand.page.reload()
    expect(hand.page.locator(".address")).to_have_count(0)
    return address


def arrives(hand: Hand, login: str, address: str) -> None:
    """Somebody new chooses a password and signs in."""
    hand.page.goto(address)
    hand.type({"password": PASSWORD, "again": PASSWORD})
    hand.press("パスワードを決める")
    hand.type({"login": login, "password": PASSWORD})
    hand.press("サインインする")


def describes(hand: Hand) -> None:
    """Step 1."""
    hand.press("はじめる")
    hand.press("1 団体の情報")
    hand.type(FACTS)
    hand.tick("theme", "green")
    hand.press("保存して次へ進む")


def staffs(hand: Hand) -> dict[str, str]:
    """Step 2: two sections, a clerk and a decider; their addresses by login."""
    hand.type({"1.name": "子ども課", "1.phone": "0599-43-0132", "1.duties": "児童手当、保育所"})
    hand.press("保存して次へ進む")
    people = (("比屋根 朝陽", "手当係 主事", "hanano-clerk"), ("東江 光", "子ども課長", "hanano-decider"))
    for place, (name, post, login) in enumerate(people):
        hand.type({f"{place}.name": name, f"{place}.post": post, f"{place}.login": login})
        hand.choose(f"{place}.section", "子ども課")
    hand.press("保存して次へ進む")
    rows = hand.page.locator(".callout .summary > div")
    expect(rows).to_have_count(2)
    found = [row.inner_text().split("\n") for row in rows.all()]
    hand.press("次へ進む：型の採用")
    return {re.sub(r".*（(.*)）", r"\1", who): address for who, address in found}


def adopts(hand: Hand) -> None:
    """Step 3: child allowance, with the town's own section."""
    hand.press("児童手当 認定請求")
    hand.type({"担当課": "子ども課", "担当電話": "0599-43-0132", "補正期限日数": "99"})
    hand.press("この型を採用する")
    expect(hand.page.locator("#errors")).to_contain_text("7から30までの数にしてください。")
    hand.type({"補正期限日数": "10"})
    hand.press("この型を採用する")
    hand.press("次へ進む：委託")


def mandates(hand: Hand) -> None:
    """Step 4: the joint centre checks the form, and never decides."""
    hand.press("児童手当 認定請求")
    hand.choose("taker", "しおみ共同処理センター")
    hand.type({"number": "令和8年度 委託第1号"})
    hand.press("この内容で定める")
    expect(hand.page.locator("main")).to_contain_text("委託第1号")
    hand.press("次へ進む：文書")


def hands_in(hand: Hand, folder: Path) -> None:
    """Step 5."""
    guide = folder / "くらしの案内.md"
    guide.write_text(GUIDE, encoding="utf-8")
    hand.hand_in("files", guide)
    hand.press("文書を登録する")
    expect(hand.page.locator("main")).to_contain_text("花野町 くらしの案内")
    hand.press("次へ進む：公開の前の確認")


def stays_hidden(visits: Visits) -> None:
    """Until then residents find nothing."""
    stranger = visits.begin()
    response = stranger.goto(f"/m/{HANANO}/")
    assert response is not None
    assert response.status == 404
    stranger.goto("/")
    expect(stranger.locator("main")).not_to_contain_text("花野町")


def publishes(hand: Hand) -> None:
    """Step 6: a look at the pages, then residents are let in."""
    hand.press("住民の画面を見てみる")
    expect(hand.page.locator(".banner")).to_contain_text("住民にはまだ見えません")
    assert inspection.faults(hand.page) == []
    hand.page.goto("/desk/joining/opening")
    hand.clicks += 1  # back
    hand.press("住民に公開する")
    expect(hand.page.locator(".outcome.answer")).to_contain_text("住民に公開しています")
    assert inspection.faults(hand.page) == []


def lives_there(visits: Visits, bank_card: Path) -> str:
    """A resident asks what the town's document says, and claims the allowance; the number of the claim."""
    page = visits.begin(PHONE)
    page.goto(f"/m/{HANANO}/ask?q=図書室は何時まで開いていますか")
    expect(page.locator("main")).to_contain_text("午前9時から午後6時まで")
    page.goto(f"/m/{HANANO}/apply/jidou-teate/1")
    resident.complete(page, resident.answers(), picture=bank_card)
    return resident.send(page).number
