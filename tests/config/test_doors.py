"""The doors of the house, for requests nobody makes by hand."""

import re

import pytest
from django.urls import reverse

from tests.support.factories import a_business, an_account, an_engagement, an_organisation

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


def test_a_request_larger_than_any_form_is_turned_away_unread(client):
    answer = client.post("/account/login/", b"x", content_type="text/plain", CONTENT_LENGTH=str(26 * 1024**2))
    assert answer.status_code == 413
    assert "25MB" in answer.content.decode()


@pytest.mark.parametrize("version", ["0", "99999999999999999999999"])
def test_a_version_nobody_made_does_not_exist(client_as, version):
    chamber = an_organisation()
    adviser = an_account(organisation=chamber)
    engagement = an_engagement(a_business(chamber), adviser)
    address = f"/engagements/{engagement.public_id}/checklist/{version}/"
    assert client_as(adviser).get(address).status_code == 404


def test_text_of_a_page_whose_key_has_changed_comes_back_in_the_form(client_as):
    """Signed in again in another tab: the old page's key against forged requests is void, its text is not."""
    chamber = an_organisation()
    adviser = an_account(organisation=chamber)
    engagement = an_engagement(a_business(chamber), adviser)
    url = reverse("dialogue-new", args=[engagement.public_id])
    client = client_as(adviser, enforce_csrf_checks=True)
    page = client.get(url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(_once|_who)" value="([^"]+)"', page))
    answer = client.post(url, {**hidden, "note": "書きかけの言葉", "csrfmiddlewaretoken": "x" * 64})
    assert answer.headers["Location"] == url
    assert "書きかけの言葉" in client.get(url).content.decode()
