"""Expressions and tables made to exhaust a machine, tried in a process of their own: `python -m tests.core.kata.hostile`.

Prints one JSON line for each: what stopped it, and how many seconds that took; last the memory of the process.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from pydantic import ValidationError

from yuimaru.core.kata.expressions import NUMBER, ExpressionError, check, compile_cell, compile_expression
from yuimaru.core.kata.models import Decision
from yuimaru.core.kata.tables import TableError, compile_table, gaps_and_overlaps

CHANCE = random.Random(7)
NUMBERS = {f"c{number}": NUMBER for number in range(30)}


def main() -> None:
    """Try each and print."""
    for name, attempt in (*expressions(), *tables(), *proofs()):
        started = process_time()
        stopped = tried(attempt)
        print(json.dumps({"name": name, "seconds": process_time() - started, "stopped": stopped}))  # noqa: T201
    print(json.dumps({"name": "memory", "megabytes": most_memory()}))  # noqa: T201


def most_memory() -> float:
    """The most memory that this process held, in MB; `getrusage` would tell that of the process before it, too."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s*(\d+)", status)[1]) / 1024  # type: ignore[index]


def tried(attempt: Callable[[], Any]) -> str:
    """What the attempt is answered with."""
    try:
        return f"passed: {attempt()!r:.80}"
    except ExpressionError as error:
        return error.problem.message_ja
    except TableError as error:
        return error.problems[0].message_ja
    except ValidationError as error:
        return error.errors(include_input=False)[0]["msg"]


def expressions() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each is refused, with the limit in the sentence."""
    texts = {
        "length": "1" + "+1" * 500_000,
        "words": "1" + " + 1" * 400,
        "brackets": "(" * 1_900,
        "lists": "[" * 41 + "]" * 41,
        "ifs": "if true then " * 60 + "1",
        "signs": "-" * 1_500 + "1",
        "nots": "not(" * 45 + "true" + ")" * 45,
        "digits": "9" * 1_900,
        "quotes": '"' * 1_999,
        "dates": f'date("{"9" * 1_900}")',
    }
    for name, text in texts.items():
        yield f"expression: {name}", lambda text=text: compile_expression(text)  # type: ignore[misc]
    yield "cell: brackets", lambda: compile_cell("not(" * 400 + "1")


def tables() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each is refused, with the limit in the sentence."""
    row = {"id": "r", "if": ["-"], "then": [1]}
    yield "table: a million rows", lambda: Decision.model_validate({
        "id": "t", "title": "t", "inputs": [{"id": "a"}], "outputs": [{"id": "o"}], "rows": [row] * 1_000_000,
    })  # fmt: skip
    many = ", ".join(map(str, range(149)))
    yield "table: cells", lambda: compile_table(table(3, [["-"] * 3] * 1_700))
    yield "table: alternatives", lambda: compile_table(table(1, [[many]] * 2_000))
    yield (
        "table: characters",
        lambda: compile_table(table(1, [[f"< {number:0>34}"] for number in range(2_000)])),
    )


def proofs() -> Iterator[tuple[str, Callable[[], Any]]]:
    """The largest tables that are let in, and names that resemble each other: all end, some as unchecked."""
    for columns, rows in ((30, 166), (6, 833), (2, 2_000)):
        for hit in ("U", "F", "A"):
            large = table(columns, [[cell() for _ in range(columns)] for _ in range(rows)], hit)
            name = f"proof: {rows} rows of {columns}, {hit}"
            yield name, lambda large=large: len(gaps_and_overlaps(large, NUMBERS))  # type: ignore[misc]
    known = {f"項目{number}": NUMBER for number in range(20_000)}
    unknown = " + ".join(f"項木{number}" for number in range(140))
    yield "check: unknown names", lambda: len(check(unknown, known))


def cell() -> str:
    """Some test of a number."""
    low = CHANCE.randrange(1_000)
    return CHANCE.choice(
        ["-", f"< {low}", f"[{low}..{low + CHANCE.randrange(1, 400)}]", f"{low}", f"not({low})"]
    )


def table(columns: int, rows: list[list[str]], hit: str = "U") -> Decision:
    """A table of numbers."""
    return Decision.model_validate({
        "id": "t", "title": "t", "hit": hit,
        "inputs": [{"id": f"c{number}"} for number in range(columns)],
        "outputs": [{"id": "o", "type": "int"}],
        "rows": [{"id": f"r{number}", "if": row, "then": [number]} for number, row in enumerate(rows)],
    })  # fmt: skip


if __name__ == "__main__":
    main()
