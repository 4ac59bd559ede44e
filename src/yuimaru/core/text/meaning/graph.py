"""Turning the encoder's weights into an onnxruntime graph with 8-bit multiplications; done once, when setting up.

The graph reads the vectors of the pieces and gives one unit vector for each text. It takes texts of one length at a
time, so nothing is padded and nothing masked.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from yuimaru.core.text.meaning.weights import HEADS, INNER, LAYERS, WIDTH, Floats, Weights

_FUSED = "com.microsoft"  # onnxruntime's own operators
_OPSETS = (helper.make_opsetid("", 18), helper.make_opsetid(_FUSED, 1))
_IR_VERSION = 10


def built(weights: Weights) -> bytes:
    """Give the graph as the bytes of an ONNX file."""
    return _Graph(weights).written()


class _Graph:
    """A graph while it is being written; every operator gives the name of what it makes."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def written(self) -> bytes:
        self._constant("thirds", np.array([WIDTH] * 3, np.int64))
        self._constant("pieces", np.array([1], np.int64))
        self._constant("width", np.array([-1], np.int64))
        state = self._normalised("words", "emb.ln")
        for layer in range(LAYERS):
            state = self._layer(f"l{layer}", state)
        mean = self._add("ReduceMean", [state, "pieces"], keepdims=0)
        self._nodes.append(helper.make_node("LpNormalization", [mean], ["vectors"], axis=-1, p=2))
        given = helper.make_tensor_value_info("words", TensorProto.FLOAT, ["texts", "pieces_of_each", WIDTH])
        made = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH])
        graph = helper.make_graph(self._nodes, "encoder", [given], [made], self._constants)
        model = helper.make_model(graph, opset_imports=_OPSETS, ir_version=_IR_VERSION)
        return bytes(model.SerializeToString())

    def _layer(self, name: str, state: str) -> str:
        mixed = self._product(state, [f"{name}.q", f"{name}.k", f"{name}.v"], WIDTH)
        parts = [f"{name}.query", f"{name}.key", f"{name}.value"]
        self._nodes.append(helper.make_node("Split", [mixed, "thirds"], parts, axis=-1))
        seen = self._add("MultiHeadAttention", parts, _FUSED, num_heads=HEADS)
        state = self._joined(state, self._product(seen, [f"{name}.ao"], WIDTH), f"{name}.aln")
        inner = self._add("Gelu", [self._product(state, [f"{name}.fi"], WIDTH)], _FUSED)
        return self._joined(state, self._product(inner, [f"{name}.fo"], INNER), f"{name}.oln")

    def _joined(self, state: str, added: str, normal: str) -> str:
        return self._normalised(self._add("Add", [state, added]), normal)

    def _normalised(self, state: str, name: str) -> str:
        """Bring each row to mean 0 and variance 1, then scale and shift it.

        Written out, because onnxruntime computes its own operator for this one number at a time: a ninth of all work.
        """
        apart = self._add("Sub", [state, self._add("ReduceMean", [state, "width"], keepdims=1)])
        scales: Floats = self._weights.numbers(f"{name}.w") * np.float32(WIDTH**0.5)
        scaled = self._add(
            "Mul",
            [self._add("LpNormalization", [apart], axis=-1, p=2), self._constant(f"{name}.w", scales)],
        )
        return self._add("Add", [scaled, self._constant(f"{name}.b", self._weights.numbers(f"{name}.b"))])

    def _product(self, given: str, names: list[str], width: int) -> str:
        """Multiply with one or several matrices at once, their weights rounded to 8 bits column by column."""
        matrix = np.concatenate([self._weights.matrix(f"{name}.w", width) for name in names]).T
        bias = np.concatenate([self._weights.numbers(f"{name}.b") for name in names])
        scales: Floats = np.abs(matrix).max(axis=0) / 127
        whole = np.ascontiguousarray(np.rint(matrix / scales).astype(np.int8))
        inputs = [
            given,
            self._constant(f"{names[0]}.w", whole),
            self._constant(f"{names[0]}.scales", scales.astype(np.float32)),
            "",
            self._constant(f"{names[0]}.b", bias),
        ]
        return self._add("DynamicQuantizeMatMul", inputs, _FUSED)

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        self._constants.append(numpy_helper.from_array(value, name))
        return name

    def _add(self, kind: str, inputs: list[str], domain: str = "", **settings: Any) -> str:
        made = f"{kind}{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [made], domain=domain, **settings))
        return made
