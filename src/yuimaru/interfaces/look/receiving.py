"""Forms with files as they come in: names byte for byte, files streamed and cut at a limit, broken text refused."""

from __future__ import annotations

import codecs
import re
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.datastructures import MultiValueDict

LARGEST = 50 * 1_048_576  # bytes: the most that an item of a kata may take
IN_MEMORY = 1_000_000  # bytes; what is longer goes to a file that has no name

# Django decodes fields with errors="replace", which loses what was sent. This codec knows no replacement.
_EXACT = "utf-8-exact"


def _exact(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != _EXACT:
        return None
    utf8 = codecs.lookup("utf-8")
    return codecs.CodecInfo(utf8.encode, lambda text, errors="strict": utf8.decode(text), name=_EXACT)


codecs.register(_exact)


if TYPE_CHECKING:
    _Uploaded = UploadedFile[Any]
else:
    _Uploaded = UploadedFile


class Received(_Uploaded):
    """A file as it was handed in.

    `called` is its name as the browser sent it: for showing, never a path. `size` is what was sent; of more than
    LARGEST bytes only the first are kept.
    """

    def __init__(self, called: str, content_type: str) -> None:
        kept = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - Django closes it with the request
        super().__init__(kept, "upload", content_type, 0)
        self.called = called


class Receiving(FileUploadHandler):
    """Takes the whole form over from Django: see `FILE_UPLOAD_HANDLERS`."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - so named by Django
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[Any, MultiValueDict[str, UploadedFile[Any]]]:
        """Read the form; raises MultiPartParserError, which is a 400, for names or fields that are not UTF-8."""
        watched = _Watched(input_data, cast(bytes, boundary))  # the stubs are wrong
        try:
            return _Parser(META, watched, [_Keeping(self.request)], _EXACT).parse()  # type: ignore[arg-type]
        except UnicodeDecodeError as error:
            raise MultiPartParserError("text that is not UTF-8") from error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        return None


class _Parser(MultiPartParser):
    def sanitize_file_name(self, file_name: str) -> str:
        """Leave the name as it is: it is no path here, and 「通帳　写し.pdf」 keeps its space."""
        return file_name


class _Keeping(FileUploadHandler):
    """Keeps each file up to the limit and counts the rest."""

    file: Received

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = Received(self.file_name or "", self.content_type or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start <= LARGEST:
            self.file.write(raw_data[: LARGEST + 1 - start])
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        self.file.seek(0)
        self.file.size = file_size
        return self.file


class _Watched:
    """The bytes of a form, read on while the head of every part is checked: Django passes over broken ones."""

    def __init__(self, source: IO[bytes], boundary: bytes) -> None:
        self._source = source
        self._head = re.compile(rb"--" + re.escape(boundary) + rb"\r\n(.{0,4096}?)\r\n\r\n", re.DOTALL)
        self._tail = b""

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        seen = self._tail + piece
        done = 0
        for found in self._head.finditer(seen):
            done = found.end()
            if "\x00" in found[1].decode("utf-8"):
                raise MultiPartParserError("a name with NUL")
        self._tail = seen[max(done, len(seen) - 5000) :]
        return piece
