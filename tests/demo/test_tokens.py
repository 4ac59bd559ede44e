"""The demo's tokens: one a town, the same after every start, and revoked ones stay revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast
from yuimaru.demo import tokens
from yuimaru.foundation.people import actions
from yuimaru.foundation.people.models import ApiToken
from yuimaru.foundation.people.queries import live_token
from yuimaru.foundation.tenancy.actors import Actor

pytestmark = pytest.mark.django_db
LATER = cast.BUILT_AT + timedelta(days=100)


def test_every_town_has_one_token_that_survives_a_restart() -> None:
    before = {code: tokens.secret_of(code) for code in tokens.TOWNS}
    for _ in range(2):
        tokens.give(at=cast.BUILT_AT)
    assert {code: tokens.secret_of(code) for code in tokens.TOWNS} == before
    assert ApiToken.objects.count() == len(set(before.values())) == 3
    for code, secret in before.items():
        token = live_token(secret, at=LATER)
        assert token is not None
        assert token.organisation.code == code


def test_a_revoked_token_does_not_come_back_with_the_next_start() -> None:
    tokens.give(at=cast.BUILT_AT)
    secret = tokens.secret_of(cast.OUMI)
    token = live_token(secret, at=LATER)
    assert token is not None
    actions.revoke_token(
        owner=token.organisation, token_id=token.pk, by=Actor.system(token.organisation), at=LATER
    )
    tokens.give(at=LATER)
    assert live_token(secret, at=LATER) is None


def test_another_installation_has_other_tokens(settings: object) -> None:
    here = tokens.secret_of(cast.OUMI)
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert tokens.secret_of(cast.OUMI) != here
