"""The confidentiality labels that a municipality uses."""

from __future__ import annotations

from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.services.knowledge.models import Label
from yuimaru.services.knowledge.rules.life import USUAL, Marking


def labels_of(owner: Organisation) -> tuple[Marking, ...]:
    """The owner's own labels in their order, else the usual ones."""
    own = Label.objects.filter(owner=owner).order_by("place").values_list("name", "widest")
    return tuple(Marking(name, widest) for name, widest in own) or USUAL
