"""Other engines on the same table and people: zen-engine (MIT) and SpiffWorkflow (LGPL), where they are installed.

    uv pip install --group bench

Both get the cells in their own spelling; an engine that decides otherwise than we do is no measure and stops the run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from time import process_time
from typing import Any

from benchmarks.figures import Figure
from yuimaru.core.kata.expressions import Facts
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.tables import compile_table

Decide = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True)
class Engine:
    """An engine: the figure it gives, the package it needs, how many people it can be asked in a second or two."""

    figure: str
    package: str
    prepare: Callable[[Decision], Decide]
    people: int


def measure_others(decision: Decision, people: Sequence[Facts]) -> list[Figure]:
    """Decisions per CPU second of the other engines; no value (skipped) for one that is not installed."""
    return [Figure(each.figure, _speed(each, decision, people), "1/s") for each in ENGINES]


def _speed(engine: Engine, decision: Decision, people: Sequence[Facts]) -> float | None:
    if find_spec(engine.package) is None:
        return None
    decide = engine.prepare(decision)
    asked = [
        {f"c{place}": person[column.id] for place, column in enumerate(decision.inputs)}
        for person in people[: engine.people]
    ]
    started = process_time()
    found = [decide(person) for person in asked]
    seconds = process_time() - started
    table = compile_table(decision)
    ours = [(table.decide(person).outputs or {})["円"] for person in people[: engine.people]]
    if found != ours:
        raise AssertionError(f"{engine.package} decides otherwise")
    return round(len(asked) / seconds)


def _zen(decision: Decision) -> Decide:
    import zen

    inputs = [{"id": f"i{n}", "name": f"c{n}", "field": f"c{n}"} for n in range(len(decision.inputs))]
    rules = [
        {
            "_id": row.id,
            **{f"i{n}": "" if cell == "-" else cell for n, cell in enumerate(row.tests)},
            "o": str(row.then[0]),
        }
        for row in decision.rows
    ]
    content = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "o", "name": "o", "field": "o"}],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": content},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}
        for source, target in (("in", "table"), ("table", "out"))
    ]
    ready = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    return lambda person: ready.evaluate(person)["result"]["o"]


def _spiff(decision: Decision) -> Decide:
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
    from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
    from SpiffWorkflow.dmn.specs import model

    # Its UNIQUE gives the first row that hits, and its cells are Python.
    table = model.DecisionTable("table", "table", "UNIQUE")
    columns = [model.Input(f"i{n}", None, f"c{n}", f"c{n}", None) for n in range(len(decision.inputs))]
    output = model.Output("o", None, "o", None)
    for number, row in enumerate(decision.rows):
        rule = model.Rule(row.id)
        rule.row_number = number
        for column, cell in zip(columns, row.tests, strict=True):
            entry = model.InputEntry(f"{row.id}-{column.id}", column)
            entry.lhs = [] if cell == "-" else [_python(str(cell))]
            rule.inputEntries.append(entry)
        given = model.OutputEntry(f"{row.id}-o", output)
        given.text = str(row.then[0])
        rule.outputEntries.append(given)
        table.rules.append(rule)
    engine = DMNEngine(table)
    workflow = type("Workflow", (), {"script_engine": PythonScriptEngine()})()

    def decide(person: dict[str, Any]) -> Any:
        task = type("Task", (), {"data": person, "workflow": workflow})()
        return engine.result(task)["o"]

    return decide


def _python(cell: str) -> str:
    """A cell of the measured table as the Python that SpiffWorkflow runs; `?` is the value."""
    if cell in ("true", "false"):
        return f"? is {cell.title()}"
    if '"' in cell:
        return f"? in ({cell},)"
    closed = re.fullmatch(r"\[(\d+)\.\.(\d+)([)\]])", cell)
    if closed:
        low, high, end = closed.groups()
        return f"? is not None and {low} <= ? {'<=' if end == ']' else '<'} {high}"
    return f"? is not None and ? {cell}"


ENGINES = (
    Engine("zen_decisions_per_second", "zen", _zen, 20_000),
    Engine("spiff_decisions_per_second", "SpiffWorkflow", _spiff, 200),
)
