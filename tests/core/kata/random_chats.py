"""Random kata that run as a conversation: every type of item, every hit policy, conditions, checks, chains of tables."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

from yuimaru.core.kata.check import check
from yuimaru.core.kata.models import Item, Kata, Package
from yuimaru.core.kata.package import canonical
from yuimaru.core.kata.problems import errors
from yuimaru.core.kata.program import Program

SMALL = ("yesno", "choice", "choices", "int", "consent")
ALL = (*SMALL, "money", "number", "date", "partial", "time", "month", "text", "bank_account")
POLICIES = ("U", "A", "P", "F", "F", "R", "O", "C", "C+", "C<", "C>", "C#")
OPTIONS = ("あ", "い", "う")


def chat(random: Random, types: tuple[str, ...], most_items: int) -> Program:
    """A random kata that the check finds nothing wrong with."""
    while True:
        try:
            package = Package(kata=Kata.model_validate(_kata(random, types, most_items)))
        except ValueError:
            continue
        if not errors(check(package)):
            return Program(canonical(package))


def domain(item: Item) -> list[Any]:
    """Answers of a small item: all there are, no answer among them; of any other some on all sides of its limits."""
    of: dict[str, list[Any]] = {
        "yesno": [True, False],
        "consent": [True, False],
        "choice": [option.id for option in item.options],
        "choices": [["あ"], ["い"], ["あ", "い"]] if len(item.options) == 2 else [["あ"], ["い"], ["う"], ["あ", "い"]],
        "int": list(range(item.min or 0, (item.max or 3) + 1)),
        "money": [0, 499, 500, 501, 10_000],
        "number": ["0.4", "0.5", "0.50001", "7"],
        "date": ["2026-11-19", "2026-11-20", "2026-11-24", "1945-01-31"],
        "time": ["08:29", "08:30", "17:15"],
        "month": ["2026-10", "2026-11", "2027-01"],
        "text": ["青海", "みどり"],
        "bank_account": [{"bank_name": "青海銀行", "kind": "普通"}],
    }  # fmt: skip
    found = [*of[item.type], None]
    return [*found, "1945-01-XX", "2026-XX-XX"] if item.partial else found


def answer_sets(program: Program) -> list[dict[str, Any]]:
    """Every answer set of a form of small items."""
    items = [item for step in program.applicant_form.steps for item in step.items if item.asks]
    names = [item.id for item in items]
    return [dict(zip(names, each, strict=True)) for each in product(*map(domain, items))]


def random_answers(program: Program, random: Random) -> dict[str, Any]:
    """One full answer set, hidden questions included."""
    items = [item for step in program.applicant_form.steps for item in step.items if item.asks]
    return {item.id: random.choice(domain(item)) for item in items}


def _kata(random: Random, types: tuple[str, ...], most_items: int) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    for number in range(random.randint(2, most_items)):
        items.append(_item(random, f"問{number}", random.choice(types), items))
    if random.random() < 0.4:
        formula = _truth(random, items)
        items.append({"id": "算", "type": "computed", "label": "算", "gives": "yesno", "is": formula})
    cut = random.randint(1, len(items))
    steps = [{"id": "一", "title": "一", "items": items[:cut]}]
    if items[cut:]:
        late: dict[str, Any] = {"id": "二", "title": "二", "items": items[cut:]}
        steps.append({**late, "when": _truth(random, items[:cut])} if random.random() < 0.3 else late)
    decisions: list[dict[str, Any]] = []
    for number in range(random.randint(1, 3)):
        decisions.append(_decision(random, f"表{number}", items, decisions))
    return {
        "kata": "random-chat", "version": "1.0.0", "title": "無作為", "kind": "self_check", "summary": "無作為",
        "facts": {"deadline": "-", "fee": "-", "minutes": 1, "result": "-"},
        "params": [{"id": "境", "label": "境", "type": "int", "default": 2}],
        "forms": [{"id": "様式", "title": "様式", "chat": True, "steps": steps}],
        "decisions": decisions,
    }  # fmt: skip


def _item(random: Random, name: str, of: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": name, "type": of, "label": name}
    if of == "partial":
        item |= {"type": "date", "partial": True}
    if of in ("choice", "choices"):
        item["options"] = list(OPTIONS[: random.randint(2, 3)])
    if of == "int":
        item |= {"min": 0, "max": random.randint(1, 3)}
    item["required"] = random.random() < 0.5
    if earlier and random.random() < 0.35:
        item["when"] = _truth(random, earlier)
    if random.random() < 0.25:
        item |= {
            "check": _truth(random, [item, *(earlier if random.random() < 0.4 else [])]),
            "message": "誤り",
        }
    return item


def _truth(random: Random, items: list[dict[str, Any]], depth: int = 2) -> str:
    """A random expression that is true, false or unknown."""
    if depth and random.random() < 0.45:
        left, right = (_truth(random, items, depth - 1) for _ in range(2))
        return random.choice((f"({left}) and ({right})", f"({left}) or ({right})", f"not({left})"))
    item = random.choice(items)
    return random.choice(_tests(item)).replace("値", item["id"])


def _tests(item: dict[str, Any]) -> list[str]:
    """What may be asked of an item, which is called 値 here."""
    return {
        "yesno": ["値 = true", "値 = false", "値 != null"],
        "consent": ["値 = true", "値 = null"],
        "computed": ["値 = true", "値 = false", "値 != true"],
        "choice": ['値 = "あ"', '値 != "い"', '値 in ("あ", "い")'],
        "choices": ['"あ" in 値', '値 = null or "い" in 値'],
        "int": ["値 >= 1", "値 = 0", "値 < 境", "値 between 1 and 2", "値 in [0..1]", "値 + 1 > 境"],
        "money": ["値 >= 500", "値 < 500", "値 * 2 > 1000"],
        "number": ["値 > 0.5", "値 <= 0.5", "値 = 7"],
        "date": ["値 <= 今日", '値 > 日付("2026-11-20")', "満年齢(値, 今日) >= 18"],
        "time": ['値 >= "08:30"', '値 < "12:00"'],
        "month": ['値 >= 日付("2026-11-01")', "値 > 今日"],
        "text": ['値 = "青海"', "値 != null"],
        "bank_account": ['値.kind = "普通"', "値 != null"],
    }[item["type"]]  # fmt: skip


CELLS: dict[str, list[Any]] = {
    "yesno": [True, False, "null", "-"],
    "consent": [True, "not(true)", "-"],
    "computed": [True, False, "-"],
    "choice": ['"あ"', '"い"', 'not("あ")', "null", "-"],
    "choices": ["null", "not(null)", "-"],
    "int": ["< 1", "[1..2]", ">= 境", "0", "null", "-"],
    "money": ["< 500", ">= 500", "-"],
    "number": ["<= 0.5", "> 0.5", "-"],
    "date": ['<= 日付("2026-11-20")', "> 今日", "-"],
    "time": ['"08:30"', '>= "12:00"', "-"],
    "month": ["<= 今日", "-"],
    "text": ['"青海"', 'not("青海")', "-"],
    "bank_account": ["null", "-"],
}


def _decision(
    random: Random, name: str, items: list[dict[str, Any]], earlier: list[dict[str, Any]]
) -> dict[str, Any]:
    hit = random.choice(POLICIES)
    columns: list[tuple[dict[str, Any], list[Any]]] = []
    for item in random.sample(items, min(len(items), random.randint(1, 3))):
        columns.append(({"id": item["id"]}, CELLS[item["type"]]))
    if random.random() < 0.5:
        columns.append(({"id": f"{name}式", "is": _truth(random, items)}, [True, False, "not(true)", "-"]))
    if earlier and random.random() < 0.6:
        columns.append(({"id": f"{name}前", "is": f"{earlier[-1]['id']}.数"}, ["1", "not(1)", "null", "-"]))
    numbers = [1, 2, 3]
    kinds = [item["id"] for item in items if item["type"] == "int"]
    rows = []
    for number in range(random.randint(1, 5)):
        formula = (
            f"={random.choice(kinds)} + 1" if kinds and random.random() < 0.2 and hit not in "PO" else None
        )
        rows.append(
            {
                "id": f"{name}r{number}",
                "if": [random.choice(cells) for _, cells in columns],
                "then": [formula or random.choice(numbers)],
                "ground": f"条例第{number + 1}条",
            }
        )
    output: dict[str, Any] = {"id": "数", "type": "int"}
    if hit in ("P", "O"):
        output["values"] = random.sample(numbers, 3)
    found: dict[str, Any] = {
        "id": name, "title": name, "hit": hit, "inputs": [column for column, _ in columns], "outputs": [output],
        "rows": rows,
    }  # fmt: skip
    return {**found, "when": _truth(random, items)} if random.random() < 0.25 else found
