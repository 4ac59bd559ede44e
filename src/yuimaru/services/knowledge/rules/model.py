"""Which model a municipality may set up, and when it is asked; plain values only."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args
from urllib.parse import urlsplit

from yuimaru.foundation.tenancy.rules import Forbidden
from yuimaru.services.knowledge.ports import Failure

Hindrance = Literal["off", "budget", "breaker", "unchecked"]

ABROAD = frozenset({"data_zone", "global"})
FAILURES = frozenset(get_args(Failure))
CHECK_HOLDS = timedelta(days=400)  # terms are looked at again each fiscal year
BREAKS_AFTER, BREAKS_FOR = 3, timedelta(seconds=60)
_TOKENS_RESERVED = 2_000  # for one more request


@dataclass(frozen=True, slots=True)
class Sent:
    """One line of the ledger as the breaker reads it."""

    at: datetime
    outcome: str


def require_fit(*, url: str, kind: str, deployment: str, accepts_abroad: bool) -> None:
    """Refuse a profile that would carry questions in the clear, or to be worked on wherever there is room.

    :raises Forbidden: with the reason in words.
    """
    told = urlsplit(url)
    if (
        told.scheme not in ("https", "http")
        or not told.hostname
        or told.username
        or told.query
        or told.fragment
    ):
        raise Forbidden(
            f"接続先「{url}」は使えません。https:// で始まる、名前やキーを含まないアドレスを指定してください。",
            f"“{url}” cannot be used. Give an address that begins with https:// and holds no name or key.",
        )
    if told.scheme == "http" and (kind == "azure" or not _is_inside(told.hostname)):
        raise Forbidden(
            "暗号化されない接続（http://）は、庁内のアドレスにだけ使えます。https:// のアドレスを指定してください。",
            "An unencrypted address (http://) is for the inside network only. Give one with https://.",
        )
    if deployment in ABROAD and not accepts_abroad:
        raise Forbidden(
            "処理する場所を定めない形（データゾーン、グローバル）は、そのままでは設定できません。"
            "リージョン内で処理する形にするか、国外での処理を認めることを明示してください。",
            "A deployment that may run anywhere (data zone, global) is refused unless this is accepted expressly.",
        )


def hindrance(
    *, enabled: bool, checked: bool, spent: int, daily_tokens: int, latest: Sequence[Sent], at: datetime
) -> Hindrance | None:
    """Why the model is not asked now; None when it may be. `latest` are the newest lines of the ledger first."""
    if not enabled:
        return "off"
    if not checked:
        return "unchecked"
    if spent + _TOKENS_RESERVED > daily_tokens:
        return "budget"
    return "breaker" if _is_broken(latest, at) else None


def _is_broken(latest: Sequence[Sent], at: datetime) -> bool:
    """Whether the last requests all failed, and the last of them only just now."""
    last = latest[:BREAKS_AFTER]
    failed = len(last) == BREAKS_AFTER and all(sent.outcome in FAILURES for sent in last)
    return failed and at - last[0].at < BREAKS_FOR


def _is_inside(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".lan", ".internal"))
    return address.is_private or address.is_loopback
