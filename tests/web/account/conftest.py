"""Attempts are counted in the shared cache, which outlives the tests that use a real server."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_was_tried_before(db):
    cache.clear()
