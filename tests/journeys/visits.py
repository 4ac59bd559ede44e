"""People at their browsers: each visit is a context of its own, and what went wrong unseen is noted."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from yuimaru.demo.cast import PASSWORD

ARGUMENTS = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESKTOP = 390, 1280
HEIGHTS = {PHONE: 844, DESKTOP: 720}


def follow(link_or_button: Locator) -> None:
    """Press it, and wait for the page that it leads to; pressing alone does not wait."""
    with link_or_button.page.expect_navigation():
        link_or_button.click()


class Visits:
    """Opens visits and keeps what their pages complained of."""

    def __init__(self, chromium: Browser, base_url: str) -> None:
        self._chromium, self.base_url = chromium, base_url
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def begin(self, width: int = DESKTOP, *, scripts: bool = True, login: str = "") -> Page:
        """A person sits down at a new browser; with a login, somebody of the cast who signs in."""
        context = self._chromium.new_context(
            base_url=self.base_url,
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="ja-JP",
            java_script_enabled=scripts,
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)
        page.on("response", self._answered)
        if login:
            page.goto("/accounts/login/")
            page.fill("#login", login)
            page.fill("#password", PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_url("**/desk/")
        return page

    def end(self) -> None:
        """Everybody leaves."""
        for context in self._contexts:
            context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        # A refused page is said as such; that the console repeats its status is no further complaint.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.base_url).netloc:
            self.complaints.append(f"asked elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status}: {response.url}")
