"""Addresses of the API, and its description at `openapi.json`; no page of documentation, which would load scripts."""

from django.urls import path
from ninja import NinjaAPI

from yuimaru.interfaces.api import ask, errors, published, submissions
from yuimaru.interfaces.api.reading import StrictParser

api = NinjaAPI(
    title="ゆいまーる API",
    version="1",
    description=(
        "団体の文書に尋ね、公開しているものを読み、申請を送るためのAPIです。エラーの文は Accept-Language（ja, en）に従います。 / "
        "Ask a municipality's documents, read what it publishes, and send applications. Errors are worded by Accept-Language (ja, en)."
    ),
    docs_url=None,
    urls_namespace="api",
    parser=StrictParser(),
)
api.add_router("", ask.router)
api.add_router("", published.router)
api.add_router("", submissions.router)
errors.teach(api)

urlpatterns = [path("api/v1/", api.urls)]
