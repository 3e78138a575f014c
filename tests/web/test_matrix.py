"""Every address × everybody: the whole of who may open what, in one table a person can audit.

A cell holds the answers to GET and POST (an empty form), one sign each:
  o opened (a page, a file, or a way on)   s led to sign-in   f forbidden, 403   n as if it did not exist, 404
  m the method is not offered, 405         e the form came back with its errors, 4xx
Columns are the people of `tests.support.world`: the lead of the engagement, a colleague of the same body who
is not in the team, its 管理者, a 橋渡し先, the 事務局, the 経営者 of the firm, a 支援者・管理者 elsewhere.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.support.matrix import Endpoint, every_endpoint, gaps
from tests.support.world import PEOPLE, World, a_world

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("matrix.txt")
_UNSAFE = ("PUT", "PATCH", "DELETE")


def table() -> dict[str, dict[str, str]]:
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {name: dict(zip(PEOPLE, cells, strict=True)) for name, *cells in lines}


@pytest.fixture
def world() -> World:
    return a_world()


def sign(endpoint: Endpoint, world: World, person: str, method: str) -> str:
    """Ask once, in a transaction that is taken back, so that no row of the table leans on another."""
    client = Client()
    account = world.people[person]
    path = endpoint.path(world.arguments(endpoint.name))
    with transaction.atomic():
        if account is not None:
            client.force_login(account)
        answer = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    if answer.headers.get("Location", "").startswith(reverse("account_login")):
        return "s"
    fixed = {403: "f", 404: "n", 405: "m"}
    if answer.status_code in fixed:
        return fixed[answer.status_code]
    return "o" if answer.status_code < 400 else "e"


def test_the_table_is_complete():
    assert gaps(table(), every_endpoint()) == []


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_opens_what_the_table_says(world, person):
    rows = table()
    found = {
        endpoint.name: sign(endpoint, world, person, "GET") + sign(endpoint, world, person, "POST")
        for endpoint in every_endpoint()
        if endpoint.name in rows
    }
    expected = {name: rows[name][person] for name in found}
    assert {n: (expected[n], s) for n, s in found.items() if s != expected[n]} == {}


@pytest.mark.parametrize("method", _UNSAFE)
def test_no_address_takes_a_method_nobody_offers(world, method):
    for endpoint in every_endpoint():
        # The library's views take PUT for POST; its names are the ones with an underscore.
        if "_" not in endpoint.name:
            assert sign(endpoint, world, "lead", method) in "mfns", endpoint.name
