"""The web process: waitress on loopback."""

from __future__ import annotations

import ctypes
import gc
import logging
import signal
import socket
import sys
from contextlib import suppress
from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge

from yuimaru.config.server.lifeline import end_with_supervisor

THREADS = 8
BACKLOG = 1024
SWITCH = 0.0005  # seconds
LARGE = 2**18  # bytes
LARGEST_REQUEST = 60 * 2**20  # bytes: the largest file that a form takes, and what is written beside it

_MMAP_THRESHOLD = -3  # mallopt(3)

_TOO_LARGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><title>ファイルが大きすぎます</title>
<h1>ファイルが大きすぎます</h1><p>送られたものは60MBを超えるため、受け取りませんでした。前の画面に戻り、小さいファイルを選んでください。</p>
<div lang="en"><h1>The file is too large</h1><p>What was sent is over 60 MB and was not taken. Go back and choose a
smaller file.</p></div></html>
"""


class TooLargeInWords(ErrorTask):  # type: ignore[misc]
    """Answers 413, which comes before any page of ours can, in the words of a page."""

    def execute(self) -> None:
        if not isinstance(self.request.error, RequestEntityTooLarge):
            super().execute()
            return
        body = _TOO_LARGE.encode()
        self.status = "413 Content Too Large"
        self.response_headers.append(("Content-Type", "text/html; charset=utf-8"))
        self.response_headers.append(("Content-Security-Policy", "default-src 'none'"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):  # type: ignore[misc]
    error_task_class = TooLargeInWords


def give_memory_back() -> None:
    """Return large texts and sums to the system once they are done with; glibc would keep 200 MB of them."""
    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, LARGE)


def listen(port: int) -> socket.socket:
    """A socket on loopback that web processes answer together: whoever is free takes the next connection."""
    listening = socket.create_server(("127.0.0.1", port), backlog=BACKLOG)
    listening.setblocking(False)
    return listening


def server_for(application: Any, listening: socket.socket) -> BaseWSGIServer:
    """The server on loopback; a request that says it is too long is refused before it is read."""
    server = waitress.create_server(
        application,
        sockets=[listening],
        threads=THREADS,
        ident=None,
        max_request_body_size=LARGEST_REQUEST,
    )
    server.channel_class = Channel
    return server


def main(lifeline: int, listening: socket.socket) -> None:
    """Serve until SIGTERM."""
    end_with_supervisor(lifeline)
    from yuimaru.config.wsgi import application

    # A thread hands the interpreter over with every statement. With the usual 5 ms it would wait for it as long each
    # time, holding up all who want to write after it.
    sys.setswitchinterval(SWITCH)
    give_memory_back()
    # What is loaded now stays: the collector need not look through it again for every few pages.
    gc.collect()
    gc.freeze()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = server_for(application, listening)

    def stop(*_: object) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    server.run()


if __name__ == "__main__":
    main(int(sys.argv[1]), listen(int(sys.argv[2])))
