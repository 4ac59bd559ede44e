"""What another system sends: JSON in UTF-8 and nothing else, and the language it wants to be answered in."""

from __future__ import annotations

import json
from typing import Any, Literal, NoReturn, cast

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.parser import Parser

DEEPEST = 20  # values within values; an application needs four


class Unreadable(ValueError):
    """The body is not JSON, or holds characters that no text may hold."""


class StrictParser(Parser):
    """Reads JSON as the standard has it: no NaN, no NUL, no half of a surrogate pair."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as values; raises Unreadable."""
        return cast(dict[str, Any], read_json(request.body))


def read_json(body: bytes) -> Any:
    """Values of a JSON text in UTF-8; raises Unreadable."""
    try:
        read = json.loads(body.decode("utf-8"), parse_constant=_refuse)
        _require_text(read, DEEPEST)
    except (ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from error
    return read


def _refuse(constant: str) -> NoReturn:
    raise Unreadable(constant)


def _require_text(value: Any, deeper: int) -> None:
    """Refuse text that a database cannot keep byte for byte, and values within values without end."""
    if isinstance(value, str):
        if "\0" in value:
            raise Unreadable("NUL")
        value.encode("utf-8")  # half of a surrogate pair has no UTF-8
    elif isinstance(value, dict | list):
        if not deeper:
            raise Unreadable("depth")
        for inner in value:
            _require_text(inner, deeper - 1)
        for inner in value.values() if isinstance(value, dict) else ():
            _require_text(inner, deeper - 1)


def language(request: HttpRequest) -> Literal["ja", "en"]:
    """The first of Japanese and English that `Accept-Language` names; Japanese when it names neither."""
    for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        primary = tag.partition("-")[0]
        if primary in ("ja", "en"):
            return cast(Literal["ja", "en"], primary)
    return "ja"
