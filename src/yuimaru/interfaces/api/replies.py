"""How the API answers: JSON as people write it, with the language it is in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse


def reply(
    body: Mapping[str, Any], *, status: int = 200, lang: str = "ja", headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """An answer of the API."""
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Language"] = lang
    response.headers["Vary"] = "Accept-Language"
    response.headers["Content-Length"] = str(len(response.content))
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response
