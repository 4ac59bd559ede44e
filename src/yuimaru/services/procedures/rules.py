"""Numbers, keys and refusals of what residents send; plain values only."""

from __future__ import annotations

import re
import secrets
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from yuimaru.core.kata.expressions import Value
from yuimaru.core.kata.models import Kata
from yuimaru.core.kata.tables import Decided
from yuimaru.foundation.tenancy.actors import Actor, Role
from yuimaru.foundation.tenancy.rules import NotVisible

DRAFT_LIFE = timedelta(days=30)
MAX_FAILURES = 5
LOCK_TIME = timedelta(minutes=15)
KEY_LIFE = timedelta(days=30)  # shelter devices reconnect late
KEY_LEASE = timedelta(seconds=5)  # how long a post that has fallen silent keeps its key from others
KEY_FORM = re.compile(r"[\x21-\x7e]{8,255}")


class InvalidAnswers(Exception):
    """The answers do not pass the form's checks; nothing was sent."""

    def __init__(self, problems: list[Any]) -> None:
        super().__init__(f"{len(problems)} answers to be mended")
        self.problems = problems


class KeyReused(Exception):
    """The idempotency key was used before for something else."""


class KeyInFlight(Exception):
    """Another post with this idempotency key is being worked on."""


class InvalidKey(ValueError):
    """The idempotency key is missing or malformed."""


class Locked(Exception):
    """Too many wrong 確認番号: try again later."""


def require_applicant(kata: Kata, by: Actor) -> None:
    """What members of staff apply for is unknown to residents and to other systems; raises NotVisible."""
    if kata.kind == "staff" and Role.RESIDENT in by.roles:
        raise NotVisible(kata.kata)


def new_number(at: datetime) -> str:
    """A 受付番号: year and month, then eight random digits, written in groups of four."""
    digits = f"{at:%y%m}{secrets.randbelow(10**8):08d}"
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def require_key(key: str) -> None:
    """Refuse a key that is not 8 to 255 visible ASCII characters."""
    if not KEY_FORM.fullmatch(key):
        raise InvalidKey(key[:20])


def is_free(*, done: bool, used_at: datetime, at: datetime) -> bool:
    """Whether a key that was used at that time can be taken for something new."""
    return at >= used_at + (KEY_LIFE if done else KEY_LEASE)


def decided_json(decided: Decided) -> dict[str, Any]:
    """A table's outcome as it is kept with the submission: yen as integers, other decimals as text, dates ISO."""
    outputs = decided.outputs
    return {
        "outputs": {name: plain(value) for name, value in outputs.items()} if outputs is not None else None,
        "rows": decided.rows,
        "grounds": decided.grounds,
    }


def plain(value: Value) -> Any:
    """A typed value as JSON keeps it: whole numbers as integers, other decimals as text, dates ISO."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    return [plain(each) for each in value] if isinstance(value, list) else value
