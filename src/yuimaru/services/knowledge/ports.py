"""What the knowledge service asks of the world outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Failure = Literal["unreachable", "timeout", "refused", "limited", "broken", "too_large"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote, and the tokens that were counted for it."""

    text: str
    tokens_in: int
    tokens_out: int


class ModelFailed(Exception):
    """The model gave no reply that can be read; `kind` says why, for the ledger and the breaker."""

    def __init__(self, kind: Failure) -> None:
        super().__init__(kind)
        self.kind: Failure = kind


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked: an Azure OpenAI deployment, or any server that speaks OpenAI's interface."""

    kind: Literal["azure", "compatible"]
    url: str
    model: str  # the deployment's name on Azure
    api_version: str
    secret: str  # the key; empty for Entra ID and for servers that ask for none


class LanguageModel(Protocol):
    """Writes one reply to one conversation; no tools, no memory."""

    def complete(
        self,
        endpoint: Endpoint,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        *,
        within: float,
    ) -> Reply:
        """Give the reply, as JSON of a schema, within so many seconds.

        :raises ModelFailed: whatever went wrong, and never later than that.
        """
        ...
