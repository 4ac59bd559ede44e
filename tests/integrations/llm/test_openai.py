"""Models behind OpenAI's interface: asked as they expect it, and whatever they do, the caller gets on in time."""

from __future__ import annotations

import time

import pytest

from tests.integrations.llm.server import OUTAGES, model, says
from yuimaru.integrations.llm.openai import OpenAIModel
from yuimaru.services.knowledge.ports import Endpoint, ModelFailed

MESSAGES = [{"role": "user", "content": "転入届はいつまでですか"}]
SCHEMA = {"type": "object"}


def test_a_compatible_server_is_asked_with_key_model_and_schema() -> None:
    with model() as server:
        server.behaviour = says("はい")
        reply = OpenAIModel().complete(
            Endpoint("compatible", server.url, "small", "", "secret-key"), MESSAGES, SCHEMA, within=5
        )
    assert (reply.text, reply.tokens_in, reply.tokens_out) == ("はい", 120, 40)
    (asked,) = server.asked
    assert asked["path"] == "/v1/chat/completions"
    assert asked["headers"]["authorization"] == "Bearer secret-key"
    assert asked["body"]["model"] == "small"
    assert asked["body"]["messages"] == MESSAGES
    assert asked["body"]["response_format"]["json_schema"]["schema"] == SCHEMA
    assert "tools" not in asked["body"]


def test_azure_is_asked_by_deployment_version_and_key() -> None:
    with model() as server:
        server.behaviour = says("はい")
        endpoint = Endpoint("azure", server.url.removesuffix("/v1"), "town-small", "2024-10-21", "azure-key")
        assert OpenAIModel().complete(endpoint, MESSAGES, SCHEMA, within=5).text == "はい"
    (asked,) = server.asked
    assert asked["path"] == "/openai/deployments/town-small/chat/completions?api-version=2024-10-21"
    assert asked["headers"]["api-key"] == "azure-key"


@pytest.mark.parametrize("outage", OUTAGES)
def test_every_outage_is_named_and_over_in_time(outage: str) -> None:
    behaviour, named = OUTAGES[outage]
    with model() as server:
        server.behaviour = behaviour
        began = time.monotonic()
        with pytest.raises(ModelFailed) as failed:
            OpenAIModel().complete(
                Endpoint("compatible", server.url, "small", "", ""), MESSAGES, SCHEMA, within=2.0
            )
        assert time.monotonic() - began < 3
        assert failed.value.kind == named
        assert len(server.asked) == 1  # no second try, no redirect followed


def test_nobody_listening_is_unreachable() -> None:
    with model() as server:
        url = server.url
    with pytest.raises(ModelFailed) as failed:
        OpenAIModel().complete(Endpoint("compatible", url, "small", "", ""), MESSAGES, SCHEMA, within=1.0)
    assert failed.value.kind == "unreachable"
