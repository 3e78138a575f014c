"""One firm, its team, and everybody who stands outside the team."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.businesses.models import Business
from bansou.apps.engagements.models import Engagement
from bansou.domain.access import Role
from tests.support.factories import a_business, a_leader, an_account, an_engagement, an_organisation


@dataclass
class Town:
    business: Business
    engagement: Engagement
    adviser: Account
    colleague: Account
    administrator: Account
    leader: Account
    stranger: Account

    @property
    def outside_the_team(self) -> dict[str, Account]:
        return {name: getattr(self, name) for name in ("colleague", "administrator", "leader", "stranger")}


@pytest.fixture
def town(db: None) -> Town:
    chamber = an_organisation("川辺商工会議所")
    adviser = an_account("佐野 太郎", organisation=chamber)
    business = a_business(chamber)
    return Town(
        business=business,
        engagement=an_engagement(business, adviser),
        adviser=adviser,
        colleague=an_account("同僚 花子", organisation=chamber),
        administrator=an_account("管理 一郎", organisation=chamber, roles=(Role.ADMINISTRATOR,)),
        leader=a_leader(business),
        stranger=an_account("よそ 三郎", organisation=an_organisation()),
    )


@pytest.fixture
def note(town: Town) -> dict[str, Any]:
    """What a short note posts: the text, today, and what the form had preset."""
    leader = town.business.people.get()
    return {
        "note": "段取りの話を聞いた。",
        "held_on": timezone.localdate().isoformat(),
        "method": "visit",
        "people": [leader.public_id],
        "accounts": [town.adviser.public_id],
        "rows": "3",
    }
