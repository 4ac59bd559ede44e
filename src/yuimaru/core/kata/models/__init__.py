"""What may stand in a kata: one pydantic model per word of the language, nothing more (`extra=forbid`)."""

from yuimaru.core.kata.models.approval import Approval, Draft
from yuimaru.core.kata.models.decisions import Decision, HitPolicy, Row, TableInput, TableOutput
from yuimaru.core.kata.models.forms import Form, Item, ItemType, Option, Prefill, PrefillSource, Repeat, Step
from yuimaru.core.kata.models.package import (
    Example,
    ExampleAct,
    Expected,
    Facts,
    Kata,
    Notice,
    Package,
    Param,
)
from yuimaru.core.kata.models.words import (
    LANGUAGE_VERSION,
    Cell,
    Expression,
    Line,
    Model,
    Name,
    Slug,
    Text,
    Version,
)
from yuimaru.core.kata.models.workflow import Action, Period, Role, Workflow, WorkStep

__all__ = [
    "LANGUAGE_VERSION",
    "Action",
    "Approval",
    "Cell",
    "Decision",
    "Draft",
    "Example",
    "ExampleAct",
    "Expected",
    "Expression",
    "Facts",
    "Form",
    "HitPolicy",
    "Item",
    "ItemType",
    "Kata",
    "Line",
    "Model",
    "Name",
    "Notice",
    "Option",
    "Package",
    "Param",
    "Period",
    "Prefill",
    "PrefillSource",
    "Repeat",
    "Role",
    "Row",
    "Slug",
    "Step",
    "TableInput",
    "TableOutput",
    "Text",
    "Version",
    "WorkStep",
    "Workflow",
]
