"""What residents add to a form: told by its bytes, refused in words, kept under the name it came with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, encode_multipart

from tests.core.text import nasty
from tests.hostile import others
from tests.interfaces.portal import filling
from tests.interfaces.portal.filling import APPLY, SCREENS, TOWN
from tests.services.cases import flow
from yuimaru.core.files import names, uploads
from yuimaru.core.files.dangers import EICAR
from yuimaru.foundation.files.models import StoredFile
from yuimaru.foundation.tenancy.actors import Actor
from yuimaru.foundation.tenancy.queries import get_municipality
from yuimaru.foundation.tenancy.scope import scope
from yuimaru.services.procedures.models import Draft

ALL = frozenset({"application/pdf", "image/jpeg", "image/png"})
MOST = 10 * 1_048_576

NASTY: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("scanner test", "a.pdf", lambda: nasty.pdf() + EICAR + b"%%EOF", "suspicious"),
    ("scanner test as a picture", "a.png", lambda: nasty.png() + EICAR, "suspicious"),
    ("PDF and ZIP", "a.pdf", lambda: nasty.pdf() + others.archive(), "suspicious"),
    ("picture and ZIP", "a.png", lambda: nasty.png() + others.archive(), "suspicious"),
    ("photo and ZIP", "a.jpg", lambda: nasty.jpeg() + others.archive(), "suspicious"),
    ("page and PDF", "a.pdf", lambda: b"<html>" + nasty.pdf(), "suspicious"),
    ("page named .pdf", "a.pdf", lambda: others.PAGE, "type"),
    ("drawing named .png", "a.png", others.svg, "type"),
    ("drawing", "a.svg", others.svg, "type"),
    ("program named .jpg", "a.jpg", lambda: others.EXE, "type"),
    ("moving picture", "a.gif", lambda: b"GIF89a" + bytes(90), "type"),
    ("Word", "a.docx", nasty.docx, "type"),
    ("picture named .html", "a.html", nasty.png, "type"),
    ("PDF named .exe", "a.exe", nasty.pdf, "type"),
    ("nothing", "a.pdf", lambda: b" ", "type"),
    ("50,000 × 50,000 PNG", "a.png", lambda: nasty.png(50_000, 50_000), "pixels"),
    ("50,000 × 50,000 JPEG", "a.jpg", lambda: nasty.jpeg(50_000, 50_000), "pixels"),
    ("half a head", "a.png", lambda: nasty.png()[:20], "broken"),
    ("no size", "a.png", lambda: nasty.png(0, 0), "broken"),
    ("photo without a frame", "a.jpg", lambda: b"\xff\xd8\xff\xe0\x00\x10" + bytes(60), "broken"),
    ("half a PDF", "a.pdf", lambda: nasty.pdf()[:200], "broken"),
    ("too large", "a.pdf", lambda: nasty.pdf() + bytes(MOST), "size"),
    ("300 letters", "あ" * 300 + ".png", nasty.png, "name"),
]


@pytest.mark.parametrize(("what", "name", "make", "code"), NASTY, ids=[one[0] for one in NASTY])
def test_refused(what: str, name: str, make: Callable[[], bytes], code: str) -> None:
    assert uploads.inspect(name, make(), accept=ALL, most=MOST).refused == code


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("通帳.pdf", nasty.pdf(), "application/pdf"),
        ("通帳.PNG", nasty.png(12_000, 9_000), "image/png"),
        ("IMG_0001.jpeg", nasty.jpeg(8_000, 6_000), "image/jpeg"),
        ("screenshot.jpg", nasty.png(), "image/png"),
        ("通帳", nasty.png(), "image/png"),
    ],
)
def test_taken(name: str, content: bytes, media_type: str) -> None:
    assert uploads.inspect(name, content, accept=ALL, most=MOST) == uploads.Verdict(media_type, None)


def test_only_what_the_item_accepts() -> None:
    assert uploads.inspect("a.pdf", nasty.pdf(), accept={"image/png"}, most=MOST).refused == "type"


@pytest.fixture
def browser(db: None, var: object) -> Iterator[Client]:
    with patch("django.utils.timezone.now", return_value=flow.NOW):
        one = Client()
        filling.fill(one, upto=5)
        yield one


def _post(browser: Client, name: str, content: bytes, lang: str = "ja") -> str:
    """Send a file under exactly this name; gives the page, or nothing when the screen was left."""
    screen = {**SCREENS[6], "口座の写し": SimpleUploadedFile("x", content, content_type="image/png")}
    body = encode_multipart(BOUNDARY, screen).replace(b'filename="x"', b'filename="' + name.encode() + b'"')
    response = browser.post(
        f"{APPLY}/6?lang={lang}", body, content_type=f"multipart/form-data; boundary={BOUNDARY}"
    )
    return "" if response.status_code == 302 else response.content.decode()


def _kept() -> dict[str, object]:
    with scope(Actor.resident(get_municipality(TOWN))):
        answer: dict[str, object] = Draft.objects.get().answers["口座の写し"]
        return answer


@pytest.mark.parametrize(
    ("content", "ja", "en"),
    [
        (nasty.png() + EICAR, "危険な仕組みが見つかった", "Something dangerous was found"),
        (nasty.png(50_000, 50_000), "この画像は大きすぎて", "This picture is too large"),
        (nasty.png()[:20], "壊れていて開けません", "This file is damaged"),
        (others.PAGE, "このファイルは使えません", "This file cannot be used"),
        (nasty.png() + bytes(11_000_000), "MBまで", "MB or less"),
    ],
)
def test_the_form_says_why_in_both_languages(browser: Client, content: bytes, ja: str, en: str) -> None:
    assert ja in _post(browser, "通帳.png", content)
    assert en in _post(browser, "通帳.png", content, "en")
    with scope(Actor.resident(get_municipality(TOWN))):
        assert not StoredFile.objects.filter(purpose="attachment").exists()


ODD = [
    "../../../../etc/passwd.png",
    "..\\..\\boot.png",
    "/etc/cron.d/x.png",
    "C:\\Windows\\x.png",
    "a&amp;b &lt;b&gt;.png",
    "<script>alert(1)</script>.png",
    "=1+1.png",
    "写真gnp.\u202eexe.png",
    "通帳　の　写し.png",
    "髙橋\u3000𠮷野\U000e0100\ufa19が\u3099.png",
    "👨‍👩‍👧‍👦.png",
    "\ue000外字.png",
    "CON.png",
    "%00%2e%2e%2f.png",
    " .png",
]


@pytest.mark.parametrize("name", ODD)
def test_a_name_is_kept_for_the_eye_and_never_a_path(browser: Client, name: str, var: object) -> None:
    assert _post(browser, name, nasty.png()) == ""
    answer = _kept()
    assert answer["name"] == name
    with scope(Actor.resident(get_municipality(TOWN))):
        stored = StoredFile.objects.get(pk=str(answer["id"]))
    assert stored.name == name
    disposition = names.disposition(stored.name, stored.media_type)
    saved = names.for_disk(stored.name, stored.media_type)
    assert re.fullmatch(r"[^\x00-\x1f\x7f]+", disposition)
    assert disposition.isascii()
    assert "/" not in saved
    assert "\\" not in saved
    assert "\u202e" not in saved
    assert saved.lower().endswith(".png")


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("通帳の写し.png", "通帳の写し.png"),
        ("evil.html", "evil.html.png"),
        ("a\u202egnp.exe", "agnp.exe.png"),
        ("..", "_.png"),
        ("con.png", "_con.png"),
        ('a"b\r\n;.png', "a_b;.png"),
        ("あ" * 300, "あ" * 251 + ".png"),
    ],
)
def test_a_name_for_a_disk_ends_as_its_content_does(name: str, saved: str) -> None:
    assert names.for_disk(name, "image/png") == saved


def test_a_japanese_name_goes_out_as_rfc_6266_has_it() -> None:
    told = names.disposition("通帳 (写し).pdf", "application/pdf")
    assert told == (
        'attachment; filename="file.pdf"; '
        "filename*=UTF-8''%E9%80%9A%E5%B8%B3%20%28%E5%86%99%E3%81%97%29.pdf"
    )
