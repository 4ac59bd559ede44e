"""Forms: what is asked, reading what was typed, checking what is stored, showing it in words."""

from yuimaru.core.kata.forms.checking import check_answers, check_no_references, clean, cleared
from yuimaru.core.kata.forms.display import display
from yuimaru.core.kata.forms.faults import Problem
from yuimaru.core.kata.forms.fields import field_names, parts_of
from yuimaru.core.kata.forms.prefill import Origin, prefilled, sources
from yuimaru.core.kata.forms.reading import (
    KEPT_TYPES,
    StepInput,
    as_fields,
    read_item,
    read_step,
    without_member,
)
from yuimaru.core.kata.forms.schema import answers_schema
from yuimaru.core.kata.forms.summary import SummaryRow, SummaryStep, summary, worked_out
from yuimaru.core.kata.forms.visibility import visible_items, visible_steps

__all__ = [
    "KEPT_TYPES",
    "Origin",
    "Problem",
    "StepInput",
    "SummaryRow",
    "SummaryStep",
    "answers_schema",
    "as_fields",
    "check_answers",
    "check_no_references",
    "clean",
    "cleared",
    "display",
    "field_names",
    "parts_of",
    "prefilled",
    "read_item",
    "read_step",
    "sources",
    "summary",
    "visible_items",
    "visible_steps",
    "without_member",
    "worked_out",
]
