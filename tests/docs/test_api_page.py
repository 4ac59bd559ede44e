"""The examples of the API page do what the page says."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import cast
from tests.services.cases import flow
from yuimaru.demo import tokens
from yuimaru.interfaces.api.errors import BY_STATUS
from yuimaru.interfaces.api.shapes import Answered, Errors, Procedure, Procedures, Received

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```sh\n(curl .*?)```", PAGE, re.DOTALL)
BASE = "http://127.0.0.1:8000"


@pytest.fixture
def files(db: None, var: Path) -> dict[str, bytes]:
    """The demo's tokens, and the file that the page names, with the answers of a resident."""
    tokens.give(at=flow.NOW)
    whole = {"kata": "jidou-teate", "answers": cast.answers(cast.RESIDENTS[0], sent_on=flow.TODAY)}
    return {"application.json": json.dumps(whole).encode()}


def curl(command: str, files: dict[str, bytes]) -> HttpResponse:
    """Carry out one curl command of the page, as curl would, on the application itself."""
    known = {"$BASE": BASE, "$TOKEN": tokens.secret_of(cast.OUMI)}
    for name, value in known.items():
        command = command.replace(name, value)
    parser = argparse.ArgumentParser()
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-X", dest="method", default="GET")
    parser.add_argument("-H", dest="headers", action="append", default=[])
    parser.add_argument("-d", dest="data", default="")
    parser.add_argument("address")
    asked = parser.parse_args(shlex.split(command.replace("\\\n", " "))[1:])
    headers = {name: value for name, _, value in (each.partition(": ") for each in asked.headers)}
    data = files[asked.data[1:]] if asked.data.startswith("@") else asked.data.encode()
    path = asked.address.removeprefix(BASE)
    with patch("django.utils.timezone.now", return_value=flow.NOW):
        response = Client().generic(
            asked.method, path, data, content_type=headers.pop("Content-Type", ""), headers=headers
        )
    assert isinstance(response, HttpResponse)
    return response


def test_the_questions_of_the_page_are_answered(files: dict[str, bytes]) -> None:
    for command in COMMANDS[:2]:
        response = curl(command, files)
        assert response.status_code == 200
        Answered.model_validate_json(response.content)


def test_what_is_published_is_read(files: dict[str, bytes]) -> None:
    every, one = (json.loads(curl(command, files).content) for command in COMMANDS[2:4])
    Procedures.model_validate(every)
    Procedure.model_validate(one)
    assert {key: one[key] for key in every["procedures"][0]} in every["procedures"]


def test_the_application_of_the_page_is_received_and_sent_again_it_is_the_same(
    files: dict[str, bytes],
) -> None:
    first, again = (curl(COMMANDS[4], files) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    Received.model_validate_json(first.content)
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"


def test_the_page_shows_five_commands_and_json_that_can_be_read() -> None:
    assert len(COMMANDS) == 5
    for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL):
        read: dict[str, Any] = json.loads(block)
        if "errors" in read:
            Errors.model_validate(read)
        else:
            assert set(read["answers"]) <= set(cast.answers(cast.RESIDENTS[0], sent_on=flow.TODAY))


def test_every_refusal_that_the_api_words_stands_on_the_page() -> None:
    listed = set(re.findall(r"^\| (\d{3}) \|", PAGE, re.MULTILINE))
    assert {str(status) for status in BY_STATUS if status < 500 and status != 403} == listed - {"422"}
