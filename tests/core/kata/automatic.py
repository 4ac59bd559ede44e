"""A made-up procedure whose ends are told by the machine, and one that calls it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from yuimaru.core.kata.models import Package

FACTS = {"deadline": "3月末まで", "fee": "かかりません", "minutes": 5, "result": "14日以内にお知らせします"}
ROLES = [{"id": "担当", "title": "担当"}, {"id": "共同", "title": "共同処理センター", "scope": "joint"}]
ITEMS: list[dict[str, Any]] = [
    {"id": "氏名", "type": "name", "label": "お名前", "required": True},
    {"id": "メール", "type": "mail", "label": "メールアドレス"},
    {"id": "暗証", "type": "text", "label": "暗証のことば", "sensitive": True},
]

# Required only of those who know their number, which no check of a call can foresee.
NUMBERED: dict[str, Any] = {
    "id": "番号", "type": "int", "label": "番号", "required": True, "when": "空(氏名) = false",
}  # fmt: skip

TELLING: list[dict[str, Any]] = [
    {"id": "確認", "title": "確認", "by": "担当", "actions": [{"id": "進める", "title": "知らせる", "to": "お知らせ"}]},
    {
        "id": "お知らせ",
        "title": "お知らせの送信",
        "service": {"kind": "notice", "notice": "結果通知", "retry": 2, "wait": 5},
        "actions": [{"id": "ok", "title": "送信できた", "to": "終了"}, {"id": "error", "title": "送信できなかった", "to": "電話"}],
    },
    {
        "id": "電話",
        "title": "電話で知らせる",
        "by": "担当",
        "actions": [{"id": "伝えた", "to": "終了"}, {"id": "送りなおす", "title": "もう一度送る", "to": "お知らせ"}],
    },
    {"id": "終了", "title": "終了", "end": "done", "nature": "fact"},
]  # fmt: skip

CALLING: list[dict[str, Any]] = [
    {"id": "受付", "title": "受付", "by": "担当", "actions": [{"id": "進める", "to": "現地の確認"}]},
    {
        "id": "現地の確認",
        "title": "現地の確認",
        "call": {"kata": "telling", "answers": {"氏名": "氏名", "メール": "メール"}},
        "actions": [
            {"id": "done", "title": "終わった", "to": "決定"},
            {"id": "withdrawn", "title": "取り下げられた", "to": "取下げ"},
            {"id": "error", "title": "始められなかった", "to": "手で確認"},
        ],
    },
    {"id": "手で確認", "title": "手で確認", "by": "担当", "actions": [{"id": "確かめた", "to": "決定"}]},
    {"id": "決定", "title": "決定", "end": "done", "nature": "fact"},
    {"id": "取下げ", "title": "取下げ", "end": "withdrawn", "nature": "internal"},
]


def package(name: str, steps: list[dict[str, Any]], **changed: Any) -> Package:
    """A whole kata around the steps of a workflow; `changed` words replace those of the kata."""
    steps = deepcopy(steps)
    items = changed.pop("items", ITEMS)
    told = any("service" in step for step in steps)
    notice = {
        "id": "結果通知",
        "title": "結果",
        "subject": "結果のお知らせ",
        "body": "«氏名» 様、終わりました。",
    }
    kata: dict[str, Any] = {
        "kata": name,
        "version": "1.0.0",
        "title": "道路の損傷の届出",
        "summary": "道路の損傷を知らせる方の手続です。",
        "facts": FACTS,
        "roles": ROLES,
        "forms": [
            {"id": "届出", "title": "届出書", "steps": [{"id": "届出", "title": "届出", "items": items}]}
        ],
        "workflow": {"start": steps[0]["id"], "steps": steps},
        "notices": [notice] if told else [],
    }
    return Package.model_validate({"kata": kata | changed, "guidance": {"ja": "案内"}})


def telling(**changed: Any) -> Package:
    """The procedure in which the machine sends a notice."""
    return package("telling", TELLING, **changed)


def calling(**changed: Any) -> Package:
    """The procedure that opens a case of the other one."""
    return package("calling", CALLING, **changed)


def with_step(steps: list[dict[str, Any]], name: str, **changed: Any) -> list[dict[str, Any]]:
    """The same steps with some words of one of them changed."""
    return [{**step, **changed} if step["id"] == name else step for step in deepcopy(steps)]
