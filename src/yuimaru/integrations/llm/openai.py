"""Models behind OpenAI's interface: Azure OpenAI by key or Entra ID, Ollama, vLLM, llama.cpp and the like by address.

The other side is not trusted: it gets one short time for everything, no second try, no redirect, no proxy of the
environment, and may send so much and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from yuimaru.services.knowledge.ports import Endpoint, ModelFailed, Reply

if TYPE_CHECKING:
    import httpx2
    from openai import AzureOpenAI, OpenAI

LARGEST = 256 * 1024  # bytes of a reply, headers not counted
_ASKING_AT_ONCE = 8
_ENTRA_SCOPE = "https://cognitiveservices.azure.com/.default"


class OpenAIModel:
    """A model that is asked through the openai package."""

    def complete(
        self,
        endpoint: Endpoint,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        *,
        within: float,
    ) -> Reply:
        """Give the reply; see `LanguageModel.complete`.

        A server that sends a byte now and then never runs into a time-out between bytes, so the whole is timed:
        after that the connection is closed under it.
        """
        asking = _Asking(endpoint, within)
        waiting = _pool().submit(asking.complete, messages, schema)
        try:
            return waiting.result(timeout=within)
        except TookTooLong:
            raise ModelFailed("timeout") from None
        finally:
            waiting.cancel()
            asking.close()


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_ASKING_AT_ONCE, thread_name_prefix="model")


class _Asking:
    """One question under way in a thread of its own, with the connection that the asker may close under it."""

    def __init__(self, endpoint: Endpoint, within: float) -> None:
        self._endpoint, self._within = endpoint, within
        self._client: OpenAI | AzureOpenAI | None = None

    def complete(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Reply:
        """Ask and wait; whatever goes wrong is a ModelFailed."""
        import openai

        try:
            self._client = _client(self._endpoint, self._within)
            return _reply(self._client, self._endpoint.model, messages, schema)
        except ModelFailed:
            raise
        except openai.RateLimitError:
            raise ModelFailed("limited") from None
        except openai.APITimeoutError:
            raise ModelFailed("timeout") from None
        except openai.APIStatusError as error:
            raise ModelFailed("broken" if error.status_code >= 500 else "refused") from None
        except _TooLarge:
            raise ModelFailed("too_large") from None
        except openai.APIConnectionError:
            raise ModelFailed("unreachable") from None
        except Exception:  # whatever a stranger's bytes do to the parser is no failure of ours
            raise ModelFailed("broken") from None
        finally:
            self.close()

    def close(self) -> None:
        """Hang up."""
        if self._client is not None:
            self._client.close()


def _reply(
    client: OpenAI | AzureOpenAI,
    model: str,
    messages: Sequence[Mapping[str, str]],
    schema: Mapping[str, Any],
) -> Reply:
    answer = client.chat.completions.create(
        model=model,
        messages=cast("Any", list(messages)),
        temperature=0,
        response_format=cast(
            "Any",
            {"type": "json_schema", "json_schema": {"name": "wording", "strict": True, "schema": schema}},
        ),
    )
    text = answer.choices[0].message.content
    usage = answer.usage
    if not isinstance(text, str):
        raise ModelFailed("broken")
    return Reply(text, usage.prompt_tokens if usage else 0, usage.completion_tokens if usage else 0)


def _client(endpoint: Endpoint, within: float) -> OpenAI | AzureOpenAI:
    # Loaded with the first question that a model words: most installations have none.
    import httpx2
    from openai import AzureOpenAI, OpenAI

    http = httpx2.Client(
        transport=_limited(httpx2.HTTPTransport(retries=0)),
        follow_redirects=False,
        trust_env=False,
        timeout=within,
    )
    if endpoint.kind == "azure":
        return AzureOpenAI(
            azure_endpoint=endpoint.url,
            api_version=endpoint.api_version,
            api_key=endpoint.secret or None,
            azure_ad_token_provider=None if endpoint.secret else _entra_token(),
            max_retries=0,
            timeout=within,
            http_client=http,
        )
    return OpenAI(
        base_url=endpoint.url,
        api_key=endpoint.secret or "none",
        max_retries=0,
        timeout=within,
        http_client=http,
    )


def _entra_token() -> Callable[[], str]:
    """Gives tokens of Entra ID with what the machine is signed in as.

    :raises ModelFailed: the package azure-identity, which only this way needs, is not installed.
    """
    try:
        identity = import_module("azure.identity")
    except ImportError:
        raise ModelFailed("refused") from None
    credential = identity.DefaultAzureCredential()
    return cast("Callable[[], str]", identity.get_bearer_token_provider(credential, _ENTRA_SCOPE))


class _TooLarge(Exception):
    """The reply is longer than anything that could be shown."""


def _limited(inner: httpx2.BaseTransport) -> httpx2.BaseTransport:
    """A transport whose replies end with an error after `LARGEST` bytes as they are read, unpacked or not."""
    import httpx2

    class Stream(httpx2.SyncByteStream):
        def __init__(self, stream: httpx2.SyncByteStream) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            left = LARGEST
            for chunk in self._stream:
                left -= len(chunk)
                if left < 0:
                    raise _TooLarge
                yield chunk

        def close(self) -> None:
            self._stream.close()

    class Transport(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            request.headers["accept-encoding"] = "identity"  # so that a small reply is not a large one packed
            response = inner.handle_request(request)
            if response.headers.get("content-encoding", "identity") != "identity":
                response.close()
                raise _TooLarge
            return httpx2.Response(
                response.status_code,
                headers=response.headers,
                stream=Stream(cast("httpx2.SyncByteStream", response.stream)),
                extensions=response.extensions,
            )

        def close(self) -> None:
            inner.close()

    return Transport()
