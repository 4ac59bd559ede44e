"""Who calls: a system that holds a live token of the municipality it calls on."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from yuimaru.foundation.people.actions import use_token
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_public_municipality
from yuimaru.foundation.tenancy.rules import NotVisible


class TokenBearer(HttpBearer):
    """`Authorization: Bearer TOKEN`; an unknown, expired or revoked token is a 401."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The system as an actor of the municipality in the address, before anything of the body is read.

        :raises NotVisible: the token is another organisation's, or the address is nobody's; both are one.
        """
        found = use_token(secret=token, at=timezone.now())
        if found is None or request.resolver_match is None:
            return None
        municipality = get_public_municipality(request.resolver_match.kwargs["code"])
        if municipality.pk != found.organisation_id:
            raise NotVisible(municipality.code)
        return Actor.client(municipality, found.pk)
