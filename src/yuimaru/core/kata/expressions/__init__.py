"""Expressions: a strict, total subset of FEEL with Japanese names and three-valued unknowns.

The grammar, on one page (docs/reference/expressions.md has it with examples):

    expression = "if" expression "then" expression "else" expression | either
    either     = both ("or" both)*
    both       = comparison ("and" comparison)*
    comparison = sum (("=" | "!=" | "<" | "<=" | ">" | ">=") sum | "between" sum "and" sum | "in" tests)?
    sum        = product (("+" | "-") product)*
    product    = signed (("*" | "/") signed)*
    signed     = "-" signed | path
    path       = primary ("." name)*
    primary    = number | text | "true" | "false" | "null" | day
               | name | name "(" arguments ")"
               | "not" "(" expression ")" | "(" expression ")" | "[" arguments "]"
    arguments  = (expression ("," expression)*)?
    day        = ("date" | "日付") "(" text ")"
    tests      = test | "(" test ("," test)* ")"
    test       = range | ("=" | "!=" | "<" | "<=" | ">" | ">=") sum | sum
    range      = ("[" | "(") literal ".." literal ("]" | ")")
    literal    = "-"? number | text | day
    cell       = "-" | "not" "(" test ("," test)* ")" | test ("," test)*

There is no loop and no call beyond a closed list, so every expression ends and none does anything but answer.
"""

from yuimaru.core.kata.expressions.check import check, check_cell, infer
from yuimaru.core.kata.expressions.compile import (
    Compiled,
    CompiledTest,
    compile_cell,
    compile_expression,
    compile_node,
    compile_tests,
)
from yuimaru.core.kata.expressions.feel import NoFeel, cell_to_feel, to_feel
from yuimaru.core.kata.expressions.functions import FUNCTIONS, Function
from yuimaru.core.kata.expressions.lexer import KEYWORDS, RESERVED
from yuimaru.core.kata.expressions.names import names, paths
from yuimaru.core.kata.expressions.nodes import Cell, Node
from yuimaru.core.kata.expressions.parser import parse, parse_cell
from yuimaru.core.kata.expressions.problems import ExpressionError, ExpressionProblem
from yuimaru.core.kata.expressions.types import (
    ANY,
    DATE,
    LIST,
    NUMBER,
    TEXT,
    WHOLE,
    YESNO,
    Type,
    choice,
    list_of,
    record,
)
from yuimaru.core.kata.expressions.values import Facts, Kind, Value, kind

__all__ = [
    "ANY",
    "DATE",
    "FUNCTIONS",
    "KEYWORDS",
    "LIST",
    "NUMBER",
    "RESERVED",
    "TEXT",
    "WHOLE",
    "YESNO",
    "Cell",
    "Compiled",
    "CompiledTest",
    "ExpressionError",
    "ExpressionProblem",
    "Facts",
    "Function",
    "Kind",
    "NoFeel",
    "Node",
    "Type",
    "Value",
    "cell_to_feel",
    "check",
    "check_cell",
    "choice",
    "compile_cell",
    "compile_expression",
    "compile_node",
    "compile_tests",
    "infer",
    "kind",
    "list_of",
    "names",
    "parse",
    "parse_cell",
    "paths",
    "record",
    "to_feel",
]
