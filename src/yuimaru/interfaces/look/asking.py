"""An answer together with the procedures it leads to, in the shape of the contract."""

from __future__ import annotations

from datetime import date
from typing import Any

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.catalogue.queries import matching
from yuimaru.services.knowledge.queries import LONGEST_QUESTION, ask


def asked(owner: Organisation, question: str, *, on: date) -> dict[str, Any]:
    """What the command line and the API tell to a question."""
    answer = ask(owner, question, on)
    return {**answer.as_json(), "procedures": matching(owner, question[:LONGEST_QUESTION], on=on)}
