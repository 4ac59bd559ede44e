"""One token for each town of the demo world: the same after every start, because it follows from the signing key."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from yuimaru.demo import cast
from yuimaru.foundation.people import actions, queries, rules
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality

TOWNS = (cast.OUMI, cast.MIDORINO, cast.TSUKIHAMA)
LIFE = timedelta(days=3650)


def secret_of(code: str) -> str:
    """The secret of a town's token."""
    return rules.PREFIX + salted_hmac("demo.token", code, algorithm="sha256").hexdigest()


def give(*, at: datetime) -> None:
    """Give every town its token; one that was given or revoked before stays as it is."""
    for code in TOWNS:
        town, secret = get_municipality(code), secret_of(code)
        known = {token.sha256 for token in queries.list_tokens(town)}
        if rules.fingerprint(secret) not in known:
            actions.create_token(
                owner=town,
                name="デモの外部システム",
                expires_at=at + LIFE,
                by=Actor.system(town),
                at=at,
                secret=secret,
            )
