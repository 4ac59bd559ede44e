"""Error pages in words: what happened and what to do. They say nothing of the address that was asked for."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from yuimaru.foundation.tenancy.rules import Forbidden
from yuimaru.interfaces.look import unavailable


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: something unreadable was sent."""
    return render(request, "look/errors/400.html", status=400)


def unreadable(request: HttpRequest) -> HttpResponse:
    """400 for text that cannot be kept as it was sent; a program gets it as JSON."""
    if request.content_type == "application/json":
        message = (
            "読めない文字が入っています。UTF-8で、NULや対になっていないサロゲートを除いて送ってください。"
            if get_language() == "ja"
            else "The text cannot be read. Send UTF-8 without NUL and lone surrogates."
        )
        return JsonResponse({"errors": [{"item": "", "message": message}]}, status=400)
    return bad_request(request)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the reason in the reader's language."""
    reason = ""
    if isinstance(exception, Forbidden):
        reason = exception.reason_en if get_language() == "en" else exception.reason
    return render(request, "look/errors/403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, equal to the letter for what is unknown and for what belongs to others."""
    return render(request, "look/errors/404.html", status=404)


def gone(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """410: the application was kept as long as the law says and then destroyed for good."""
    return render(request, "look/errors/410.html", status=410)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 with the reason when the store took nothing, wherever that was noticed; else 500: our fault."""
    reason = unavailable.reason_of(sys.exception())
    if reason is not None:
        return unavailable.unavailable(request, reason)
    return render(request, "look/errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or the form was sent from elsewhere."""
    return render(request, "look/errors/csrf.html", status=403)
