"""Language and light or dark as the person chose them: by a link (`?lang=en`, `?mode=dark`), kept in a cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGES = ("ja", "en")
EASY = "easy"  # やさしい日本語: a reading of one guidance page, not a language of the whole site
MODES = ("light", "dark")
MODE_COOKIE = "yuimaru_mode"
YEAR = 365 * 24 * 60 * 60


class PreferencesMiddleware:
    """Answers in Japanese unless English was chosen; what the browser prefers does not count.

    The town's text is Japanese and legally so; a page in another language is chosen, not guessed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = (
            _chosen(request, "lang", settings.LANGUAGE_COOKIE_NAME, LANGUAGES) or settings.LANGUAGE_CODE
        )
        mode = _chosen(request, "mode", MODE_COOKIE, MODES)
        request.LANGUAGE_CODE = language
        request.display_mode = mode  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        _remember(request, response, "lang", settings.LANGUAGE_COOKIE_NAME, LANGUAGES)
        _remember(request, response, "mode", MODE_COOKIE, (*MODES, "auto"))
        return response


def _chosen(request: HttpRequest, parameter: str, cookie: str, known: tuple[str, ...]) -> str:
    asked = request.GET.get(parameter)
    if asked is None:
        asked = request.COOKIES.get(cookie, "")
    return asked if asked in known else ""


def _remember(
    request: HttpRequest, response: HttpResponse, parameter: str, cookie: str, known: tuple[str, ...]
) -> None:
    asked = request.GET.get(parameter)
    if asked in known and asked != request.COOKIES.get(cookie):
        response.set_cookie(
            cookie, asked, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
