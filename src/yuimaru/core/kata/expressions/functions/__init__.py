"""The functions an expression may call: a closed list, all total (wrong or unknown arguments give None)."""

from __future__ import annotations

from yuimaru.core.kata.expressions.functions.function import Function
from yuimaru.core.kata.expressions.functions.law import LAW
from yuimaru.core.kata.expressions.functions.plain import PLAIN_FUNCTIONS
from yuimaru.core.kata.expressions.near import suggestion
from yuimaru.core.kata.expressions.problems import ExpressionProblem, problem

__all__ = ["FUNCTIONS", "Function", "unknown_function"]

FUNCTIONS: dict[str, Function] = {
    name: function for function in (*PLAIN_FUNCTIONS, *LAW) for name in function.names
}


def unknown_function(name: str, at: int) -> ExpressionProblem:
    """The problem of calling what is not on the list, with the nearest name."""
    ja, en = suggestion(name, FUNCTIONS)
    return problem(
        "unknown_function",
        f"「{name}」という関数はありません。{ja}",
        f"There is no function “{name}”.{en}",
        at,
    )
