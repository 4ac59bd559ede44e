"""Telling what a file is: its content decides, and its name must agree."""

import re
from pathlib import PurePath

from yuimaru.core.files import names
from yuimaru.core.files.dangers import is_suspicious
from yuimaru.core.text.extract import package
from yuimaru.core.text.extract.result import Refusal, Source

LARGEST_FILE = 20_000_000  # bytes
LARGEST_CONTAINER = 100_000_000  # bytes
ARCHIVE, MAIL = ".zip", ".eml"
_EXTENSIONS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pptx": "pptx",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".csv": "faq",
    MAIL: "mail",
}
_TEXTS = ("markdown", "plain", "faq")
_OUTLOOK = ".msg"
_MAIL_HEADER = re.compile(rb"(?im)^(?:from|to|date|subject|received|message-id|mime-version|return-path):")
_PACKAGES = ("docx", "xlsx", "pptx")
_WITH_MACROS = frozenset({".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".potm", ".ppsm", ".ppam"})
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# Nothing is given back once it has matched, so that many comments cannot be cut in 2^n ways.
_PAGE_START = re.compile(rb"(?is)\s*+(?>(?><!--.*?-->|<\?xml[^>]*>)\s*+)*+<(?:!doctype\s+html|html)\b")
_ANY_TAG = re.compile(rb"<[a-z][a-z0-9]*[\s>/]", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # ESC stays: ISO-2022-JP shifts with it


def reader_for(source: Source) -> str:
    """Name the reader for a file; raises Refusal when name and content do not agree or it cannot be read."""
    content = source.content
    named = _named(source.name)
    if len(content) > (LARGEST_CONTAINER if named == "mail" else LARGEST_FILE):
        raise Refusal("too_large")
    if not content.strip():
        raise Refusal("empty")
    if is_suspicious(content):
        raise Refusal("suspicious")
    found = _kind(content)
    if found == "encrypted" and named in _PACKAGES:
        raise Refusal("encrypted")
    if found in ("unknown", "damaged_zip") and named in ("pdf", *_PACKAGES):
        raise Refusal("broken")
    if named == "mail" and _is_mail(content, found):
        return named
    if found == "text" and (named in _TEXTS or (named == "html" and _ANY_TAG.search(content))):
        return named
    if found != named:
        raise Refusal("mislabelled")
    return named


def largest(name: str) -> int:
    """How many bytes a file of this name may have."""
    return LARGEST_CONTAINER if is_container(name) else LARGEST_FILE


def is_container(name: str) -> bool:
    """Whether a file of this name may hold others."""
    return PurePath(name).suffix.lower() in (ARCHIVE, MAIL)


def container_for(source: Source) -> str:
    """Tell an archive from a mail; raises Refusal for what is neither."""
    suffix, content = PurePath(source.name).suffix.lower(), source.content
    if names.is_odd(source.name):
        raise Refusal("bad_name")
    if len(content) > LARGEST_CONTAINER:
        raise Refusal("too_large")
    if not content.strip():
        raise Refusal("empty")
    if is_suspicious(content):
        raise Refusal("suspicious")
    found = _kind(content)
    if suffix == ARCHIVE and found == "damaged_zip":
        raise Refusal("broken")
    if not (found == "package" if suffix == ARCHIVE else _is_mail(content, found)):
        raise Refusal("mislabelled")
    return suffix


def _is_mail(content: bytes, found: str) -> bool:
    return found in ("text", "unknown") and len(_MAIL_HEADER.findall(content[:16_384])) > 1


def _named(name: str) -> str:
    """The reader that a file's name asks for; raises Refusal for a name that leads out of its folder or lies."""
    path = PurePath(name)
    if names.is_odd(name) or path.is_absolute() or ".." in path.parts:
        raise Refusal("bad_name")
    suffix = path.suffix.lower()
    if suffix == _OUTLOOK:
        raise Refusal("outlook")
    if suffix in _WITH_MACROS:
        raise Refusal("macro")
    if suffix not in _EXTENSIONS:
        raise Refusal("unsupported")
    return _EXTENSIONS[suffix]


def _kind(content: bytes) -> str:
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return package.kind_of(content)
    if content.startswith(_OLE):
        return "encrypted" if _ENCRYPTED_STREAM in content else "old_office"
    if content.startswith(_PICTURES):
        return "picture"
    if content.startswith(_UTF16_MARKS):
        return "text"
    sample = content[:65536]
    if b"\x00" in sample or len(_CONTROL.findall(sample)) * 50 > len(sample):
        return "unknown"
    return "html" if _PAGE_START.match(content) else "text"
