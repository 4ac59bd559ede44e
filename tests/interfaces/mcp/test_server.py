"""Other assistants are given what everybody is given, by the protocol itself."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import anyio
import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from mcp.client import Client
from mcp_types import CallToolResult, TextContent

from tests import cast
from tests.services.cases import flow
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.interfaces.mcp.api import Api, Refused
from yuimaru.interfaces.mcp.server import server
from yuimaru.services.knowledge.actions import Incoming, add_documents

TEXT = "# 児童手当\n\n児童手当は、偶数月の10日に振り込みます。\n"
INTERNAL = "# 児童手当の審査\n\n児童手当の審査は、係長が確かめます。\n"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_open() -> Iterator[None]:
    """A request's end closes connections, and with them the test's transaction; Django's test client stops that as well."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def document(var: Path) -> str:
    """The town publishes a document and keeps another for its staff; gives the id of the first."""
    town = get_municipality(cast.OUMI)
    by = Actor.system(town)
    with scope(by):
        items = [Incoming("a.md", TEXT.encode()), Incoming("b.md", INTERNAL.encode(), audience="staff")]
        return str(add_documents(owner=town, items=items, by=by, at=flow.NOW).added[0].id)


def talk(code: str, conversation: Callable[[Client], Awaitable[Any]]) -> Any:
    """Speak with a server of its own over the protocol, in memory.

    The event loop has a thread of its own; what the tools call runs in this one, which holds the test's transaction.
    """
    calls: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = SimpleQueue()

    async def handed_over(call: Callable[[], Any]) -> Any:
        done: Future[Any] = Future()
        calls.put((call, done))
        return await asyncio.wrap_future(done)

    async def speak() -> Any:
        async with Client(server(Api.here(code))) as assistant:
            return await conversation(assistant)

    with pytest.MonkeyPatch.context() as patched, ThreadPoolExecutor(1) as loop:
        patched.setattr("yuimaru.interfaces.mcp.server.anyio.to_thread.run_sync", handed_over)
        ended = loop.submit(anyio.run, speak)
        while not ended.done():
            with contextlib.suppress(Empty):
                call, done = calls.get(timeout=0.01)
                _answer(call, done)
    return ended.result()


def _answer(call: Callable[[], Any], done: Future[Any]) -> None:
    try:
        done.set_result(call())
    except Refused as refused:
        done.set_exception(refused)


def call(name: str, *, code: str = cast.OUMI, **given: Any) -> CallToolResult:
    return talk(code, lambda assistant: assistant.call_tool(name, given))  # type: ignore[no-any-return]


def said(result: CallToolResult) -> str:
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


def test_the_tools_only_read() -> None:
    told = talk(cast.OUMI, lambda assistant: assistant.list_tools()).tools
    assert {tool.name for tool in told} == {"ask", "procedures", "procedure", "document"}
    assert all(tool.annotations.read_only_hint for tool in told)


def test_an_answer_is_the_one_of_the_api() -> None:
    result = call("ask", question="児童手当は何日に振り込まれますか")
    body = result.structured_content
    assert body is not None
    assert body["outcome"] == "answer"
    (sentence,) = body["sentences"]
    assert sentence["text"] in TEXT
    assert sentence["citations"][0]["document"]["title"] == "児童手当"
    assert body == Api.here(cast.OUMI).ask("児童手当は何日に振り込まれますか", [])


def test_what_the_documents_do_not_say_is_not_said() -> None:
    body = call("ask", question="カレーの作り方").structured_content
    assert body is not None
    assert (body["outcome"], body["sentences"]) == ("none", [])


def test_a_question_goes_on() -> None:
    body = call("ask", question="振込日は？", before=["児童手当について教えて"]).structured_content
    assert body is not None
    assert "児童手当" in body["understood"]


def test_what_is_for_staff_stays_with_them() -> None:
    body = call("ask", question="児童手当の審査は誰が確かめますか").structured_content
    assert "係長" not in str(body)


def test_a_procedure_is_told_with_its_guidance() -> None:
    listed = call("procedures").structured_content
    assert listed is not None
    assert "jidou-teate" in [each["kata"] for each in listed["procedures"]]
    told = call("procedure", kata="jidou-teate").structured_content
    assert told is not None
    assert told["guidance"].startswith("#")
    assert told["facts"]["deadline"]


def test_a_document_is_read(document: str) -> None:
    told = call("document", id=document).structured_content
    assert told is not None
    assert ("偶数月の10日に振り込みます。" in told["text"], told["next_offset"]) == (True, None)


@pytest.mark.parametrize("name", ["../ask", "jidou-teate/../..", "", "none-of-these"])
def test_no_name_leads_elsewhere(name: str) -> None:
    result = call("procedure", kata=name)
    assert result.is_error


@pytest.mark.parametrize("code", [cast.CENTRE, "990500"])
def test_what_has_no_pages_has_no_tools_that_answer(code: str) -> None:
    result = call("ask", code=code, question="児童手当")
    assert result.is_error
    assert "団体コード" in said(result)


def test_who_cannot_be_reached_is_told_in_words() -> None:
    with pytest.raises(Refused, match="接続できません"):
        Api.at("http://127.0.0.1:9/", cast.OUMI).ask("児童手当", [])


def test_another_site_is_no_yuimaru() -> None:
    elsewhere = httpx.MockTransport(lambda request: httpx.Response(200, text="<html>"))
    with pytest.raises(Refused, match="APIではない返事"):
        Api(cast.OUMI, httpx.Client(base_url="http://a.example", transport=elsewhere)).ask("児童手当", [])
