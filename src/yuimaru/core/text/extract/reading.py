"""Reading one file in this process: only for the limited process, whose memory and time are bounded."""

import importlib
from collections.abc import Callable
from pathlib import PurePath

from yuimaru.core.text.extract.archive import Member
from yuimaru.core.text.extract.containers import contents
from yuimaru.core.text.extract.media import reader_for
from yuimaru.core.text.extract.result import Extracted, Refusal, Refused, Source


def read(source: Source) -> tuple[Extracted | Refused, str]:
    """Read a file or refuse it, never raise; beside it stands the cause of an unexpected failure, else ""."""
    return _tried(source, lambda: reader_for(source))


def recognised(source: Source) -> tuple[Extracted | Refused, str]:
    """Read a scanned PDF as pictures or refuse it, as `read` does."""
    return _tried(source, lambda: "recognition")


def _tried(source: Source, reader_of: Callable[[], str]) -> tuple[Extracted | Refused, str]:
    try:
        # Parsers are heavy to load and most batches need one or two of them.
        reader = importlib.import_module(f"{__package__}.{reader_of()}")
        extracted: Extracted = reader.read(source.content, PurePath(source.name).stem)
    except Refusal as refusal:
        return refusal.refused, ""
    except (MemoryError, RecursionError) as error:
        return Refused.because("too_complex"), type(error).__name__
    except Exception as error:  # a parser may fail in any way on a stranger's file
        return Refused.because("broken"), f"{type(error).__name__}: {error}"
    return extracted, ""


def opened(source: Source) -> list[Member]:
    """Open an archive or a mail, or refuse it as a whole under the empty path; never raise."""
    try:
        return contents(source)
    except (MemoryError, RecursionError):
        return [Member("", refused="too_complex")]
    except Exception:  # as above
        return [Member("", refused="broken")]
