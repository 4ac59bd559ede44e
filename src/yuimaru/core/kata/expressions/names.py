"""Which names an expression or cell reads: what the order of questions and the conversation are built on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar, cast, get_args

from yuimaru.core.kata.expressions import nodes
from yuimaru.core.kata.expressions.parser import parse

T = TypeVar("T", nodes.Node, nodes.Cell)
PARTS = get_args(nodes.Test)


def names(text: str) -> set[str]:
    """The names an expression reads, without what follows a dot: `月額.円` reads `月額`."""
    return {path.partition(".")[0] for path in paths(text)}


def paths(text: str) -> set[str]:
    """The names an expression reads, each with its dotted fields: `月額.円`."""
    return set(_paths(parse(text)))


def names_in(node: nodes.Node) -> set[str]:
    """The names that a parsed expression reads, without what follows a dot."""
    return {path.partition(".")[0] for path in _paths(node)}


def cell_names(cell: nodes.Cell) -> set[str]:
    """The names that the tests of a cell read."""
    return {path.partition(".")[0] for test in cell.tests for path in _paths(test)}


def _paths(node: nodes.Node | nodes.Test) -> Iterator[str]:
    steps: list[str] = []
    inner = node
    while isinstance(inner, nodes.Path):
        steps.append(inner.field)
        inner = inner.source
    if isinstance(inner, nodes.Name):
        yield ".".join([inner.id, *reversed(steps)])
        return
    for child in nodes.children(inner):
        yield from _paths(child)


def replaced(node: T, change: Callable[[nodes.Node], nodes.Node | None]) -> T:
    """The same tree with every part for which `change` gives another one replaced by that."""
    if isinstance(node, get_args(nodes.Node)):
        other = change(node)
        if other is not None:
            return cast(Any, other)  # type: ignore[no-any-return]
    parts = {field.name: _replaced(getattr(node, field.name), change) for field in fields(node)}
    return replace(node, **parts)


def _replaced(part: Any, change: Callable[[nodes.Node], nodes.Node | None]) -> Any:
    if isinstance(part, tuple):
        return tuple(_replaced(each, change) for each in part)
    return replaced(part, change) if isinstance(part, PARTS) else part
