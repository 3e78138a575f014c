"""One chamber with an adviser, a colleague and an administrator; a firm with its leader; another chamber."""

from dataclasses import dataclass

import pytest

from bansou.apps.accounts.models import Account
from bansou.apps.businesses.models import Business
from bansou.apps.engagements.models import Engagement
from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.access import Role
from tests.support.factories import a_business, a_leader, an_account, an_engagement, an_organisation


@dataclass
class World:
    organisation: SupportOrganisation
    business: Business
    adviser: Account
    colleague: Account
    administrator: Account
    stranger: Account
    leader: Account


@pytest.fixture
def world(db) -> World:
    organisation = an_organisation("川辺商工会議所")
    business = a_business(organisation)
    return World(
        organisation=organisation,
        business=business,
        adviser=an_account("佐野 恵", organisation=organisation),
        colleague=an_account("同僚 一", organisation=organisation),
        administrator=an_account("管 理", organisation=organisation, roles=(Role.ADMINISTRATOR,)),
        stranger=an_account("よその 人", organisation=an_organisation("隣町商工会")),
        leader=a_leader(business),
    )


@pytest.fixture
def engagement(world: World) -> Engagement:
    return an_engagement(world.business, world.adviser, how_it_began="補助金のことを聞きたくて")
