"""The hostile environment every test lives in: strict here, so that those who write tests can be human.

Undefined template variables fail, warnings are errors (both set in pyproject.toml), every HTML answer is
read by the strict client, and mail goes nowhere.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.client import StrictClient
from tests.support.queries import keeper


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the query snapshots anew")


@pytest.fixture
def client() -> StrictClient:
    """Return an anonymous visitor."""
    return StrictClient()


@pytest.fixture
def client_as(db: None) -> Callable[..., StrictClient]:
    """Return a function that signs an account in, or nobody for None, and gives the strict client."""

    def signed_in(account: Any = None, **defaults: Any) -> StrictClient:
        strict = StrictClient(**defaults)
        if account is not None:
            strict.force_login(account)
        return strict

    return signed_in


@pytest.fixture
def query_snapshot(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Return a context manager that keeps the queries beside the test; see `tests.support.queries`."""
    update = request.config.getoption("--update-snapshots")
    return keeper(Path(request.node.path), request.node.name, update=update)
