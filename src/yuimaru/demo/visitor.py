"""A person with a browser and no JavaScript: follows links, reads pages, fills in the forms that stand there."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Form:
    """A form as it stands on the page, with what is already filled in."""

    action: str
    method: str
    multipart: bool
    fields: Fields
    names: frozenset[str]
    buttons: dict[str, list[str]]


class Page:
    """What came back: its status, address and text, and the forms on it."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.path = response.url.path
        self.headers = response.headers
        self.html = response.text
        self._tree = LexborHTMLParser(response.text)

    @property
    def title(self) -> str:
        title = self._tree.css_first("title")
        return title.text().strip() if title else ""

    @property
    def text(self) -> str:
        """All visible words, white space folded."""
        main = self._tree.css_first("main") or self._tree.body
        return " ".join(main.text(separator=" ").split()) if main else ""

    def texts(self, selector: str) -> list[str]:
        """The words of every element that matches."""
        return [" ".join(node.text(separator=" ").split()) for node in self._tree.css(selector)]

    def links(self, part: str) -> list[str]:
        """Addresses of links that contain `part`."""
        found = (node.attributes.get("href") or "" for node in self._tree.css("a"))
        return [address for address in found if part in address]

    def form(self, *, having: str = "", action: str = "") -> Form:
        """The first form with a field or button of this name, and whose action contains this text."""
        for form in self.forms(action=action):
            if not having or having in form.names:
                return form
        raise LookupError(f"no form with {having or action} on {self.path} ({self.status})")

    def forms(self, *, action: str = "") -> list[Form]:
        """All forms whose action contains this text."""
        forms = [_form(node, self.path) for node in self._tree.css("form")]
        return [form for form in forms if action in form.action]


@cache
def _authorities() -> ssl.SSLContext:
    """Read once: it takes longer than a whole visit."""
    return ssl.create_default_context()


class Visitor:
    """One browser with its cookies."""

    def __init__(self, base_url: str) -> None:
        self._client = httpx.Client(
            base_url=base_url, follow_redirects=True, timeout=30, verify=_authorities()
        )

    def get(self, path: str, **query: str) -> Page:
        """Open an address."""
        return Page(self._client.get(path, params=query or None))

    def submit(
        self,
        form: Form,
        values: Mapping[str, str | list[str]] | None = None,
        *,
        button: tuple[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Page:
        """Fill in `values` over what stands in the form, press a button, follow where it leads."""
        fields = dict(form.fields)
        for name, value in (values or {}).items():
            fields[name] = [value] if isinstance(value, str) else value
        if button is not None:
            fields[button[0]] = [button[1]]
        if form.method == "get":
            return Page(self._client.get(form.action, params=fields))
        if form.multipart:
            # httpx sends multipart only when there is a file part; an unused file field is sent empty, as browsers do.
            parts = files or {"_": ("", b"", "application/octet-stream")}
            return Page(self._client.post(form.action, data=fields, files=dict(parts)))
        return Page(self._client.post(form.action, data=fields))

    def send(self, form: Form) -> httpx.Response:
        """Press the button of a form and look at the very first answer, before any redirect is followed."""
        return self._client.post(form.action, data=form.fields, follow_redirects=False)

    def close(self) -> None:
        """Close the browser with its connections."""
        self._client.close()

    def sign_in(self, login: str, password: str) -> Page:
        """Sign in on the sign-in page."""
        form = self.get("/accounts/login/").form(having="login")
        return self.submit(form, {"login": login, "password": password})


def _form(node: LexborNode, path: str) -> Form:
    fields: Fields = {}
    buttons: Fields = {}
    names: set[str] = set()
    for control in node.css("input, select, textarea, button"):
        attributes = control.attributes
        name = attributes.get("name") or ""
        if not name or "disabled" in attributes:
            continue
        names.add(name)
        if control.tag == "button":
            buttons.setdefault(name, []).append(attributes.get("value") or "")
            continue
        for value in _values(control):
            fields.setdefault(name, []).append(value)
    attributes = node.attributes
    return Form(
        action=attributes.get("action") or path,
        method=(attributes.get("method") or "get").lower(),
        multipart="multipart" in (attributes.get("enctype") or ""),
        fields=fields,
        names=frozenset(names),
        buttons=buttons,
    )


def _values(control: LexborNode) -> list[str]:
    """What a browser would send for a control that nobody has touched."""
    attributes = control.attributes
    if control.tag == "textarea":
        return [control.text()]
    if control.tag == "select":
        options = control.css("option")
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        return [option.attributes.get("value") or option.text() for option in chosen]
    kind = (attributes.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return [attributes.get("value") or "on"] if "checked" in attributes else []
    if kind in ("file", "submit", "button", "image", "reset"):
        return []
    return [attributes.get("value") or ""]
