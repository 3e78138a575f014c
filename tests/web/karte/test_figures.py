"""A change of the accounts that was kept stands in the カルテ of those who may read the sheet."""

from datetime import date

import pytest
from django.urls import reverse

from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.models import ChangeDecision
from bansou.apps.sheets.operations import decide_on_change, save_years
from tests.support.factories import a_benchmark, a_business, an_account, an_engagement, an_organisation
from tests.support.factories import the_figures as figures

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("decision", ChangeDecision)
def test_the_team_reads_what_was_kept_and_a_colleague_does_not(client_as, decision):
    office = an_organisation()
    lead, colleague = an_account(organisation=office), an_account(organisation=office)
    engagement = an_engagement(a_business(office), lead)
    sheet = a_benchmark(engagement, lead)
    grown = figures(date(2026, 3, 31), sales=400_000_000)
    save_years(actor=actor_for(lead), engagement=engagement, years=[grown], seen=sheet.revision)
    decide_on_change(
        actor=actor_for(lead),
        engagement=engagement,
        key="sales",
        from_end=date(2025, 3, 31),
        to_end=date(2026, 3, 31),
        decision=decision,
        words="医療機器の仕事が始まった。",
    )
    url = reverse("karte", args=[engagement.business.public_id])
    words = "売上高 245,000,000円 → 400,000,000円"
    kept = decision == ChangeDecision.RECORDED
    page = client_as(lead).get(url).content.decode()
    assert (words in page, "医療機器の仕事が始まった。" in page) == (kept, kept)
    assert (words in client_as(lead).get(url, {"kind": "figures"}).content.decode()) is kept
    assert words not in client_as(colleague).get(url).content.decode()
