"""Residents who apply all day: they fill in real forms, press twice sometimes, and never give up on an answer."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

import httpx

from yuimaru.demo import cast
from yuimaru.demo.residents import RESIDENTS, answers, typed_in
from yuimaru.demo.story import TOKYO
from yuimaru.demo.visitor import Form, Page, Visitor

KATA = "jidou-teate"
MOST_SCREENS = 30
PATIENCE = 90.0  # seconds
AGAIN = 0.1  # share of posts that are sent a second time with the same key


class Unexpected(Exception):
    """The server gave an answer that it may never give here."""


class Ledger:
    """What was acknowledged to whom, over all writers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.numbers: dict[str, str] = {}  # idempotency key → 受付番号
        self.acknowledgements = self.repeated = 0
        self.changed: list[str] = []
        self.unexpected: list[str] = []

    def acknowledge(self, key: str, number: str, *, repeated: bool) -> None:
        """Note an acknowledgement; the same key must always be told the same number."""
        with self._lock:
            self.acknowledgements += 1
            self.repeated += repeated
            if self.numbers.setdefault(key, number) != number:
                self.changed.append(number)

    def complain(self, what: str) -> None:
        """Note an answer that may not be given."""
        with self._lock:
            self.unexpected.append(what)


def fill_in(base_url: str, town: str = cast.MIDORINO) -> tuple[Visitor, Form]:
    """A new browser that has come to the confirmation page, through every outage, and the form on it."""
    resident = next(resident for resident in RESIDENTS if resident.town == town)
    typed = typed_in(answers(resident, sent_on=datetime.now(TOKYO).date()))
    browser = Visitor(base_url)
    page = _insist(lambda: browser.get(f"/m/{town}/apply/{KATA}/"))
    for _ in range(MOST_SCREENS):
        if page.path.endswith("/confirm"):
            return browser, page.form(having="idempotency_key")
        form = page.form(having="@do")
        values = {name: value for name, value in typed.items() if name in form.names}
        page = _insist(partial(browser.submit, form, values))
    raise Unexpected(f"never came to the end of the form: {page.path} {page.title}")


def _insist(visit: Callable[[], Page]) -> Page:
    """Try until a page comes; the server may be away for a while."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            page = visit()
        except httpx.TransportError:
            time.sleep(0.05)
            continue
        if page.status == 200:
            return page
        if page.status != 503:
            raise Unexpected(f"{page.status} {page.path}")
        time.sleep(0.2)
    raise Unexpected("no page in time")


def send(browser: Visitor, form: Form) -> str:
    """Press until the receipt comes, with one key; gives the 受付番号."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            response = browser.send(form)
        except httpx.TransportError:
            time.sleep(0.05)
            continue
        where = response.headers.get("Location", "")
        if response.status_code == 303 and "/receipts/" in where:
            return str(where).rsplit("/", 1)[1]
        if response.status_code != 503:
            raise Unexpected(f"{response.status_code} {where}")
        time.sleep(0.2)
    raise Unexpected("no answer in time")


class Writer(threading.Thread):
    """One resident after another, until told to stop; whoever has begun to send is waited for."""

    def __init__(self, base_url: str, ledger: Ledger, stop: threading.Event, seed: int) -> None:
        super().__init__(name=f"writer {seed}", daemon=True)
        self.base_url, self.ledger, self.stop = base_url, ledger, stop
        self.chance = random.Random(seed)  # noqa: S311 — a die, not a secret

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                browser, form = fill_in(self.base_url)
            except (Unexpected, LookupError) as wrong:
                self.ledger.complain(str(wrong))
            else:
                self._send(browser, form)

    def _send(self, browser: Visitor, form: Form) -> None:
        [key] = form.fields["idempotency_key"]
        try:
            self.ledger.acknowledge(key, send(browser, form), repeated=False)
            if self.chance.random() < AGAIN:
                self.ledger.acknowledge(key, send(browser, form), repeated=True)
        except Unexpected as wrong:
            self.ledger.complain(str(wrong))
        finally:
            browser.close()
