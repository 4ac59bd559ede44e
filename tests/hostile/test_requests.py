"""Requests that are too large, or hold what no database gives back: refused before they cost anything."""

from __future__ import annotations

import resource
import socket
import threading
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.test import Client

from yuimaru.config.server.web import LARGEST_REQUEST, listen, server_for
from yuimaru.interfaces.look.receiving import LARGEST, Receiving

pytestmark = pytest.mark.django_db

BOUNDARY = "-----form"
KINDS = {"": "/m/990019/ask?q=", "path": "/m/990019/procedures/"}


def _form(name: bytes, value: bytes, *, head: bytes = b"") -> bytes:
    disposition = b'Content-Disposition: form-data; name="' + name + b'"' + head
    return (
        b"--"
        + BOUNDARY.encode()
        + b"\r\n"
        + disposition
        + b"\r\n\r\n"
        + value
        + b"\r\n--"
        + BOUNDARY.encode()
        + b"--\r\n"
    )


BROKEN = {
    "NUL": b"a\x00b",
    "surrogate": b"\xed\xa0\xbd",
    "cp932": "髙橋".encode("cp932"),
    "cut": b"\xe9\xab",
    "long": b"\xc0\x80",
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_text_is_a_400_wherever_it_stands(client: Client, what: str) -> None:
    sent = BROKEN[what]
    multipart = f"multipart/form-data; boundary={BOUNDARY}"
    urlencoded = "application/x-www-form-urlencoded"
    address = "/m/990027/apply/jidou-teate/1"
    head = b'; filename="' + sent + b'.png"\r\nContent-Type: image/png'
    answers = [
        client.get("/m/990019/ask?q=" + quote(sent)),
        client.get("/m/990019/procedures/" + quote(sent) + "/"),
        client.post(address, b"a=" + quote(sent).encode(), content_type=urlencoded),
        client.post(address, quote(sent).encode() + b"=a", content_type=urlencoded),
        client.post(address, b"a=" + sent, content_type=urlencoded),
        client.post(address, _form(b"a", sent), content_type=multipart),
        client.post(address, _form(sent, b"a"), content_type=multipart),
        client.post(address, _form(b"f", b"x", head=head), content_type=multipart),
    ]
    assert [answer.status_code for answer in answers] == [400] * len(answers)
    assert "読み取れません" in answers[0].content.decode()


def test_the_page_is_there_in_english(client: Client) -> None:
    assert "could not be read" in client.get("/m/990019/ask?lang=en&q=%00").content.decode()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A real server whose application must never be reached."""

    def unreachable(environ: object, start: object) -> list[bytes]:
        raise AssertionError("the application was asked")

    listening = listen(0)
    number: int = listening.getsockname()[1]
    server = server_for(unreachable, listening)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield number
    server.close()


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize("head", ["Content-Length: 300000000", "Transfer-Encoding: chunked"])
def test_300_megabytes_are_refused_in_words_and_never_held(port: int, head: str) -> None:
    before, piece, sent = _memory(), bytes(1_000_000), 0
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(f"POST /m/990019/apply/x/1 HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n".encode())
        answer = b""
        if "chunked" in head:
            while sent <= LARGEST_REQUEST:
                line.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
                sent += len(piece)
        while b"</html>" not in answer:
            got = line.recv(65_536)
            assert got, answer
            answer += got
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert "60MBを超える" in answer.decode()
    assert b"The file is too large" in answer
    assert _memory() - before < 30_000  # KiB


class Endless:
    """A form whose one file goes on and on, made while it is read."""

    def __init__(self, size: int) -> None:
        head = _form(b"f", b"", head=b'; filename="a.png"\r\nContent-Type: image/png')
        self._start, _, self._end = head.rpartition(b"\r\n--")
        self._left = size
        self.length = len(head) + size

    def read(self, size: int = -1) -> bytes:
        if self._start:
            start, self._start = self._start, b""
            return start
        if self._left:
            given = min(self._left, size if size > 0 else 65_536)
            self._left -= given
            return b"x" * given
        end, self._end = self._end, b""
        return b"\r\n--" + end if end else b""


def test_a_long_file_is_counted_but_only_its_beginning_kept() -> None:
    before = _memory()
    form = Endless(300_000_000)
    meta = {"CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}", "CONTENT_LENGTH": str(form.length)}
    _, files = Receiving().handle_raw_input(form, meta, form.length, BOUNDARY.encode())  # type: ignore[arg-type]
    held = files["f"]
    assert isinstance(held, UploadedFile)
    assert held.size == 300_000_000
    assert len(held.read()) == LARGEST + 1
    held.close()
    assert _memory() - before < 120_000  # KiB; the half that the test itself reads is in it
