"""The story that must always work, step by step: each function is one step and says what it saw."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
from pptx import Presentation

from yuimaru.config import env
from yuimaru.demo import cast
from yuimaru.demo.residents import RESIDENTS, answers, typed_in
from yuimaru.demo.stage import Stage, expect
from yuimaru.demo.visitor import Page

TOKYO = ZoneInfo("Asia/Tokyo")
NEW_TOWN = "990043"
GUIDE = """# 星見町 児童手当のご案内

## 申請のしかた

星見町では、児童手当の申請を役場2階の5番窓口で受け付けます。
児童手当は、偶数月の20日に振り込みます。
"""
SCAN = b"%PDF-1.7\nthis is no longer a PDF\n"


def register(stage: Stage) -> str:
    """A shared service body registers a municipality; a wrong code is refused in one line."""
    added = stage.run("municipality", "add", NEW_TOWN, "--name", "星見町", "--kind", "town",
                      "--consortium", cast.CONSORTIUM, "--json")  # fmt: skip
    expect(added.code == 0 and added.json == {"code": NEW_TOWN, "created": True}, added.out + added.err)
    again = stage.run("municipality", "add", NEW_TOWN, "--name", "星見町", "--kind", "town", "--json")
    expect(again.json["created"] is False, "the same code was registered twice")
    wrong = stage.run("municipality", "add", "990044", "--name", "x", "--kind", "town", "--json")
    expect(wrong.code == 2 and not wrong.out and len(wrong.err.splitlines()) == 1, wrong.err)
    listed = stage.run("municipality", "list", "--json").json["municipalities"]
    expect({"code": NEW_TOWN, "name": "星見町", "kind": "town"} in listed, "not listed")
    expect("星見町" in stage.browser().get("/").text, "not on the first page")
    return f"{len(listed)} registered"


def adopt(stage: Stage) -> str:
    """It adopts a kata with its own parameters and brings its documents; a broken file keeps nothing else out."""
    adopted = stage.run("catalogue", "adopt", "jidou-teate", "--municipality", NEW_TOWN,
                        "--set", "担当課=福祉課", "--json")  # fmt: skip
    expect(adopted.code == 0, adopted.err)
    page = stage.browser().get(f"/m/{NEW_TOWN}/procedures/jidou-teate/")
    expect(page.status == 200 and "児童手当" in page.title, page.title)
    folder = stage.var / "incoming"
    folder.mkdir()
    (folder / "guide.md").write_text(GUIDE, encoding="utf-8")
    (folder / "scan.pdf").write_bytes(SCAN)
    (folder / "fees.xlsx").write_bytes(_workbook())
    (folder / "shelter.pptx").write_bytes(_slides())
    taken = stage.run("documents", "add", "--municipality", NEW_TOWN, str(folder), "--json")
    report = taken.json
    expect((taken.code, len(report["added"]), len(report["refused"])) == (1, 3, 1), taken.out)
    asked = stage.run("ask", "--municipality", NEW_TOWN, "住民票の写しの手数料はいくらですか", "--json")
    place = asked.json["sentences"][0]["citations"][0]["location"] if asked.json["sentences"] else asked.out
    expect(isinstance(place, dict) and (place["sheet"], place["cell"]) == ("手数料", "A3"), str(place))
    return str(report["refused"][0]["message"])


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "手数料"
    for row in (["証明書", "窓口", "手数料"], ["戸籍謄本", "1番", "450円"], ["住民票の写し", "1番", "300円"]):
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _slides() -> bytes:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "避難所の持ち物"
    slide.placeholders[1].text = "飲み水は、1人1日3リットルを3日分持ってきてください。"
    written = io.BytesIO()
    show.save(written)
    return written.getvalue()


def ask(stage: Stage) -> str:
    """The same question in three towns: each answers from its own documents, word for word."""
    question = "児童手当は何日に振り込まれますか"
    told = {code: _asked(stage, code, question) for code in (cast.OUMI, cast.TSUKIHAMA, NEW_TOWN)}
    quotes = {code: " ".join(found) for code, found in told.items()}
    for code, day in ((cast.OUMI, "10日"), (cast.TSUKIHAMA, "15日"), (NEW_TOWN, "20日")):
        expect(day in quotes[code], f"{code}: {quotes[code]}")
    page = stage.browser().get(f"/m/{cast.OUMI}/ask", q=question)
    expect(any(quote in page.text for quote in told[cast.OUMI]), "the page shows another answer")
    expect(page.links("/procedures/jidou-teate/"), "the answer does not lead to the procedure")
    return quotes[cast.TSUKIHAMA][:40]


def _asked(stage: Stage, code: str, question: str) -> list[str]:
    ran = stage.run("ask", "--municipality", code, question, "--json")
    expect(ran.code == 0 and ran.json["outcome"] == "answer", ran.out + ran.err)
    quotes = []
    for sentence in ran.json["sentences"]:
        for citation in sentence["citations"]:
            text = stage.run("documents", "text", citation["document"]["id"]).out
            expect(citation["quote"] in text, f"not in the document: {citation['quote']}")
            quotes.append(citation["quote"])
    return quotes


def refuse(stage: Stage) -> str:
    """Off-topic and neighbours' questions are not answered; a person is offered."""
    for code, question in (
        (cast.OUMI, "カレーのおいしい作り方を教えて"),
        (cast.MIDORINO, "あしたの天気は晴れですか"),
    ):
        ran = stage.run("ask", "--municipality", code, question, "--json").json
        expect(ran["outcome"] == "none" and not ran["sentences"], f"{question}: {ran['outcome']}")
        expect(ran["refusal"]["contact"]["phone"], "nobody to turn to")
    foreign = stage.run(
        "ask", "--municipality", cast.OUMI, "村営バスで粗大ごみを持ち込めますか", "--json"
    ).json
    expect(foreign["outcome"] != "answer", "answered from what only a neighbour has")
    return str(ran["refusal"]["message"])


def apply(stage: Stage) -> str:
    """A resident fills in the form; a wrong value is shown beside its field and what was typed stays."""
    typed = typed_in(answers(RESIDENTS[5], sent_on=datetime.now(TOKYO).date()))
    browser = stage.browser()
    page = browser.get(f"/m/{cast.MIDORINO}/apply/jidou-teate/")
    wrong_shown = False
    for _ in range(30):
        if page.path.endswith("/confirm"):
            break
        form = page.form(having="@do")
        values = {name: value for name, value in typed.items() if name in form.names}
        if "フリガナ" in values and not wrong_shown:
            page = browser.submit(form, {**values, "フリガナ": "もりした だいち"})
            expect("もりした だいち" in page.html and "モリシタ ダイチ" in page.text, "no help for the kana")
            expect(page.title.startswith("誤り"), page.title)
            wrong_shown = True
            continue
        page = browser.submit(form, values)
    expect(page.path.endswith("/confirm") and wrong_shown, f"stopped at {page.path}: {page.title}")
    expect(
        "15,000" in page.text and "児童手当法" in page.text, "no amount or no ground on the confirmation page"
    )
    return _confirm(stage, page)


def _confirm(stage: Stage, page: Page) -> str:
    browser, form = stage.browser(), page.form(having="idempotency_key")
    receipt = browser.submit(form)
    again = browser.submit(form)
    expect("/receipts/" in receipt.path, f"{receipt.status} {receipt.path} {receipt.title}")
    expect(again.path == receipt.path, "the same key gave another receipt")
    stage.noted["number"] = receipt.path.rsplit("/", 1)[1]
    stage.noted["check"] = "".join(receipt.texts(".secret"))
    expect(stage.noted["check"].isdecimal(), "no 確認番号 on the receipt")
    return stage.noted["number"]


def joint_desk(stage: Stage) -> str:
    """The joint centre sees the case of a town under its mandate, and nothing that the mandate hides."""
    page = stage.task("centre-agent", stage.noted["number"])
    stage.noted["task"] = page.path
    expect("森下 大地" in page.text, "the mandate shows the name")
    expect("みどり野町川上" not in page.html and "090-0000-0000" not in page.html, "a hidden value was sent")
    expect("児童手当法" in page.text, "no reason with its ground")
    shown = stage.browser("centre-agent").submit(
        page.form(having="purpose"), {"item": "住所", "purpose": "住民票の住所と突き合わせるため"}
    )
    expect("みどり野町川上" in shown.text, f"not shown for a purpose: {shown.status}")
    asked = stage.act("centre-agent", stage.noted["number"], "補正を求める", "電話番号を確かめてください。")
    expect(asked.status == 200, f"{asked.status} {asked.title}")
    return page.title


def strangers(stage: Stage) -> str:
    """Whoever has no mandate gets the very answer that an unknown number gets."""
    unknown = "/desk/tasks/00000000-0000-7000-8000-000000000000"
    for login in ("minato-agent", "oumi-clerk", "shiomi-admin"):
        foreign, nothing = (stage.browser(login).get(path) for path in (stage.noted["task"], unknown))
        expect(foreign.status == nothing.status == 404, f"{login}: {foreign.status} {nothing.status}")
        expect(foreign.html == nothing.html, f"{login}: the two pages differ")
    return "404"


def correct(stage: Stage) -> str:
    """With number and 確認番号 the resident sees where it stands, and corrects what was asked for."""
    browser = stage.browser("")
    door = browser.get(f"/m/{cast.MIDORINO}/status").form(having="check")
    number, check = stage.noted["number"], stage.noted["check"]
    other = f"{(int(check) + 1) % 10**6:06d}"
    expect(
        "電話番号を" not in browser.submit(door, {"number": number, "check": other}).text,
        "opened without the key",
    )
    page = browser.submit(door, {"number": number, "check": check})
    expect("電話番号を確かめてください" in page.text, page.text[:200])
    page = browser.get(page.links("/correct/")[0])
    place = next(address for address in page.links("/correct/2"))
    form = browser.get(place).form(having="電話")
    browser.submit(form, {"電話": "0599-41-2345"})
    page = browser.get(f"/m/{cast.MIDORINO}/status/{number}/correct/")
    page = browser.submit(page.form(action="/correct/"))
    expect(page.status == 200 and page.path.endswith(number), f"{page.status} {page.path}")
    return page.title


def decide(stage: Stage) -> str:
    """The centre passes it on, the clerk proposes and drafts; others sign along the route, and the last one decides."""
    number = stage.noted["number"]
    stage.act("centre-agent", number, "不備なし")
    stage.act("midorino-clerk", number, "認定案")
    task = stage.task("midorino-clerk", number)
    expect("我那覇" not in task.text and "手当係長" in task.text, "another route than this town has set")
    drafted = stage.browser("midorino-clerk").submit(task.form(action="/draft"), {"subject": "第1子の認定"})
    expect("認定しました" in drafted.text and not drafted.forms(action="/marks/"), drafted.title)
    mark = stage.task("midorino-leader", number).form(action="/marks/", having="verdict")
    refused = stage.browser("midorino-clerk").submit(mark, {"verdict": "approved"})
    expect(refused.status == 403, f"a clerk signed: {refused.status}")
    stage.browser("midorino-leader").submit(mark)
    waiting = stage.browser("midorino-decider").get("/desk/approvals")
    expect("第1子の認定" in waiting.text, "it does not wait for the decider")
    decided = stage.browser("midorino-decider").submit(
        stage.task("midorino-decider", number).form(action="/marks/", having="verdict")
    )
    expect(decided.status == 200, f"{decided.status} {decided.title}")
    return decided.title


def told(stage: Stage) -> str:
    """The resident is told: on the status page and by mail."""
    page = stage.browser("").get(f"/m/{cast.MIDORINO}/status/{stage.noted['number']}")
    expect("認定" in page.text, page.text[:300])
    for _ in range(60):
        mails = [path.read_text(encoding="utf-8") for path in (stage.var / "mail").glob("*")]
        if any("森下 大地" in mail and "15,000円" in mail and "認定しました" in mail for mail in mails):
            return f"{len(mails)} mails"
        subprocess.run(["sleep", "0.5"], check=True)  # noqa: S607
    raise AssertionError("no mail tells the decision")


def self_check(stage: Stage) -> str:
    """The conversation asks only what still matters: a red flag ends it at once."""
    browser = stage.browser()
    page = browser.get(f"/m/{cast.TSUKIHAMA}/check/kansen-selfcheck/")
    page = browser.submit(page.form(having="緊急症状"), {"緊急症状": ["話せない"]})
    expect("119" in page.text, page.text[:200])
    return page.title


def log(stage: Stage) -> str:
    """Each side verifies its log; the independent verifier agrees; a flipped byte is named."""
    for code in (cast.MIDORINO, cast.OUMI, cast.CONSORTIUM):
        verdict = stage.run("audit", "verify", "--municipality", code, "--json").json
        expect(verdict["ok"] and verdict["first_bad"] is None, str(verdict))
    exported = stage.var / "log.jsonl"
    lines = stage.run("audit", "export", "--municipality", cast.MIDORINO).out.splitlines()
    verifier = [sys.executable, "-I", str(env.ROOT / "tools" / "verify_chain.py"), str(exported)]
    exported.write_text("\n".join(lines), encoding="utf-8")
    expect(
        subprocess.run(verifier, capture_output=True, check=False).returncode == 0, "the verifier disagrees"
    )
    event = json.loads(lines[6])
    event["body"] = event["body"].replace('"seq":7', '"seq":8')
    exported.write_text("\n".join([*lines[:6], json.dumps(event), *lines[7:]]), encoding="utf-8")
    ended = subprocess.run(verifier, capture_output=True, text=True, check=False)
    expect(ended.returncode == 1 and "event 7" in ended.stdout, ended.stdout)
    return f"{len(lines)} events"


def again(stage: Stage) -> str:
    """Stopped and started again in seconds, with everything still there."""
    expect(stage.stop() == 0, "the demo did not stop cleanly")
    expect(not (stage.var / "demo.json").exists(), "demo.json outlived the demo")
    seconds = stage.start()
    stage.browsers.clear()
    door = stage.browser().get(f"/m/{cast.MIDORINO}/status").form(having="check")
    page = stage.browser().submit(door, {"number": stage.noted["number"], "check": stage.noted["check"]})
    expect("認定" in page.text, "the case is gone")
    return f"ready after {seconds:.1f} s"


STORY: tuple[tuple[str, Callable[[Stage], str]], ...] = (
    ("団体を登録する / a municipality is registered", register),
    ("型を採用し、文書を取り込む / a kata is adopted, documents are taken in", adopt),
    ("同じ質問に、団体ごとの文書から答える / each town answers from its own documents", ask),
    ("文書にないことは、ないと言う / what the documents do not hold is not answered", refuse),
    ("申請する / a resident applies", apply),
    ("共同処理の窓口が、定めの範囲で扱う / the joint desk works under its mandate", joint_desk),
    ("関わりのない人には見えない / strangers see nothing", strangers),
    ("状況を確かめ、補正する / the resident corrects", correct),
    ("案を作り、別の人が決裁する / one proposes, another decides", decide),
    ("結果を知らせる / the resident is told", told),
    ("セルフチェック / the self-check", self_check),
    ("操作記録を検証する / the log is verified", log),
    ("止めて、もう一度始める / stopped and started again", again),
)
