"""Tables of every hit policy, two of them in a chain, that another engine has decided too (golden/dmn.jsonl)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from yuimaru.core.kata.expressions import DATE, YESNO, Type, choice
from yuimaru.core.kata.models import Decision

KNOWN = {
    "生年月日": DATE,
    "転入日": DATE,
    "今日": DATE,
    "所得": Type("number", low=0),
    "人数": Type("number", whole=True, low=0, high=8),
    "区分": choice("一般", "高齢", "障害"),
    "同居": YESNO,
}
RISKS = [
    ["一般", "> 300", 1],
    ["高齢", "> 200", 2],
    ["障害", "-", 3],
    ["高齢", "> 100", 4],
    ["一般", "[100..300]", 5],
]


def tables() -> list[Decision]:
    """One table for each hit policy over the same facts; 減免 reads what 年齢区分 says."""
    return [
        _table("減免", "U", ["年齢区分", "所得"], [['"child"', "-", 100], ['"adult"', "< 200", 50], ['"adult"', ">= 200", 0],
               ['"senior"', "<= 300.5", "=30 + 人数"], ['"senior"', "> 300.5", 10]],
               is_={"年齢区分": "年齢区分.区分名"}),
        _table("年齢区分", "U", ["年齢"], [["< 18", "child"], ["[18..65)", "adult"], [">= 65", "senior"]],
               is_={"年齢": "満年齢(生年月日, 今日)"}, outputs=[{"id": "区分名"}]),
        _table("期限", "F", ["経過"], [["<= 14", "=日数後(転入日, 14)"], ["-", "2027-03-31"]],
               is_={"経過": "日数(転入日, 今日)"}, outputs=[{"id": "期限日", "type": "date"}], when="人数 > 0"),
        _table("同じ答え", "A", ["人数", "同居"], [["> 2", "-", 1], ["-", "true", 1]]),
        _table("優先", "P", ["区分", "所得"], _risks("中", "低", "高", "中", "低"),
               outputs=[{"id": "重さ", "values": ["高", "中", "低"]}, {"id": "番号", "type": "int"}], numbered=True),
        _table("順", "O", ["区分", "所得"], _risks("中", "低", "高", "中", "低"),
               outputs=[{"id": "重さ", "values": ["高", "中", "低"]}, {"id": "番号", "type": "int"}], numbered=True),
        _table("行順", "R", ["人数", "同居"], [["> 1", "-", "多"], ["-", "true", "同"], ["not(3)", "-", "他"]],
               outputs=[{"id": "印"}]),
        _table("集め", "C", ["人数", "区分"], [["1, 3, 5", "-", 1], ["-", '"障害"', 2], ["[2..4)", "-", 3]]),
        *(
            _table(name, hit, ["人数", "同居"], [["> 0", "-", 300], ["> 3", "-", 200], ["-", "true", 50]])
            for name, hit in (("合計", "C+"), ("最小", "C<"), ("最大", "C>"), ("件数", "C#"))
        ),
    ]  # fmt: skip


def people(count: int) -> list[dict[str, Any]]:
    """The same people every time, as the golden file writes them."""
    chance = random.Random(14)

    def day(year: int, years: int) -> dict[str, str]:
        return {"date": (date(year, 1, 1) + timedelta(days=chance.randrange(365 * years))).isoformat()}

    return [
        {
            "生年月日": day(1940, 80),
            "転入日": day(2026, 1),
            "今日": day(2027, 1),
            "所得": chance.choice([0, 50, 150, 200, 250, 300.5, 400]),
            "人数": chance.randrange(7),
            "区分": chance.choice(["一般", "高齢", "障害"]),
            "同居": chance.random() < 0.5,
        }
        for _ in range(count)
    ]


def _risks(*weights: str) -> list[list[Any]]:
    return [[f'"{kind}"', test, weight] for (kind, test, _), weight in zip(RISKS, weights, strict=True)]


def _table(
    name: str,
    hit: str,
    inputs: list[str],
    rows: list[list[Any]],
    *,
    outputs: list[dict[str, Any]] | None = None,
    is_: dict[str, str] | None = None,
    numbered: bool = False,
    **more: Any,
) -> Decision:
    return Decision.model_validate({
        "id": name, "title": f"{name}の表", "hit": hit,
        "inputs": [{"id": each, "is": (is_ or {}).get(each)} for each in inputs],
        "outputs": outputs or [{"id": "値", "type": "int"}],
        "rows": [
            {
                "id": f"r{number}", "if": row[: len(inputs)],
                "then": [*row[len(inputs):], *([number] if numbered else [])], "ground": f"第{number}条",
            }
            for number, row in enumerate(rows, start=1)
        ],
        **more,
    })  # fmt: skip
