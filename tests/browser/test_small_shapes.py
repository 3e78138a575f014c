"""Controls that stand outside the form tags, and the header without a search box."""

import pytest

from tests.support.browser import DESK, PHONE, picture
from tests.support.matrix import every_endpoint
from tests.support.world import a_world


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_search_line_is_tall_enough_and_wide_on_a_phone(visit, db, width):
    world = a_world()
    addresses = {endpoint.name: endpoint for endpoint in every_endpoint()}
    for name, box in (("record", "#record-search"), ("search", "#search-words")):
        page = visit(addresses[name].path(world.arguments(name)), account=world.people["lead"], width=width)
        shape = page.locator(box).bounding_box()
        assert shape["height"] >= 44
        assert width == DESK or shape["width"] >= 300
        picture(page, f"shape-{name}")
    for name in ("business-new", "next-dialogue", "karte"):
        if name in addresses:
            page = visit(
                addresses[name].path(world.arguments(name)), account=world.people["lead"], width=width
            )
            picture(page, f"shape-{name}")


@pytest.mark.parametrize("person", ["secretariat", "leader"])
def test_the_account_stands_at_the_right_edge_without_a_search_box(visit, db, person):
    world = a_world()
    page = visit("/", account=world.people[person], width=DESK)
    shape = page.locator(".account-menu").bounding_box()
    assert shape["x"] + shape["width"] > DESK - 80
    picture(page, f"shape-{person}")
