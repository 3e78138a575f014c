"""支援の手引き to read."""

import pytest
from django.urls import reverse

from bansou.domain.access import Role
from bansou.domain.method import Element, Step, SuitabilityItem, Wall, load_guidance
from tests.support.factories import an_account


@pytest.fixture
def adviser(client_as, world):
    return client_as(world.adviser)


def test_the_seven_steps_with_their_purposes(adviser):
    page = adviser.get(reverse("guidance")).content.decode()
    for step in Step:
        assert step.label in page
        assert reverse("guidance-step", args=[step.value]) in page


@pytest.mark.parametrize("step", list(Step))
def test_a_step_reads_differently_for_each_audience(adviser, step):
    url = reverse("guidance-step", args=[step.value])
    base = adviser.get(url).content.decode()
    succession = adviser.get(f"{url}?for=succession").content.decode()
    own_words = load_guidance().section(step, "succession").purpose
    assert own_words not in base
    assert own_words in succession
    assert adviser.get(f"{url}?for=everything").status_code == 200


def test_checklist_walls_and_elements(adviser):
    for name, words in (
        ("guidance-checklist", [item.label for item in SuitabilityItem]),
        ("guidance-walls", [wall.label for wall in Wall]),
        ("guidance-elements", [element.label for element in Element]),
    ):
        page = adviser.get(reverse(name)).content.decode()
        assert all(each in page for each in words)


def test_an_unknown_step_is_not_found(adviser):
    assert adviser.get(reverse("guidance-step", args=["nowhere"])).status_code == 404


def test_it_is_for_supporters_and_the_secretariat(client_as, world):
    secretariat = an_account("事務 局", organisation=world.organisation, roles=(Role.SECRETARIAT,))
    for who, status in ((world.leader, 403), (world.administrator, 200), (secretariat, 200)):
        assert client_as(who).get(reverse("guidance")).status_code == status
