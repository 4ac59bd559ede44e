"""Step 6: looking everything over, and letting residents in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from yuimaru.interfaces.desk import shell
from yuimaru.interfaces.desk.joining import frame, gaps
from yuimaru.interfaces.desk.standing import Standing
from yuimaru.services.joining.actions import NotReady, publish
from yuimaru.services.joining.queries import Stage


@require_http_methods(["GET", "POST"])
@frame.of_a_municipality
def opening(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What is missing, a preview of the pages for residents, and the button that lets them in."""
    owner = standing.organisation
    if request.method == "POST":
        try:
            publish(owner=owner, by=standing.actor, at=standing.at)
        except NotReady:
            pass  # the page says below what is missing
        else:
            return shell.see_other("desk:joining_opening")
    found = gaps.lines(owner, on=standing.on)
    return frame.page(
        request,
        standing,
        Stage.OPENING,
        "opening.html",
        needed=[line for line in found if line.is_needed],
        advised=[line for line in found if not line.is_needed],
    )
