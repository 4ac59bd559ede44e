"""Decision tables (DMN): decide by looking up, explain in words, prove that no case is left out or doubled."""

from yuimaru.core.kata.tables.chains import Chain, compile_chain
from yuimaru.core.kata.tables.check import check_table
from yuimaru.core.kata.tables.compile import Table, compile_table
from yuimaru.core.kata.tables.decided import Decided, decided
from yuimaru.core.kata.tables.dmn import to_dmn
from yuimaru.core.kata.tables.explain import Because, Condition, explain
from yuimaru.core.kata.tables.gaps import TableFinding, gaps_and_overlaps
from yuimaru.core.kata.tables.results import TableError, TableProblem, TableResult

__all__ = [
    "Because",
    "Chain",
    "Condition",
    "Decided",
    "Table",
    "TableError",
    "TableFinding",
    "TableProblem",
    "TableResult",
    "check_table",
    "compile_chain",
    "compile_table",
    "decided",
    "explain",
    "gaps_and_overlaps",
    "to_dmn",
]
