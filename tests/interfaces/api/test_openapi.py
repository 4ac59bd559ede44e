"""The description of the API is part of the contract: a change of it is made on purpose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.test import Client

SNAPSHOT = Path(__file__).with_name("openapi.json")


def _described() -> dict[str, Any]:
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/json")
    described: dict[str, Any] = response.json()
    return described


def test_the_description_is_the_one_that_was_agreed() -> None:
    agreed = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert _described() == agreed, f"on purpose? Then write it to {SNAPSHOT.name}"


def test_it_is_openapi_3_1_and_every_reference_leads_somewhere() -> None:
    described = _described()
    assert described["openapi"].startswith("3.1")
    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert set(_references(described)) <= known
    assert {path.removeprefix("/api/v1/m/{code}/") for path in described["paths"]} == {
        "ask", "submissions", "procedures", "procedures/{kata}", "documents/{document_id}",
    }  # fmt: skip


def test_only_sending_needs_a_token_and_a_key() -> None:
    paths = _described()["paths"]
    sending = paths["/api/v1/m/{code}/submissions"]["post"]
    assert "security" not in paths["/api/v1/m/{code}/ask"]["post"]
    assert sending["security"] == [{"TokenBearer": []}]
    assert [each["name"] for each in sending["parameters"] if each["required"]] == ["code", "Idempotency-Key"]
    assert {"201", "400", "401", "404", "409", "413", "422"} <= sending["responses"].keys()


def test_no_page_of_documentation_is_served() -> None:
    for path in ("docs", "redoc", "swagger", ""):
        assert Client().get(f"/api/v1/{path}").status_code == 404


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [found for inner in node.values() for found in _references(inner)]
    return [found for inner in node for found in _references(inner)] if isinstance(node, list) else []
