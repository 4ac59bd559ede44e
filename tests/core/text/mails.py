"""Mails as programs in Japan write them, by the standard library and, where that is too correct, by hand."""

from __future__ import annotations

import base64
from email.message import EmailMessage

from tests.core.text import nasty

SUBJECT = "児童手当の現況届について"
BODY = "各課のご担当者様\n\n現況届の受付は、6月1日から6月30日までです。\n書類は郵送でも受け付けます。\n"


def with_attachments() -> bytes:
    """A mail in UTF-8 with a PDF, a note with a Japanese name, a picture in its body, and a mail within."""
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "元のメール", "somu@city.example.jp"
    inner.set_content("転送された本文です。\n")
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = (
        SUBJECT,
        "子育て支援課 <kosodate@city.example.jp>",
        "Mon, 1 Jun 2026 09:00:00 +0900",
    )
    mail.set_content(BODY)
    mail.add_alternative(f"<html><body><p>{BODY}</p><img src='cid:logo'></body></html>", subtype="html")
    mail.add_attachment(nasty.pdf(), maintype="application", subtype="pdf", filename="../要領.pdf")
    mail.add_attachment(
        "# 様式\n\n様式は1枚です。\n".encode(), maintype="text", subtype="markdown", filename="様式.md"
    )
    mail.add_attachment(
        "# 様式\n\n様式は2枚です。\n".encode(), maintype="text", subtype="markdown", filename="様式.md"
    )
    mail.add_attachment(nasty.png(), maintype="image", subtype="png", cid="<logo>")
    mail.add_attachment(inner)
    return mail.as_bytes()


def _encoded(words: bytes, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(words).decode()}?="


def old(charset: str = "iso-2022-jp", encoding: str = "7bit") -> bytes:
    """A mail as old programs write it: seven bits, with a vendor's letter (①) that the standard lacks."""
    codec = {"iso-2022-jp": "iso2022_jp", "shift_jis": "cp932"}[charset]
    body = BODY.encode(codec)
    if charset == "iso-2022-jp":
        body += b"\x1b$B-!\x1b(B\n"  # ①
    if encoding == "base64":
        body = base64.encodebytes(body)
    head = f"From: {_encoded('市民課'.encode(codec), charset)} <a@example.jp>\nSubject: {_encoded(SUBJECT.encode(codec), charset)}\n"
    head += f"MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.encode() + body


def page() -> bytes:
    """A mail whose only body is a page in quoted-printable."""
    mail = EmailMessage()
    mail["Subject"], mail["From"] = SUBJECT, "a@example.jp"
    words = f"<html><body><h2>受付</h2><p>{BODY}</p><p style='display:none'>隠れた行</p></body></html>"
    mail.set_content(words, subtype="html", cte="quoted-printable")
    return mail.as_bytes()
