"""What several areas of pages begin with."""

import pytest

from tests.support.village import Village, a_village


@pytest.fixture
def village(db: None) -> Village:
    return a_village()
