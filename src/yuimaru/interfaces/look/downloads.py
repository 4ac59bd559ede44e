"""Handing out bytes that are no page of ours: under a safe name, of one type, and able to do nothing."""

from __future__ import annotations

from django.http import HttpResponse

from yuimaru.core.files import names

SHOWN_IN_BROWSER = frozenset(
    {"image/jpeg", "image/png"}
)  # a PDF does not open in a sandbox: it is downloaded
ALONE = "sandbox; default-src 'none'; frame-ancestors 'none'"


def sent(content: bytes, *, name: str, media_type: str, inline: bool = False) -> HttpResponse:
    """The bytes as an attachment; with `inline`, pictures open in the browser."""
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    response = HttpResponse(content, content_type=media_type + charset)
    in_browser = inline and media_type in SHOWN_IN_BROWSER
    response["Content-Disposition"] = names.disposition(name, media_type, inline=in_browser)
    response["Content-Security-Policy"] = ALONE
    response["X-Content-Type-Options"] = "nosniff"
    return response
