"""Which names an expression or cell reads: what the order of questions and the conversation are built on."""

from __future__ import annotations

from collections.abc import Iterator

from yuimaru.core.kata.expressions import nodes
from yuimaru.core.kata.expressions.parser import parse


def names(text: str) -> set[str]:
    """The names an expression reads, without what follows a dot: `月額.円` reads `月額`."""
    return {path.partition(".")[0] for path in paths(text)}


def paths(text: str) -> set[str]:
    """The names an expression reads, each with its dotted fields: `月額.円`."""
    return set(_paths(parse(text)))


def cell_names(cell: nodes.Cell) -> set[str]:
    """The names that the tests of a cell read."""
    return {path.partition(".")[0] for test in cell.tests for path in _paths(test)}


def _paths(node: nodes.Node | nodes.Test) -> Iterator[str]:
    fields: list[str] = []
    inner = node
    while isinstance(inner, nodes.Path):
        fields.append(inner.field)
        inner = inner.source
    if isinstance(inner, nodes.Name):
        yield ".".join([inner.id, *reversed(fields)])
        return
    for child in nodes.children(inner):
        yield from _paths(child)
