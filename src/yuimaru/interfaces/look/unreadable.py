"""Telling text that no database and no page could give back as it was sent."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest

_SURROGATE = re.compile("[\ud800-\udfff]")


class Unreadable(Exception):
    """NUL, a lone surrogate, or bytes that are not UTF-8."""


def require_readable(request: HttpRequest) -> None:
    """Look at address, query and form of a request; raises Unreadable, or MultiPartParserError.

    JSON is looked at by the API, which alone reads it.
    """
    _bytes(unquote_to_bytes(request.path_info))  # where Django has put broken bytes back into their escapes
    _bytes(unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace")))
    if request.method in ("GET", "HEAD"):
        return
    if request.content_type == "multipart/form-data":
        for name, values in request.POST.lists():
            _text(name)
            for value in values:
                _text(value)
    elif request.content_type == "application/x-www-form-urlencoded":
        _bytes(unquote_to_bytes(request.body))


def _bytes(sent: bytes) -> None:
    try:
        _text(sent.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable from error


def _text(sent: str) -> None:
    if "\x00" in sent or _SURROGATE.search(sent):
        raise Unreadable
