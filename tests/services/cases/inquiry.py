"""A made-up procedure with work side by side: two sections are asked at once, then each member is looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests import cast
from tests.conftest import actor
from tests.services.cases import flow
from yuimaru.core.kata.package import load
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.cases import actions
from yuimaru.services.cases.models import Case, Task
from yuimaru.services.catalogue import actions as catalogue

KATA = "kaigo-hojo"
TEXT = """\
kata: kaigo-hojo
version: 1.0.0
language: 1
title: 介護用品の補助の申請
summary: 介護用品を買った方に、費用の一部を補助します。
filing_period: {days: 10, calendar: calendar, after: 購入日}
standard_period: {days: 20, calendar: opening}
target: {days: 5, calendar: opening}
facts: {deadline: 買った月の末まで, fee: かかりません, minutes: 5, result: 20日以内にお知らせします}
roles:
  - {id: 担当, title: 担当}
  - {id: 決裁者, title: 決裁者}
forms:
  - id: 申請
    title: 申請書
    steps:
      - id: 申請者
        title: 申請する方
        items:
          - {id: 氏名, type: name, label: お名前, required: true}
          - {id: 購入日, type: date, label: 買った日}
          - {id: メール, type: mail, label: メールアドレス}
      - id: 世帯
        title: 同じ世帯の方
        repeat: {id: 世帯員, title: 同じ世帯の方, min: 0, max: 5}
        items: [{id: 世帯員氏名, type: name, label: お名前, required: true}]
workflow:
  start: 審査
  steps:
    - {id: 審査, title: 審査, by: 担当, due: {days: 2}, actions: [{id: 照会する, to: 照会}, {id: 補正を求める, to: 補正, needs_note: true}]}
    - {id: 補正, title: 補正, by: 申請者, edits: 申請, stops_clock: true, due: {days: 7, calendar: calendar}, overdue: 出ない,
       actions: [{id: 再提出, to: 審査}, {id: 出ない, to: 審査}]}
    - {id: 照会, title: 関係課への照会, parallel: [税の照会, 福祉の照会], join: JOIN, resident_title: 内容の確認,
       actions: [{id: 回答がそろった, to: 世帯の確認}]}
    - {id: 税の照会, title: 税の照会, by: 担当, actions: [{id: 答える, to: 照会}]}
    - {id: 福祉の照会, title: 福祉の照会, by: 担当, actions: [{id: 答える, to: 照会}]}
    - {id: 世帯の確認, title: 世帯の確認, parallel: [世帯員の確認], each: 世帯員,
       actions: [{id: 確かめた, to: 決裁}]}
    - {id: 世帯員の確認, title: 世帯員の確認, by: 担当, actions: [{id: 対象, to: 世帯の確認}, {id: 対象外, to: 世帯の確認}]}
    - {id: 決裁, title: 決裁, by: 決裁者, not_by: 審査, decides: true, 
       actions: [{id: 承認, to: 決定}, {id: 却下, to: 却下済, needs_note: true}]}
    - {id: 決定, title: 決定, end: accepted, nature: disposition}
    - {id: 取下げ済, title: 取下げ, end: withdrawn, nature: internal}
    - {id: 却下済, title: 却下, end: rejected, nature: disposition, notify: [却下通知]}
notices:
  - {id: 却下通知, title: 却下, subject: 却下のお知らせ, body: '«処分庁»／«理由»／«教示»'}
"""


STAFF_FORM = """\
  - id: 回答
    title: 照会への回答
    audience: staff
    steps:
      - id: 税の状況
        title: 税の状況
        items:
          - {id: 滞納, type: yesno, label: 滞納がありますか, required: true}
          - {id: 滞納額, type: int, label: 滞納の額（円）, when: 滞納, required: true, min: 1}
workflow:
"""


def with_form(text: str) -> str:
    """The procedure with a form that the tax section fills, and a way that depends on it."""
    step = "title: 税の照会, by: 担当,"
    return (
        text.replace("workflow:\n", STAFF_FORM)
        .replace(step, f"{step} form: 回答,")
        .replace(
            "actions: [{id: 回答がそろった, to: 世帯の確認}]",
            "actions: [{id: 滞納あり, to: 決裁, when: 税の照会.滞納}, {id: 回答がそろった, to: 世帯の確認}]",
        )
    )


def adopt(folder: Path, join: str = "all", town_code: str = cast.OUMI, text: str = TEXT) -> None:
    """Publish the procedure and put it to use in a town."""
    own = folder / KATA
    own.mkdir()
    (own / "kata.yaml").write_text(text.replace("JOIN", join), encoding="utf-8")
    town = get_municipality(town_code)
    by = Actor.system(town)
    with scope(by):
        offered = catalogue.publish(loaded=load(own), publisher=town, by=by, at=flow.NOW)
        catalogue.adopt(owner=town, publication=offered, params={}, valid_from=flow.TODAY, by=by, at=flow.NOW)


def sent_case(members: int = 2, town_code: str = cast.OUMI) -> Case:
    """A case of this procedure that has just come in."""
    names = ("青葉 湊", "青葉 凪", "青葉 蓮")
    answers: dict[str, Any] = {"氏名": "青葉 陽菜", "メール": "haruna@example.jp"}
    answers["世帯員"] = [{"世帯員氏名": name} for name in names[:members]]
    town = get_municipality(town_code)
    by = Actor.resident(town)
    with scope(by):
        receipt = actions.submit_answers(
            owner=town, kata=KATA, answers=answers, key=flow.KEY, by=by, at=flow.NOW
        )
    return flow.case(town_code, receipt.number)


def proposed(folder: Path) -> Case:
    """A case of this procedure that waits for its decision."""
    adopt(folder)
    case = sent_case(0)
    while (task := waiting(case)[0]).step != "決裁":
        act("oumi-clerk", task, "照会する" if task.step == "審査" else "答える")
    return case


def waiting(of: Case) -> list[Task]:
    """The open tasks of the case, by step and branch."""
    with scope(Actor.system(of.owner)):
        found = Task.objects.filter(case=of, done_at=None)
        return sorted(found, key=lambda task: (task.step, task.branch))


def act(login: str, task: Task, action: str, note: str = "") -> Task:
    """Let a person act on one of the open tasks."""
    with flow.standing(login):
        return actions.act(
            task_id=task.pk, action=action, note=note, by=actor(login), at=flow.NOW, on=flow.TODAY
        )
