"""The DMN document: inputs, tables and what each of them needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from xml.etree.ElementTree import Element, indent, tostring

from yuimaru.core.kata.elements import add, clean
from yuimaru.core.kata.expressions import ANY, Type
from yuimaru.core.kata.expressions.feel import literal
from yuimaru.core.kata.models import Decision, TableInput, TableOutput
from yuimaru.core.kata.tables.chains import compile_chain
from yuimaru.core.kata.tables.check import member_scope, table_scope
from yuimaru.core.kata.tables.compile import Table
from yuimaru.core.kata.tables.dmn.drawing import Node, draw, with_text
from yuimaru.core.kata.tables.dmn.spelling import Spelling
from yuimaru.core.kata.tables.outputs import TYPES, compile_values, joins
from yuimaru.core.kata.tables.policies import COLLECTED

SPACES = {
    "xmlns": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "xmlns:dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "xmlns:dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "xmlns:di": "http://www.omg.org/spec/DMN/20180521/DI/",
}
POLICIES = {
    "U": "UNIQUE", "A": "ANY", "P": "PRIORITY", "F": "FIRST", "R": "RULE ORDER", "O": "OUTPUT ORDER", "C": "COLLECT",
    **dict.fromkeys(COLLECTED, "COLLECT"),
}  # fmt: skip
AGGREGATIONS = {"sum": "SUM", "min": "MIN", "max": "MAX", "count": "COUNT"}
TYPE_NAMES = {"number": "number", "text": "string", "yesno": "boolean", "date": "date"}


def to_dmn(
    decisions: Sequence[Decision], known: Mapping[str, Type] | None = None, *, name: str = "kata"
) -> str:
    """DMN 1.3 XML with diagram of tables that may read each other; raises TableError.

    `known` are the types of the facts. A table with `each` stands for one member: what others read of all its
    members is an input. So is the value of a function that FEEL has no words for, such as opening days.
    """
    return _Document(decisions, known or {}, name).text()


class _Document:
    def __init__(self, decisions: Sequence[Decision], known: Mapping[str, Type], name: str) -> None:
        self.tables = compile_chain(decisions).tables
        self.known = dict(known)
        for decision in decisions:
            self.known |= member_scope(decision, known)
        self.root = Element("definitions", {**SPACES, "id": "definitions"})
        self.root.set("name", clean(name))
        self.root.set("namespace", "https://yuimaru.invalid/kata")
        self.root.set("exporter", "Yuimaru")
        self.joined = {each.id: each for each in decisions if each.each is None}
        self.ids = {name: f"decision_{number}" for number, name in enumerate(self.joined, start=1)}
        self.calls: dict[str, str] = {}  # text of a call that FEEL lacks → the input that stands for it
        self.drawn: list[Node] = []

    def text(self) -> str:
        """The whole document."""
        written = [self.decision(table) for table in self.tables]
        # Inputs come first: every box is drawn above those that it needs.
        inputs = [self.input(name, box) for name, box in self.ids.items() if box.startswith("input_")]
        self.root[:] = [*inputs, *written]
        draw(self.root, [*(Node(each.get("id", ""), {}) for each in inputs), *self.drawn])
        indent(self.root)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(self.root, "unicode") + "\n"

    def input(self, name: str, box: str) -> Element:
        found = add(self.root, "inputData", id=box, name=name)
        for text, call in self.calls.items():
            if call == name:
                add(found, "description", text)
        add(found, "variable", id=f"{box}_variable", name=name, **_type_ref(self.known.get(name, ANY)))
        return found

    def decision(self, table: Table) -> Element:
        decision = table.decision
        name = f"{decision.id}_1件分" if decision.each else decision.id
        box = self.ids.get(name) or f"decision_of_each_{len(self.drawn) + 1}"
        found = add(self.root, "decision", id=box, name=name)
        add(found, "description", _description(decision))
        types = _type_ref(TYPES[decision.outputs[0].type]) if _plain(decision) else {}
        add(found, "variable", id=f"{box}_variable", name=name, **types)
        spelling = Spelling(table, self.joined, self.calls)
        logic = self.table(table, spelling, f"{box}_table")
        needs: dict[str, str] = {}
        for number, read in enumerate(sorted(spelling.needed), start=1):
            needed = self.ids.setdefault(read, f"input_{len(self.ids) + 1}")
            arrow = f"{box}_needs_{number}"
            needs[arrow] = needed
            requirement = add(found, "informationRequirement", id=arrow)
            kind = "requiredInput" if needed.startswith("input_") else "requiredDecision"
            add(requirement, kind, href=f"#{needed}")
        found.append(logic)
        self.drawn.append(Node(box, needs))
        return found

    def table(self, table: Table, spelling: Spelling, box: str) -> Element:
        decision = table.decision
        found = Element("decisionTable", id=box, hitPolicy=POLICIES[decision.hit])
        found.set("outputLabel", clean(decision.title))
        how = _aggregation(decision)
        if how is not None:
            found.set("aggregation", AGGREGATIONS[how])
        scope = table_scope(decision, self.known)
        if decision.when:
            applies = add(found, "input", id=f"{box}_applies", label="適用条件")
            with_text(applies, "inputExpression", spelling.text(decision.when, "when"), id=f"{box}_when",
                      typeRef="boolean")  # fmt: skip
        for number, column in enumerate(decision.inputs, start=1):
            expression = spelling.text(column.expression or column.id, column.id)
            _input(found, f"{box}_input_{number}", column, expression, scope[column.id])
        for number, output in enumerate(decision.outputs, start=1):
            _output(found, f"{box}_output_{number}", output)
        for title in ("根拠", "理由"):
            add(found, "annotation", name=title)
        for number in range(len(decision.rows)):
            _rule(found, f"{box}_rule_{number + 1}", table, number, spelling)
        return found


def _description(decision: Decision) -> str:
    if decision.each is None:
        return decision.title
    return f"{decision.title}（「{decision.each}」の1件ごとに判定します）"


def _plain(decision: Decision) -> bool:
    """Whether the decision gives one value of its output's type."""
    return len(decision.outputs) == 1 and decision.hit not in ("R", "O", "C", "C#")


def _aggregation(decision: Decision) -> str | None:
    """DMN joins the rows of a table with one output only; with more it lists them."""
    collecting = COLLECTED.get(decision.hit)
    if collecting is None or len(decision.outputs) > 1:
        return None
    output = decision.outputs[0]
    if output.aggregate is not None:
        return None if output.aggregate == "list" else output.aggregate
    return collecting if joins(output, collecting) else None


def _type_ref(of: Type) -> dict[str, str]:
    return {"typeRef": TYPE_NAMES[of.kind]} if of.kind in TYPE_NAMES else {}


def _input(parent: Element, box: str, column: TableInput, expression: str, of: Type) -> None:
    found = add(parent, "input", id=box, label=column.label or column.id)
    with_text(found, "inputExpression", expression, id=f"{box}_expression", **_type_ref(of))
    if of.options:
        options = ",".join(literal(each) for each in of.options)
        with_text(found, "inputValues", options, id=f"{box}_values")


def _output(parent: Element, box: str, output: TableOutput) -> None:
    found = add(parent, "output", id=box, name=output.id, label=output.label or output.id)
    found.attrib.update(_type_ref(TYPES[output.type]))
    values = compile_values(output)
    if values:
        with_text(found, "outputValues", ",".join(map(literal, values)), id=f"{box}_values")


def _rule(parent: Element, box: str, table: Table, number: int, spelling: Spelling) -> None:
    row = table.decision.rows[number]
    found = add(parent, "rule", id=box)
    entry = partial(with_text, found)
    if table.decision.when:
        entry("inputEntry", "true", id=f"{box}_applies")
    for place, column in enumerate(table.columns, start=1):
        entry("inputEntry", spelling.cell(column.cells[number], row.id, column.id), id=f"{box}_input_{place}")
    for place, (raw, output) in enumerate(zip(row.then, table.decision.outputs, strict=True), start=1):
        fixed = table.outputs[number].fixed[output.id]
        entry("outputEntry", spelling.output(raw, fixed, row.id, output.id), id=f"{box}_output_{place}")
    for text in (row.ground, row.note):
        entry("annotationEntry", text or "")
