"""Every page of the table, as the person it is for: no accessibility fault, all within the screen."""

import os

import pytest

from tests.support.browser import DESK, PHONE, axe_findings, overflow
from tests.support.matrix import every_endpoint
from tests.support.world import a_world
from tests.web.test_matrix import table

# Minutes long, so `make test` leaves it to `make test-full`, which CI runs as well.
pytestmark = pytest.mark.skipif(
    os.environ.get("BANSOU_TEST_BROWSER") != "required", reason="every page in a browser: make test-full"
)

# Files, machine answers and pages that ask the library's own questions first.
_NO_PAGES = (
    "business-duplicates",
    "business-import-errors",
    "business-size",
    "healthz",
    "karte-pdf",
    "locaben-pdf",
    "locaben-xlsx",
    "preparation-pdf",
    "readyz",
)


def _pages_of(person: str) -> list[str]:
    rows = table()
    return [
        name
        for name, cells in rows.items()
        if cells[person].startswith("o") and name not in _NO_PAGES and "_" not in name
    ]


@pytest.mark.parametrize(
    ("person", "width"),
    [("lead", DESK), ("lead", PHONE), ("administrator", PHONE), ("secretariat", PHONE), ("leader", PHONE)],
)
def test_every_page_is_accessible_and_fits(visit, db, person, width):
    world = a_world()
    addresses = {endpoint.name: endpoint for endpoint in every_endpoint()}
    faults = {}
    for name in _pages_of(person):
        page = visit(addresses[name].path(world.arguments(name)), account=world.people[person], width=width)
        if found := [*axe_findings(page), *overflow(page)]:
            faults[name] = found
        page.close()
    assert faults == {}
