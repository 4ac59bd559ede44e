"""What has been sent about a thing."""

from __future__ import annotations

from django.db.models import QuerySet

from yuimaru.foundation.notices.models import Notice


def about(subject: str) -> QuerySet[Notice]:
    """Notices about one thing ("case:ID") in the open scope, oldest first."""
    return Notice.objects.filter(about=subject).order_by("written_at", "id")


def was_sent(once: str) -> bool:
    """Whether the notice under this key has left the house; the open scope must hold its owner."""
    return Notice.objects.filter(once=once).exclude(sent_at=None).exists()
