"""Choosing in whose name to act."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from yuimaru.foundation.tenancy.rules import NotVisible
from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.standing import CHOSEN, Standing, official


@require_GET
@official
def choose(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The organisations in whose name somebody may act today."""
    return render(request, "desk/standing.html", shell.around(standing, here="standing"))


@require_POST
@official
def change(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Act for another organisation from now on; one in which no post is held does not exist."""
    code = request.POST.get(CHOSEN, "")
    if code not in {one.organisation.code for one in standing.all}:
        raise NotVisible(code)
    request.session[CHOSEN] = code
    return shell.see_other("desk:queue")
