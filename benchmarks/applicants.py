"""Residents who fill in an application over HTTP, page by page, up to the button that sends it."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import httpx

from yuimaru.demo import cast
from yuimaru.demo.residents import RESIDENTS, answers, typed_in
from yuimaru.demo.visitor import Fields, Form, Page

APPLY = f"/m/{cast.MIDORINO}/apply/jidou-teate"
MOST_SCREENS = 12

Post = tuple[str, Fields]


@dataclass(frozen=True)
class Ready:
    """A filled-in application: the request that sends it."""

    path: str
    body: bytes
    headers: dict[str, str]


def walk(base_url: str) -> list[Post]:
    """Fill in the form once as a person would; gives what was posted from each screen."""
    typed = typed_in(answers(RESIDENTS[5], sent_on=datetime.now(ZoneInfo("Asia/Tokyo")).date()))
    posts: list[Post] = []
    with httpx.Client(base_url=base_url, timeout=60, follow_redirects=True) as browser:
        page = Page(browser.get(f"{APPLY}/"))
        for _ in range(MOST_SCREENS):
            if page.path.endswith("/confirm"):
                return posts
            form = page.form(having="@do")
            fields = form.fields | {
                name: [value] if isinstance(value, str) else value
                for name, value in typed.items()
                if name in form.names
            }
            posts.append((page.path, fields))
            page = Page(browser.post(page.path, data=fields))
    raise AssertionError(f"the form does not end: {page.path} {page.title}")


def fill(base_url: str, posts: list[Post], count: int, *, together: int) -> list[Ready]:
    """As many applications, each in a browser of its own, ready to be sent."""
    with ThreadPoolExecutor(together) as people:
        return list(people.map(lambda _: _fill(base_url, posts), range(count)))


def _fill(base_url: str, posts: Iterable[Post]) -> Ready:
    with httpx.Client(base_url=base_url, timeout=60) as browser:
        form = _form(browser, f"{APPLY}/1", having="@do")
        token = form.fields["csrfmiddlewaretoken"]
        for path, fields in posts:
            sent = browser.post(path, data={**fields, "csrfmiddlewaretoken": token})
            assert sent.status_code == 302, f"{path}: {sent.status_code}"
        last = _form(browser, f"{APPLY}/confirm", having="idempotency_key")
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    kind = "application/x-www-form-urlencoded"
    return Ready(
        f"{APPLY}/confirm",
        urlencode(last.fields, doseq=True).encode(),
        {"Cookie": cookies, "Content-Type": kind},
    )


def _form(browser: httpx.Client, path: str, *, having: str) -> Form:
    return Page(browser.get(path)).form(having=having)
