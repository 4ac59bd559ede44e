"""Whatever fails on the way to the API, another system is never answered with a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from yuimaru.interfaces.api import errors

PREFIX = "/api/"
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


class NeverAPageMiddleware:
    """Says in the API's own shape what Django or another middleware said in HTML."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(PREFIX) or response.status_code < 400:
            return response
        if response.headers.get("Content-Type", "").startswith("application/json"):
            return response
        kept = {name: response.headers[name] for name in KEPT if name in response.headers}
        return errors.refusal(request, response.status_code, headers=kept)
