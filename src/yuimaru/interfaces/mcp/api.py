"""The API of an installation as the tools call it: here in this process, or elsewhere over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import httpx

_PATIENCE = 30.0  # seconds; the first question of a process opens the index
_HERE = "http://127.0.0.1"


class Refused(Exception):
    """The API refused, with a sentence for people."""


class Api:
    """What one municipality answers through its API; closes with the process."""

    def __init__(self, code: str, client: httpx.Client) -> None:
        self.code = code
        self._client = client

    @classmethod
    def at(cls, address: str, code: str) -> Api:
        """The API of an installation at an address such as https://town.example/."""
        return cls(code, httpx.Client(base_url=address, timeout=_PATIENCE))

    @classmethod
    def here(cls, code: str) -> Api:
        """The API of this installation, without a server; Django must be ready."""
        from django.core.wsgi import get_wsgi_application

        transport = httpx.WSGITransport(app=get_wsgi_application())
        return cls(code, httpx.Client(base_url=_HERE, transport=transport, timeout=_PATIENCE))

    def ask(self, question: str, before: Sequence[str]) -> dict[str, Any]:
        """Ask the municipality's documents."""
        return self._told("POST", "ask", json={"question": question, "before": list(before)})

    def get(self, path: str, **given: int) -> dict[str, Any]:
        """Read what is published under a path."""
        return self._told("GET", path, params=given)

    def _told(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        try:
            response = self._client.request(method, f"/api/v1/m/{self.code}/{path}", **given)
        except httpx.HTTPError as error:
            raise Refused(
                f"ゆいまーるに接続できません。あとでもう一度お試しください。 / Yuimaru cannot be reached ({type(error).__name__})."
            ) from None
        try:
            body = response.json()
        except ValueError:
            raise Refused(
                f"ゆいまーるのAPIではない返事でした（{response.status_code}）。アドレスを確かめてください。"
                f" / What answers there is no Yuimaru (status {response.status_code}). Check the address."
            ) from None
        if response.status_code != httpx.codes.OK:
            raise Refused(" ".join(error["message"] for error in body["errors"]))
        found: dict[str, Any] = body
        return found
