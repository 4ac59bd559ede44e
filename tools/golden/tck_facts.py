"""Takes the facts of the DMN Technology Compatibility Kit that this language must agree with.

    python tools/golden/tck_facts.py TCK_FOLDER tests/core/kata/golden

The kit (https://github.com/dmn-tck/tck, Apache License 2.0) states for thousands of FEEL expressions the value that
they must have. Of each case only the facts are taken: expression, inputs, expected value, and where they stand. What
this language leaves out is listed beside them with the kind it belongs to; no case is dropped.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from yuimaru.core.kata.expressions import ExpressionError, compile_expression
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.tables import TableError, compile_table

ANY = "{*}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
# FEEL writes some names with spaces; this language has its own for the same functions.
SAME = {
    "starts with": "始まる",
    "ends with": "終わる",
    "string length": "文字数",
    "round half up": "四捨五入",
}
OURS = {"count", "sum", "min", "max", "contains", "floor", "ceiling", "abs", "date", *SAME.values()}
# Refusals that tell of a value or an argument which FEEL too calls an error.
ERRORS = {"argument_count", "bad_date", "range_order"}

AGGREGATION = {None: "", "SUM": "+", "MIN": "<", "MAX": ">", "COUNT": "#"}
REFUSED = {
    "bad_date": "day that is no literal of the years 1 to 9999",
    "misplaced": "call or index of what is no name",
    "range_literal": "range as a value",
}


class OutOfScope(Exception):
    """A case that this language leaves out, with the kind it belongs to."""


def main(kit: Path, out: Path) -> None:
    """Write tck.jsonl and tck_tables.jsonl (cases to agree with), tck_out_of_scope.json (kind → cases)."""
    within: list[dict[str, Any]] = []
    tables: list[dict[str, Any]] = []
    without: dict[str, list[str]] = {}
    for name, case in _cases(kit):
        try:
            is_table = case[1].find(f"{ANY}decisionTable") is not None
            (tables if is_table else within).append((_table if is_table else _fact)(name, *case))
        except OutOfScope as left_out:
            without.setdefault(str(left_out), []).append(name)
    _write(out / "tck_tables.jsonl", tables)
    _write(out / "tck.jsonl", within)
    listed = {kind: sorted(names) for kind, names in sorted(without.items())}
    text = json.dumps(listed, ensure_ascii=False, indent=0)
    (out / "tck_out_of_scope.json").write_text(text + "\n", "utf-8")
    counts = Counter({kind: len(names) for kind, names in listed.items()})
    print(f"{len(within)} expressions and {len(tables)} tables in scope, {counts.total()} out of scope")
    for kind, count in counts.most_common():
        print(f"{count:6} {kind}")


def _write(file: Path, facts: list[dict[str, Any]]) -> None:
    lines = (json.dumps(fact, ensure_ascii=False, separators=(",", ":")) for fact in facts)
    file.write_text("\n".join(lines) + "\n", "utf-8")


Case = tuple[ElementTree.Element, ElementTree.Element, ElementTree.Element, ElementTree.Element]


def _cases(kit: Path) -> Iterator[tuple[str, Case]]:
    """Every expected result of the kit: its name, model, decision, case and result."""
    for file in sorted(kit.glob("TestCases/compliance-level-*/*/*.xml")):
        tests = ElementTree.parse(file).getroot()  # noqa: S314 (a file of the kit)
        model_name = tests.findtext(f"{ANY}modelName") or ""
        model = ElementTree.parse(file.parent / model_name).getroot()  # noqa: S314
        decisions = {each.get("name"): each for each in model.findall(f"{ANY}decision")}
        for case in tests.findall(f"{ANY}testCase"):
            for result in case.findall(f"{ANY}resultNode"):
                name = f"{file.parent.name}/{case.get('id')}/{result.get('name')}"
                yield name, (model, decisions[result.get("name")], case, result)


def _fact(name: str, model: Any, decision: Any, case: Any, result: Any) -> dict[str, Any]:
    if name.startswith("0082-feel-coercion"):
        raise OutOfScope("coercion to a declared type")
    logic = decision.find(f"{ANY}literalExpression")
    if logic is None:
        raise OutOfScope("boxed expression")
    _alone(decision)
    text, facts = _spelled(logic.findtext(f"{ANY}text") or "", _inputs(case, decision))
    expected = result.find(f"{ANY}expected")
    fact = {"from": name, "expression": text, "facts": facts, "expected": _value(expected)}
    return _tried(fact, is_error=result.get("errorResult") == "true")


def _alone(decision: Any) -> None:
    """Cases that need more of the model than the one decision are left out."""
    if decision.find(f"{ANY}knowledgeRequirement") is not None:
        raise OutOfScope("function of the model's own")
    if decision.find(f"{ANY}informationRequirement/{ANY}requiredDecision") is not None:
        raise OutOfScope("value of another decision")


def _table(name: str, model: Any, decision: Any, case: Any, result: Any) -> dict[str, Any]:
    """A decision table as this language writes it, with one case of facts and expected outputs."""
    _alone(decision)
    table = decision.find(f"{ANY}decisionTable")
    inputs = _inputs(case, decision)
    hit = table.get("hitPolicy", "UNIQUE")[0] + AGGREGATION[table.get("aggregation")]
    outputs = table.findall(f"{ANY}output")
    expected = _value(result.find(f"{ANY}expected"))
    decided = {
        "id": "t",
        "title": decision.get("name"),
        "hit": hit,
        "inputs": [
            {"id": f"i{place}", "is": _spelled(each.findtext(f"{ANY}inputExpression/{ANY}text"), inputs)[0]}
            for place, each in enumerate(table.findall(f"{ANY}input"))
        ],
        "outputs": [_output(place, each, hit) for place, each in enumerate(outputs)],
        "rows": [_row(place, each, inputs) for place, each in enumerate(table.findall(f"{ANY}rule"))],
    }
    try:
        compile_table(Decision.model_validate(decided))
    except TableError as error:
        raise OutOfScope(REFUSED[error.problems[0].code]) from None
    names = [each.get("name") for each in outputs]
    return {
        "from": name,
        "table": decided,
        "facts": _spelled("", inputs)[1],
        "expected": _by_output(names, expected, hit),
    }


def _output(place: int, output: Any, hit: str) -> dict[str, Any]:
    values = output.findtext(f"{ANY}outputValues/{ANY}text")
    found: dict[str, Any] = {"id": f"o{place}", "type": "int" if hit in ("C+", "C<", "C>", "C#") else "text"}
    if values:
        found["values"] = [json.loads(each) for each in values.split(",")]
    return found


def _row(place: int, rule: Any, inputs: dict[str, Any]) -> dict[str, Any]:
    def texts(of: str) -> list[str]:
        return [_spelled(each.text or "-", inputs)[0] for each in rule.findall(f"{ANY}{of}/{ANY}text")]

    return {
        "id": f"r{place}",
        "if": texts("inputEntry"),
        "then": [f"={each}" for each in texts("outputEntry")],
    }


def _by_output(names: list[str | None], expected: Any, hit: str) -> dict[str, Any] | None:
    """The expected value output by output, lists for hit policies that give several rows."""
    if expected is None:
        return None
    if len(names) == 1:
        return {"o0": expected}
    rows = expected if hit in ("R", "O", "C") else [expected]
    listed = {f"o{place}": [row[name] for row in rows] for place, name in enumerate(names)}
    return listed if hit in ("R", "O", "C") else {key: values[0] for key, values in listed.items()}


def _tried(fact: dict[str, Any], *, is_error: bool) -> dict[str, Any]:
    """The fact, if this language has its words; what it refuses as FEEL's own errors is noted as refused."""
    text = fact["expression"]
    kind = _left_out(text)
    if kind:
        raise OutOfScope(kind)
    try:
        compile_expression(text)
    except ExpressionError as error:
        if is_error and fact["expected"] is None and error.problem.code in ERRORS:
            return {**fact, "refused": error.problem.code}
        raise OutOfScope(REFUSED[error.problem.code]) from None
    return fact


_WORDS = re.compile(r"^(?:(?:\w+ )?(?:and|or|not|then|else|if|between|in|null|true|false)(?: |$))+")
LEFT_OUT: tuple[tuple[str, str], ...] = (
    ("comment", r"//|/\*"),
    ("day, time or duration written with @", r"@"),
    ("loop or quantifier", r"\b(for|some|every)\b"),
    ("function definition", r"\bfunction\b"),
    ("instance of", r"\binstance of\b"),
    ("record written in an expression", r"\{"),
    ("power", r"\*\*"),
    ("escape of a character by its number", r"\\[uU]|\\'"),
    ("named argument", r"\(\s*[a-z][a-z ]*:"),
    ("filter or index", r"[\w\])]\s*\["),
    ("range as a value", r"[=(,]\s*[\[(\]][^,\[\]()]*\.\.|^\s*[\[(\]][^,\[\]]*\.\."),
    ("range with open end written ]a..b[", r"\][^\[\],]*\.\.|\.\.[^\]\[,)]*\["),
    ("range with an end that is an expression", r"\.\.\s*[a-z]|[a-z)]\s*\.\."),
    ("part of a date, time or duration", r"\.(year|month|day|hour|minute|second|weekday|time|value|days)"),
    ("number with an exponent", r"\d[eE][+-]?\d"),
)


def _left_out(text: str) -> str | None:
    plain = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    for kind, pattern in LEFT_OUT:
        if re.search(pattern, text if "escape" in kind else plain):
            return kind
    for called in re.findall(r"([a-z][a-z ]*?)\s*\(", plain):
        function = _WORDS.sub("", called)
        if function and function not in OURS:
            return f"function {function}"
    return None


def _spelled(text: str, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The expression in this language's spelling: functions by its names, names without spaces."""
    for feel, ours in SAME.items():
        text = text.replace(f"{feel}(", f"{ours}(")
    facts = {}
    for name, value in inputs.items():
        plain = re.sub(r"\W", "_", name)
        text = text.replace(name, plain)
        facts[plain] = value
    return text.strip(), facts


def _inputs(case: Any, decision: Any) -> dict[str, Any]:
    """The inputs of a case that the decision names."""
    named = "\n".join(decision.itertext())
    nodes = case.findall(f"{ANY}inputNode")
    return {node.get("name"): _value(node) for node in nodes if node.get("name") in named}


def _value(holder: Any) -> Any:
    """A value of the kit as JSON: dates as {"date": …}, numbers as {"number": …}."""
    value = holder.find(f"{ANY}value")
    if value is not None:
        return None if value.get(NIL) == "true" else _typed(value.text or "", value.get(TYPE, "string"))
    items = holder.find(f"{ANY}list")
    if items is not None:
        return None if items.get(NIL) == "true" else [_value(each) for each in items.findall(f"{ANY}item")]
    return {each.get("name"): _value(each) for each in holder.findall(f"{ANY}component")} or None


def _typed(text: str, of: str) -> Any:
    match of.rpartition(":")[2]:
        case "boolean":
            return text == "true"
        case "decimal" | "double" | "integer":
            return {"number": text}
        case "date":
            return {"date": text}
        case "string":
            return text
        case other:
            raise OutOfScope(f"value of the type {other}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
