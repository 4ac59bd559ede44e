"""A model server: it speaks OpenAI's interface, and fails or lies as it is told."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]


def says(text: str) -> Behaviour:
    """A model that writes this."""
    return lambda handler: handler.give(200, completion(text))


def completion(text: str) -> bytes:
    """The body of a reply."""
    told = {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "small",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 120, "completion_tokens": 40, "total_tokens": 160},
    }
    return json.dumps(told, ensure_ascii=False).encode()


class Handler(BaseHTTPRequestHandler):
    """Keeps what was asked and behaves as the server was told."""

    server: Model
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        asked = json.loads(self.rfile.read(length))
        self.server.asked.append(
            {
                "path": self.path,
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "body": asked,
            }
        )
        self.server.behaviour(self)

    def do_GET(self) -> None:
        self.server.asked.append(
            {
                "path": self.path,
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "body": None,
            }
        )
        self.give(200, b"{}")

    def give(self, status: int, body: bytes, **headers: str) -> None:
        """One whole response."""
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Model(ThreadingHTTPServer):
    """The server, and what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.behaviour: Behaviour = says("{}")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: Any) -> None:
        """A caller that hangs up is what many of the tests want."""


@contextmanager
def model() -> Iterator[Model]:
    """A running server."""
    server = Model()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _silent(handler: Handler) -> None:
    time.sleep(6)


def _dripping(handler: Handler) -> None:
    """A byte now and then: no pause between two is long, the whole never ends."""
    handler.send_response(200)
    handler.send_header("content-length", "100000")
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.2)


def _endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("transfer-encoding", "chunked")
    handler.end_headers()
    chunk = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    for _ in range(2_000):
        handler.wfile.write(chunk)


_PACKED = gzip.compress(b" " * 20_000_000)


def _bomb(handler: Handler) -> None:
    handler.give(200, _PACKED, content_encoding="gzip")


def _hung_up(handler: Handler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def _cut_short(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("content-length", "5000")
    handler.end_headers()
    handler.wfile.write(completion("{}")[:50])
    handler.connection.shutdown(socket.SHUT_RDWR)


# What may be wrong with a server, and what the ledger calls it.
OUTAGES: dict[str, tuple[Behaviour, str]] = {
    "silent": (_silent, "timeout"),
    "dripping": (_dripping, "timeout"),
    "endless": (_endless, "too_large"),
    "packed": (_bomb, "too_large"),
    "hung up": (_hung_up, "unreachable"),
    "cut short": (_cut_short, "unreachable"),
    "server error": (lambda handler: handler.give(500, b"{}"), "broken"),
    "unavailable": (lambda handler: handler.give(503, b"{}", retry_after="3600"), "broken"),
    "too many": (lambda handler: handler.give(429, b"{}", retry_after="60"), "limited"),
    "wrong key": (lambda handler: handler.give(401, b'{"error":{"message":"no"}}'), "refused"),
    "filtered": (lambda handler: handler.give(400, b'{"error":{"code":"content_filter"}}'), "refused"),
    "redirect": (lambda handler: handler.give(307, b"", location="/elsewhere"), "refused"),
    "not json": (lambda handler: handler.give(200, b"<html>proxy</html>"), "broken"),
    "no choices": (lambda handler: handler.give(200, b'{"choices":[]}'), "broken"),
}
