"""The doors of the house, for requests nobody makes by hand."""

import pytest
from django.urls import reverse

from tests.support.factories import an_account, an_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/karte/a%00b/", "/today/search/?q=%00", "/businesses/?q=x%00"])
def test_an_address_no_database_can_hold_does_not_exist(client_as, address):
    assert client_as(an_account(organisation=an_organisation())).get(address).status_code == 404


def test_a_piece_of_a_page_is_refused_quietly_when_the_session_ended(client):
    answer = client.get(reverse("business-duplicates"), headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.content == b""


def test_a_page_leads_to_sign_in_and_back(client):
    answer = client.get("/businesses/?q=みなと")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login") + "?next=/businesses/%3Fq%3D")


def test_records_stay_out_of_caches_and_frames(client_as):
    answer = client_as(an_account(organisation=an_organisation())).get("/today/")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
