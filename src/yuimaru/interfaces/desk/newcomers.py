"""The door for somebody new: a page, opened with a secret, on which they choose their first password."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yuimaru.foundation.people.actions import choose_first_password
from yuimaru.foundation.people.models import User
from yuimaru.foundation.people.queries import invited


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def first_password(request: HttpRequest, user_id: UUID, secret: str) -> HttpResponse:
    """Choose a password, then sign in with it; a used, expired or invented secret is a 404."""
    user = invited(user_id, secret)
    errors: list[str] = []
    if request.method == "POST":
        password = request.POST.get("password", "")
        errors = _faults(user, password, request.POST.get("again", ""))
        if not errors:
            choose_first_password(user_id=user_id, secret=secret, password=password, at=timezone.now())
            return redirect("account_login")
    return render(request, "account/first_password.html", {"user_name": user, "errors": errors})


def _faults(user: User, password: str, again: str) -> list[str]:
    if not password:
        return [_("Enter your password.")]
    try:
        validate_password(password, user)
    except ValidationError as refused:
        codes = {error.code for error in refused.error_list}
        return [sentence for code, sentence in _weak().items() if code in codes]
    return [] if password == again else [_("The two passwords differ. Enter the same one twice.")]


def _weak() -> dict[str, str]:
    return {
        "password_too_short": _("The password is too short. Use 10 characters or more."),
        "password_too_common": _("This password is easily guessed. Choose another one."),
        "password_too_similar": _("The password is too like your name. Choose another one."),
    }
