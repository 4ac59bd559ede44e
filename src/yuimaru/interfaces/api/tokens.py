"""Who calls: a system that holds a live token of an organisation."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from yuimaru.foundation.people.actions import use_token
from yuimaru.foundation.people.models import ApiToken


class TokenBearer(HttpBearer):
    """`Authorization: Bearer TOKEN`; an unknown, expired or revoked token is a 401."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The live token of this secret."""
        return use_token(secret=token, at=timezone.now())
