"""Mails (RFC 5322, MIME): subject, sender, day and body as a document; attachments are documents of their own."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email import policy
from email.header import decode_header
from email.message import EmailMessage, MIMEPart
from pathlib import PurePosixPath

from yuimaru.core.japan.eras import format_date
from yuimaru.core.text.extract import html, jis, plain
from yuimaru.core.text.extract.archive import Budget, Member
from yuimaru.core.text.extract.result import Extracted, Refusal
from yuimaru.core.text.extract.writing import Writing

MEDIA_TYPE = "message/rfc822"
_LOCKED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_ENDINGS = {
    "application/pdf": ".pdf", "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv",
    "message/rfc822": ".eml", "application/zip": ".zip",
}  # fmt: skip
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_NAME_LIMIT = 120  # characters


def read(content: bytes, name: str) -> Extracted:
    """Read a mail's own words; its title is its subject. Raises Refusal, for an encrypted one too."""
    message = _parsed(content)
    if message.get_content_type() in _LOCKED and message.get_param("smime-type") != "signed-data":
        raise Refusal("encrypted")
    if message.get_content_type() == "multipart/encrypted":
        raise Refusal("encrypted")
    written = Writing()
    subject = _header(message, "subject")
    written.heading(1, subject)
    written.pair("差出人", _header(message, "from"))
    written.pair("日付", _day(message))
    body = message.get_body(("plain", "html"))
    if body is not None:
        _body(written, body)
    return written.finish(subject or name, MEDIA_TYPE)


def attachments(content: bytes, budget: Budget) -> Iterator[Member]:
    """Give what is attached to a mail, each under a name of its own; pictures inside the body are part of it."""
    message = _parsed(content)
    taken: set[str] = set()
    body = message.get_body(("plain", "html"))
    for number, part in enumerate(_leaves(message), start=1):
        if part is body or not _is_attached(part):
            continue
        if budget.members <= 0:
            yield Member(_free(_file_name(part, number), taken), refused="too_many")
            return
        budget.members -= 1
        held = _content(part)
        budget.size -= len(held)
        name = _free(_file_name(part, number), taken)
        yield Member(name, held) if budget.size >= 0 else Member(name, refused="too_much")


def _parsed(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=policy.default)


def _leaves(part: MIMEPart) -> Iterator[MIMEPart]:
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    for inner in part.iter_parts():
        yield from _leaves(inner)


def _is_attached(part: MIMEPart) -> bool:
    kind = part.get_content_type()
    if kind in _SIGNATURES or (part["content-id"] and part.get_content_maintype() == "image"):
        return False
    return (
        kind == "message/rfc822"
        or part.get_content_disposition() == "attachment"
        or bool(part.get_filename())
    )


def _content(part: MIMEPart) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        held = inner[0] if isinstance(inner, list) and inner else None
        return held.as_bytes(policy=policy.compat32) if isinstance(held, MIMEPart) else b""
    held_bytes = part.get_payload(decode=True)
    return held_bytes if isinstance(held_bytes, bytes) else b""


def _body(written: Writing, part: MIMEPart) -> None:
    held, charset = _content(part), part.get_content_charset()
    try:
        text = jis.decode(held, charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = plain.decode(held)
    if part.get_content_subtype() == "html":
        html.write(written, text)
    else:
        plain.write(written, text)


def _header(message: MIMEPart, name: str) -> str:
    """A header's words; they are often encoded in ways that no standard knows."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return _decoded(str(raw))


def _decoded(raw: str) -> str:
    parts = []
    for held, charset in decode_header(raw.replace("\r", "").replace("\n", "")):
        content = held.encode("ascii", "surrogateescape") if isinstance(held, str) else held
        try:
            parts.append(jis.decode(content, charset) if charset else plain.decode(content))
        except (UnicodeError, LookupError):
            parts.append(plain.decode(content))
    return "".join(parts).strip()


def _day(message: EmailMessage) -> str:
    header = message["date"]
    sent = getattr(header, "datetime", None)
    return format_date(sent.date()) if sent is not None else ""


def _file_name(part: MIMEPart, number: int) -> str:
    """The name an attachment was sent under, as one component of a path, with an ending that says what it is."""
    named = part.get_filename() or ""
    if "=?" in named:
        named = _decoded(named)
    elif not named.isprintable():  # bytes that no header may hold, written all the same
        named = _guessed(named)
    ending = _ENDINGS.get(part.get_content_type(), "")
    if not named and part.get_content_type() == "message/rfc822":
        held = part.get_payload()
        inner = held[0] if isinstance(held, list) and held else None
        named = _header(inner, "subject") if isinstance(inner, MIMEPart) else ""
    plainly = _FORBIDDEN.sub("_", named).strip(". ")[-_NAME_LIMIT:] or f"添付{number}"
    return plainly if PurePosixPath(plainly).suffix or not ending else plainly + ending


def _guessed(named: str) -> str:
    held = named.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "cp932"):
        try:
            return held.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _free(name: str, taken: set[str]) -> str:
    """The name, or with a number behind it when another attachment has it already."""
    path = PurePosixPath(name)
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{path.stem} ({number}){path.suffix}"
    taken.add(free)
    return free
