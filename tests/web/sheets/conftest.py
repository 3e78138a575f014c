"""One firm, its adviser and everybody who stands outside; and the figures of a year that is easy to read."""

import html
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from bansou.apps.accounts.models import Account
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.operations import add_member
from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.models import FiscalYearAccounts, LocalBenchmark
from bansou.apps.sheets.operations import Settings, save_settings, save_years
from bansou.apps.sheets.reading import sheet_of
from bansou.domain.locaben import Figures
from bansou.domain.method import BusinessSize, TeamRole
from tests.support.factories import a_business, a_leader, an_account, an_engagement, an_organisation

CALM = {
    "sales": 320_000_000,
    "operating_profit": 11_016_000,
    "depreciation": 9_000_000,
    "employees": 18,
    "cash": 35_000_000,
    "notes_receivable": 3_000_000,
    "accounts_receivable": 48_000_000,
    "inventory": 21_000_000,
    "notes_payable": 0,
    "accounts_payable": 26_500_000,
    "borrowings": 180_000_000,
    "net_assets": 44_000_000,
    "total_assets": 262_000_000,
}


@dataclass
class Office:
    """`engagement` is with a small metal works that closes in March."""

    engagement: Engagement
    adviser: Account
    second: Account
    colleague: Account
    stranger: Account
    leader: Account

    @property
    def sheet(self) -> LocalBenchmark:
        return sheet_of(self.engagement)

    @property
    def year(self) -> FiscalYearAccounts:
        return FiscalYearAccounts.objects.get()

    def url(self, name: str, *further: object) -> str:
        return reverse(name, args=[self.engagement.public_id, *further])

    def settle(self, industry_code: str = "0304", **changes: Any) -> LocalBenchmark:
        settings = Settings(industry_code, BusinessSize.SMALL, "支援者が選択", "2022", **changes)
        return save_settings(
            actor=actor_for(self.adviser),
            engagement=self.engagement,
            settings=settings,
            seen=self.sheet.revision,
        )

    def keep(self, *years: Figures) -> LocalBenchmark:
        return save_years(
            actor=actor_for(self.adviser),
            engagement=self.engagement,
            years=years,
            seen=self.sheet.revision,
        )


def a_year(year: int = 2026, **changes: Any) -> Figures:
    return Figures(fiscal_year_end=date(year, 3, 31), **{**CALM, **changes})


def page_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture
def office(db: None) -> Office:

    chamber = an_organisation("川辺商工会議所")
    adviser, second = an_account("佐野 恵", organisation=chamber), an_account("二人 目", organisation=chamber)
    business = a_business(chamber, closing_month=3)
    engagement = an_engagement(business, adviser)
    add_member(
        actor=actor_for(adviser),
        engagement=engagement,
        role=TeamRole.EXPERT,
        joined_on=date(2026, 4, 1),
        account=second,
    )
    return Office(
        engagement=engagement,
        adviser=adviser,
        second=second,
        colleague=an_account("同僚 一", organisation=chamber),
        stranger=an_account("よその 人", organisation=an_organisation("隣町商工会")),
        leader=a_leader(business),
    )


@pytest.fixture
def adviser(client_as, office):
    return client_as(office.adviser)
