"""The process itself: pool, lanes, tasks, gateways, events and the flows between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, indent, tostring

from yuimaru.core.kata.bpmn.diagram import METRICS, draw
from yuimaru.core.kata.bpmn.names import Names
from yuimaru.core.kata.diagram import Chart, Node, chart, lay_out
from yuimaru.core.kata.elements import add
from yuimaru.core.kata.models import Action, Period, WorkStep
from yuimaru.core.kata.picture.rows import deadline
from yuimaru.core.kata.program import Program
from yuimaru.core.kata.ways import Ways
from yuimaru.core.kata.workflow import ACT

FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
_SPACES = {
    "xmlns": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_IN_FEEL = {"xsi:type": "tFormalExpression", "language": FEEL}
_TAGS = {"start": "startEvent", "end": "endEvent", "split": "parallelGateway", "join": "parallelGateway"}


def to_bpmn(program: Program) -> str:
    """The workflow as BPMN 2.0 XML; raises UnknownName when the kata has none."""
    drawn = chart(program)
    document = _Document(program, drawn)
    root = document.written()
    layout = lay_out(drawn, METRICS)
    draw(root, drawn, layout, document.names)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


@dataclass(slots=True)
class _Document:
    """One document in the making."""

    program: Program
    chart: Chart
    names: Names = field(default_factory=Names)

    def written(self) -> Element:
        kata = self.program.kata
        space = f"urn:yuimaru:{kata.kata}:{kata.version}"
        root = Element("definitions", {**_SPACES, "id": "Definitions_1", "targetNamespace": space})
        pool = add(root, "collaboration", id="Collaboration_1")
        add(pool, "participant", id="Pool_1", name=kata.title, processRef="Process_1")
        process = add(root, "process", id="Process_1", name=kata.title, isExecutable="false")
        add(process, "documentation", self._about())
        lanes = add(process, "laneSet", id="LaneSet_1")
        for number, lane in enumerate(self.chart.lanes, 1):
            element = add(lanes, "lane", id=f"Lane_{number}", name=lane.title)
            for node in self.chart.nodes.values():
                if node.lane == lane.id:
                    for name in self._elements_of(node):
                        add(element, "flowNodeRef", name)
        for node in self.chart.nodes.values():
            if node.kind not in ("act", "timer"):
                self._node(process, node)
        for node in self.chart.nodes.values():
            self._flows(process, node)
        return root

    def _about(self) -> str:
        """What a drawing does not show: that the applicant may take the application back."""
        ways = Ways(self.program.kata.workflow) if self.program.kata.workflow else None
        ends = [step for step in (ways.steps.values() if ways else ()) if step.end == "withdrawn"]
        drawn = {node.step for node in self.chart.nodes.values()}
        taken_back = "、".join(step.title for step in ends if step.id not in drawn)
        return self.program.kata.summary + (f"\n申請者が取り下げたとき：{taken_back}" if taken_back else "")

    def _elements_of(self, node: Node) -> list[str]:
        """The flow nodes that stand for a node of the chart."""
        if node.kind in ("act", "timer"):
            return []
        name = self.names.of(node)
        found = [name]
        if self.chart.is_choice(node):
            found.append(f"{name}_choice")
        if self.chart.has_timer(node):
            found.append(f"{name}_timer")
        return found

    def _node(self, process: Element, node: Node) -> None:
        name, step = self.names.of(node), self.program.work_step(node.step)
        if node.kind == "step":
            self._task(process, node, step, name)
            return
        tag = _TAGS[node.kind]
        if node.kind == "join" and step.join == "any":
            tag = "complexGateway"
        element = add(process, tag, id=name, name=node.text)
        if tag == "complexGateway":
            add(element, "documentation", "どれか1つが戻ると先に進み、ほかの工程は閉じます。")

    def _task(self, process: Element, node: Node, step: WorkStep, name: str) -> None:
        tag, more = "userTask", {}
        if step.service is not None:
            tag = "serviceTask"
        elif step.call is not None:
            tag, more = "callActivity", {"calledElement": step.call.kata}
        task = add(process, tag, id=name, name=node.text, **more)
        if step.due is not None:
            add(task, "documentation", f"期限：{deadline(self.program, step.due)}")
        group = self._group_of(step)
        if group is not None:
            many = add(task, "multiInstanceLoopCharacteristics", isSequential="false")
            add(many, "loopCardinality", f"count({group})", **_IN_FEEL)
        if self.chart.is_choice(node):
            add(process, "exclusiveGateway", id=f"{name}_choice", gatewayDirection="Diverging")
        if self.chart.has_timer(node) and step.due is not None:
            event = add(
                process, "boundaryEvent", id=f"{name}_timer", attachedToRef=name, cancelActivity="true"
            )
            definition = add(event, "timerEventDefinition", id=f"{name}_timer_definition")
            text, is_feel = _duration(step.due)
            attributes = _IN_FEEL if is_feel else {"xsi:type": "tFormalExpression"}
            add(definition, "timeDuration", text, **attributes)

    def _group_of(self, step: WorkStep) -> str | None:
        """The group of which each member has this step of its own."""
        workflow = self.program.kata.workflow
        ways = Ways(workflow) if workflow else None
        forks = ways.forks_of(step.id) if ways else []
        return next((ways.steps[fork].each for fork in forks if ways and ways.steps[fork].each), None)

    def _flows(self, process: Element, node: Node) -> None:
        """The flows out of a node; the words of an act are the name of its flow."""
        if node.kind in ("act", "timer"):
            return
        name = self.names.of(node)
        gateway = self.chart.is_choice(node)
        if gateway:
            flow = self.names.flow(node.id, "choice")
            add(process, "sequenceFlow", id=flow, sourceRef=name, targetRef=f"{name}_choice")
        for after in self.chart.after(node.id):
            way = self.chart.nodes[after]
            if way.kind not in ("act", "timer"):
                flow = self.names.flow(node.id, after)
                add(process, "sequenceFlow", id=flow, sourceRef=name, targetRef=self.names.of(way))
                continue
            source = f"{name}_timer" if way.kind == "timer" else f"{name}_choice" if gateway else name
            target = self.names.of(self.chart.nodes[self.chart.after(after)[0]])
            attributes = {
                "id": self.names.of(way),
                "name": way.text,
                "sourceRef": source,
                "targetRef": target,
            }
            flow_element = add(process, "sequenceFlow", None, **attributes)
            if way.kind == "act" and way.action is not None and gateway:
                add(flow_element, "conditionExpression", _condition(node.step, way.action), **_IN_FEEL)


def _condition(step: str, action: Action) -> str:
    """When a flow is taken: somebody did this, and what the kata asks for beside it holds."""
    done = f'{step}.{ACT} = "{action.id}"'
    return f"{done} and ({action.when})" if action.when is not None else done


def _duration(due: Period) -> tuple[str, bool]:
    """How long a timer waits, after ISO 8601, or in FEEL where it is worked out; says whether it is FEEL."""
    if isinstance(due.days, int):
        return f"P{due.days}D", False
    return f'duration("P" + string({due.days}) + "D")', True
