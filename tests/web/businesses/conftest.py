"""One chamber, one adviser of it, and a page opener for the adviser."""

import pytest

from tests.support.factories import an_account, an_organisation


@pytest.fixture
def chamber(db):
    return an_organisation("湊商工会議所")


@pytest.fixture
def adviser(chamber):
    return an_account(organisation=chamber)


@pytest.fixture
def desk(client_as, adviser):
    """The strict client of the adviser."""
    return client_as(adviser)


@pytest.fixture
def stranger(client_as):
    """The strict client of an adviser elsewhere."""
    return client_as(an_account("遠山 遥", organisation=an_organisation("遠くの商工会")))
