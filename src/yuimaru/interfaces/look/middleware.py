"""What holds for every page: nothing personal is cached, and refusals look the same whatever their cause."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from yuimaru.foundation.keys.sealing import Destroyed
from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.interfaces.look import errors
from yuimaru.interfaces.look.unreadable import Unreadable, require_readable

GetResponse = Callable[[HttpRequest], HttpResponse]


class PrivateByDefaultMiddleware:
    """Pages are `private, no-store` unless a view has said otherwise."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ReadableMiddleware:
    """What cannot be kept as it was sent is refused with 400: NUL, lone surrogates, bytes that are not UTF-8."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            require_readable(request)
        except (Unreadable, MultiPartParserError):
            return errors.unreadable(request)
        return self.get_response(request)


class RefusalMiddleware:
    """What does not exist and what is not for this person are one and the same 404; 403 gives its reason."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotVisible):
            return errors.not_found(request, exception)
        if isinstance(exception, Forbidden):
            return errors.forbidden(request, exception)
        if isinstance(exception, Destroyed):
            return errors.gone(request, exception)
        return None
