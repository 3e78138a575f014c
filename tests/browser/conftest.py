"""Every test in this folder drives a real browser; without one it is reported as skipped.

`BANSOU_TEST_BROWSER=required` makes a missing browser a failure (as `make test-full` does).
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import Visitor, find_chromium, launch

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one Chromium for all tests of a worker."""
    executable = find_chromium()
    if executable is None:
        missing = "no Chromium on this machine (CHROMIUM may name one)"
        if os.environ.get("BANSOU_TEST_BROWSER") == "required":
            pytest.fail(missing)
        pytest.skip(missing)
    # Playwright leaves its event loop in this thread, which Django would take for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = launch(playwright, executable)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, live_server) -> Iterator[Visitor]:
    """Return a function that opens a page on the test server; see `tests.support.browser.Visitor`.

    The test fails when a page it opened had a script error or broke the content security policy.
    """
    visitor = Visitor(browser, live_server.url)
    yield visitor
    visitor.leave()
    assert visitor.troubles == []
