"""A real browser on a real server: visits, pictures, and what an accessibility checker says.

def test_today(visit, adviser):
    page = visit("/today/", account=adviser, width=360)
    assert axe_findings(page) == []
    picture(page, "today")
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

PICTURES = Path(__file__).resolve().parents[2] / "build" / "screenshots"
PHONE, DESK = 360, 1280

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Tests run in containers as root, and a browser under test has nobody to call at home.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """Return the path of a Chromium: the one CHROMIUM names, or one of the system."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def launch(playwright: Playwright, executable: str) -> Browser:
    return playwright.chromium.launch(executable_path=executable, args=_FLAGS)


@dataclass
class Visitor:
    """Opens pages, each in a context of its own, and remembers what went wrong in them."""

    browser: Browser
    base_url: str
    contexts: list[BrowserContext] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def __call__(
        self, path: str | None = None, *, account: Any = None, width: int = DESK, scripts: bool = True
    ) -> Page:
        """Return a page of the given width, signed in as the account, with or without JavaScript."""
        context = self.browser.new_context(
            base_url=self.base_url,
            viewport={"width": width, "height": 800},
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        if account is not None:
            context.add_cookies([session_cookie(account, self.base_url)])
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        page.on("console", self._listen)
        if path is not None:
            page.goto(path)
        return page

    def _listen(self, message: Any) -> None:
        # An answer such as 404 is the business of the test that asked for it.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console: {message.text}")

    def leave(self) -> None:
        for context in self.contexts:
            context.close()


def session_cookie(account: Any, base_url: str) -> dict[str, str]:
    """Return the cookie of a fresh session of the account, as if it had signed in with its password."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = account._meta.pk.value_to_string(account)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": base_url}


def axe_findings(page: Page, leaving_out: tuple[str, ...] = ()) -> list[str]:
    """Return each violation axe sees on the page, with the places; rules may be left out by their id."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {violation['help']} at {[node['target'] for node in violation['nodes']]}"
        for violation in violations
        if violation["id"] not in leaving_out
    ]


def overflow(page: Page) -> list[str]:
    """Return the elements that make the page scroll sideways; an empty list when it fits its width."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          const clips = (e) => /auto|scroll|hidden/.test(getComputedStyle(e).overflowX);
          const scrolls = (e) => e && (clips(e) || scrolls(e.parentElement));
          return [...document.body.querySelectorAll('*')]
            .filter((e) => e.getBoundingClientRect().right > width + 1 && !scrolls(e.parentElement))
            .map((e) => `${e.tagName.toLowerCase()}.${e.className.baseVal ?? e.className}`).slice(0, 10);
        }"""
    )


def picture(page: Page, name: str) -> Path:
    """Keep a picture of the whole page as ``build/screenshots/<name>-<width>.png`` and return its path."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}-{page.viewport_size['width']}.png"
    page.screenshot(path=path, full_page=True)
    return path


Visit = Callable[..., Page]
