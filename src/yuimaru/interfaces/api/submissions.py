"""`POST …/submissions`: an application that another system has gathered, received once however often it is sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.models import Organisation
from yuimaru.foundation.tenancy.queries import get_public_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.api.reading import language
from yuimaru.interfaces.api.replies import reply
from yuimaru.interfaces.api.shapes import Application, Errors, Received
from yuimaru.interfaces.api.tokens import TokenBearer
from yuimaru.services.cases.actions import Receipt, submit_answers

router = Router(tags=["submissions"])

KEY = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
CHECK = "Check-Number"

HEADERS: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": KEY,
            "required": True,
            "schema": {"type": "string", "pattern": "^[!-~]{8,255}$"},
            "description": "再送しても1件にする鍵。30日間有効 / makes repeats one submission, for 30 days",
        }
    ],
    "responses": {
        201: {
            "headers": {
                REPLAYED: {
                    "schema": {"type": "string", "const": "true"},
                    "description": "前と同じ送信のとき / only on a repeat",
                },
                CHECK: {
                    "schema": {"type": "string", "pattern": "^[0-9]{6}$"},
                    "description": "申請者に伝える確認番号 / for the applicant, to open the status with",
                },
            }
        }
    },
}


@router.post(
    "/m/{code}/submissions",
    url_name="submissions",
    operation_id="submit",
    summary="申請を送る / Send an application",
    auth=TokenBearer(),
    response={
        201: Received, 400: Errors, 401: Errors, 404: Errors, 409: Errors, 413: Errors, 422: Errors, 503: Errors,
    },
    openapi_extra=HEADERS,
)  # fmt: skip
def submit(request: HttpRequest, code: str, application: Application) -> HttpResponse:
    """Receives an application and opens its case; the same key with the same body gives the same answer again."""
    by: Actor = request.auth  # type: ignore[attr-defined]
    municipality, lang = get_public_municipality(code), language(request)
    with scope(by):
        receipt = submit_answers(
            owner=municipality,
            kata=application.kata,
            answers=application.answers,
            key=request.headers.get(KEY, ""),
            by=by,
            at=timezone.now(),
            language=lang,
        )
    return reply(
        _received(request, municipality, receipt),
        status=201,
        lang=lang,
        headers={CHECK: receipt.check} | ({REPLAYED: "true"} if receipt.replayed else {}),
    )


def _received(request: HttpRequest, municipality: Organisation, receipt: Receipt) -> dict[str, str]:
    status = f"{reverse('portal:status', args=[municipality.code])}?number={receipt.number}"
    return {"number": receipt.number, "status_url": request.build_absolute_uri(status)}
