"""Every refusal of the API in one shape: `{"errors":[{"item","message"}]}`, in the language that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from yuimaru.foundation.tenancy.rules import Forbidden, NotVisible
from yuimaru.interfaces.api.reading import language
from yuimaru.interfaces.api.replies import reply
from yuimaru.interfaces.look.unavailable import RETRY_AFTER, reason_of
from yuimaru.services.procedures.rules import InvalidAnswers, InvalidKey, KeyInFlight, KeyReused

Errors = Iterable[tuple[str | None, str | Promise]]  # the item it is about, and the sentence

BY_STATUS: dict[int, Promise] = {
    400: _("The request cannot be read. The body must be JSON in UTF-8, without NUL and broken characters."),
    401: _("Send a valid token in the header “Authorization: Bearer TOKEN”."),
    403: _("This is not allowed."),
    404: _("There is nothing at this address. Check the code of the municipality and the kata."),
    405: _("This address does not know this method."),
    409: _(
        "The first request with this Idempotency-Key is still being worked on. Send the same again shortly."
    ),
    413: _("The body is too large."),
    500: _("Something went wrong on our side. Send the same request again with the same Idempotency-Key."),
    503: _("The service is not available just now. Send the same request again shortly."),
}
KEY_MALFORMED = _("Send a header Idempotency-Key of 8 to 255 visible ASCII characters without spaces.")
KEY_REUSED = _("This Idempotency-Key was used for another request. Take a new key.")
BY_FAULT: dict[str, Promise] = {
    "missing": _("This item is required."),
    "extra_forbidden": _("There is no such item. Check its name."),
}
WRONG_FORM = _("This item has the wrong form.")


def refusal(
    request: HttpRequest, status: int, errors: Errors = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """A refusal; without errors of its own it says what its status means."""
    lang = language(request)
    with override(lang):
        said = list(errors) or [(None, BY_STATUS.get(status, BY_STATUS[500 if status >= 500 else 400]))]
        body = {"errors": [{"item": item, "message": str(message)} for item, message in said]}
    return reply(body, status=status, lang=lang, headers=headers)


def teach(api: NinjaAPI) -> None:
    """Tell the API how each refusal of the services is answered."""
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(ValidationError, _wrong_shape)
    api.add_exception_handler(InvalidAnswers, _invalid_answers)
    api.add_exception_handler(Forbidden, _forbidden)
    for kind, status, said in (
        (NotVisible, 404, None),
        (RequestDataTooBig, 413, None),
        (InvalidKey, 400, KEY_MALFORMED),
        (KeyReused, 422, KEY_REUSED),
        (KeyInFlight, 409, None),
    ):
        api.add_exception_handler(kind, _answer(status, said))
    for store in (DatabaseError, OSError):
        api.add_exception_handler(store, _unavailable)


def _answer(status: int, said: Promise | None) -> Callable[[HttpRequest, Any], HttpResponse]:
    headers = {"Retry-After": "1"} if status == 409 else None
    errors: Errors = [(None, said)] if said else []
    return lambda request, error: refusal(request, status, errors, headers)


def _unavailable(request: HttpRequest, error: Any) -> HttpResponse:
    """503 when the store took nothing; anything else is a fault of ours and goes its way."""
    reason = reason_of(error)
    if reason is None:
        raise error
    return refusal(request, 503, headers={"Retry-After": str(RETRY_AFTER[reason])})


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    headers = {"WWW-Authenticate": "Bearer"} if error.status_code == 401 else None
    return refusal(request, error.status_code, headers=headers)


def _wrong_shape(request: HttpRequest, error: Any) -> HttpResponse:
    """A body without what it must hold; `loc` begins with "body" and the name of our parameter."""
    found = [(".".join(map(str, each["loc"][2:])) or None, each["type"]) for each in error.errors]
    return refusal(request, 422, [(item, BY_FAULT.get(fault, WRONG_FORM)) for item, fault in found])


def _invalid_answers(request: HttpRequest, error: Any) -> HttpResponse:
    return refusal(request, 422, [(problem.path, problem.message) for problem in error.problems])


def _forbidden(request: HttpRequest, error: Any) -> HttpResponse:
    reason = error.reason if language(request) == "ja" else error.reason_en
    return refusal(request, 403, [(None, reason)])
