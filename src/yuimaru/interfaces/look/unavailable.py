"""When the store takes nothing: 503 with the reason, and what was typed stays on the page to be sent again."""

from __future__ import annotations

import errno
from enum import StrEnum

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SECRET = "password"  # noqa: S105 — the name of a field that is never written back into a page


class Reason(StrEnum):
    """Why nothing can be saved just now."""

    FULL = "full"
    BUSY = "busy"
    READ_ONLY = "read_only"
    UNREACHABLE = "unreachable"


RETRY_AFTER = {Reason.FULL: 60, Reason.BUSY: 10, Reason.READ_ONLY: 60, Reason.UNREACHABLE: 30}  # seconds

_SQLITE = {
    "SQLITE_FULL": Reason.FULL,
    "SQLITE_BUSY": Reason.BUSY,
    "SQLITE_LOCKED": Reason.BUSY,
    "SQLITE_READONLY": Reason.READ_ONLY,
    "SQLITE_IOERR": Reason.UNREACHABLE,
    "SQLITE_CANTOPEN": Reason.UNREACHABLE,
}
_POSTGRESQL = {
    "53100": Reason.FULL,
    "55P03": Reason.BUSY,
    "40001": Reason.BUSY,
    "40P01": Reason.BUSY,
    "25006": Reason.READ_ONLY,
    "57P01": Reason.UNREACHABLE,
    "57P02": Reason.UNREACHABLE,
    "57P03": Reason.UNREACHABLE,
}
_SYSTEM = {errno.ENOSPC: Reason.FULL, errno.EDQUOT: Reason.FULL, errno.EROFS: Reason.READ_ONLY}


def reason_of(error: BaseException | None) -> Reason | None:
    """Why the store refused; None when the error is a fault of ours."""
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0)
    if not isinstance(error, DatabaseError):
        return None
    cause = error.__cause__
    named = str(getattr(cause, "sqlite_errorname", ""))
    for start, reason in _SQLITE.items():
        if named.startswith(start):
            return reason
    if not type(cause).__module__.startswith("psycopg"):
        return None
    state: str | None = getattr(cause, "sqlstate", None)
    if state is None:  # no server was there to give one
        return Reason.UNREACHABLE if isinstance(error, OperationalError) else None
    return Reason.UNREACHABLE if state.startswith("08") else _POSTGRESQL.get(state)


def unavailable(request: HttpRequest, reason: Reason) -> HttpResponse:
    """503 with what the browser had sent, so that one press sends it once more; the same key makes it one."""
    typed: list[tuple[str, str]] = []
    if request.method == "POST" and not request.FILES and SECRET not in request.POST:
        typed = [(name, value) for name, values in request.POST.lists() for value in map(str, values)]
    context = {"reason": reason.value, "typed": typed, "is_post": request.method == "POST"}
    response = render(request, "look/errors/503.html", context, status=503)
    response["Retry-After"] = str(RETRY_AFTER[reason])
    return response
