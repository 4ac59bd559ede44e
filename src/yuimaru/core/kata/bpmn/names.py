"""The ids of the XML, which know neither Japanese nor all signs that a kata may use."""

from __future__ import annotations

from dataclasses import dataclass, field

from yuimaru.core.kata.diagram import Node


@dataclass(slots=True)
class Names:
    """The ids of the XML: letters and digits only, whatever the ids of the kata are."""

    nodes: dict[str, str] = field(default_factory=dict)

    def of(self, node: Node) -> str:
        """The id of what stands for a node; of an act that of its flow."""
        kind = {"act": "Flow", "timer": "Flow"}.get(node.kind, node.kind.capitalize())
        return self.nodes.setdefault(node.id, f"{kind}_{len(self.nodes) + 1}")

    def flow(self, source: str, target: str) -> str:
        """The id of a flow that has no words."""
        return self.nodes.setdefault(f"{source} → {target}", f"Flow_{len(self.nodes) + 1}")
