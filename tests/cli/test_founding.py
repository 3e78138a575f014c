"""An installation without the demo gets its first organisation and lets its first person in."""

import re

import pytest
from django.urls import reverse

from bansou.apps.accounts.models import Account
from bansou.apps.engagements.policies import actor_for
from bansou.apps.organisations.models import Invitation, OrganisationKind, SupportOrganisation
from bansou.cli.founding import nobody_is_here
from bansou.cli.main import build_parser, main
from bansou.domain.access import Role
from tests.support.factories import PASSWORD

pytestmark = pytest.mark.django_db


def found(name="川辺商工会議所", kind="chamber_of_commerce", email="kanri@example.jp") -> int:
    return main(["found", "--name", name, "--kind", kind, "--administrator", email, "--person", "大沢 和夫"])


def test_the_link_of_a_new_installation_makes_the_first_administrator(client, capsys, settings):
    settings.BASE_URL = "https://bansou.example.jp"
    assert nobody_is_here()
    assert found() == 0
    told = capsys.readouterr().out
    assert "7日間" in told
    link = re.search(r"https://bansou\.example\.jp(/\S+)", told)[1]
    assert "さんから" not in client.get(link).content.decode()
    typed = {"name": "大沢 和夫", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(link, typed).status_code == 302
    office = SupportOrganisation.objects.get(name="川辺商工会議所")
    account = Account.objects.get(email="kanri@example.jp")
    assert actor_for(account).roles_in(office.pk) == {Role.ADMINISTRATOR}
    assert client.get(reverse("staff-members")).status_code == 200


def test_open_invitations_of_the_program_are_listed_without_a_name(client_as, capsys):
    from bansou.apps.organisations.operations import add_member
    from tests.support.factories import PROGRAM, an_account

    found()
    office = SupportOrganisation.objects.get()
    person = an_account()
    add_member(actor=PROGRAM, organisation=office, account=person, role=Role.ADMINISTRATOR)
    page = client_as(person).get(reverse("staff-members")).content.decode()
    assert "kanri@example.jp" in page
    assert "None" not in page


def test_a_secretariat_edits_the_guidance_and_lets_people_in():
    assert found(kind="secretariat") == 0
    assert set(Invitation.objects.values_list("role", flat=True)) == {Role.ADMINISTRATOR, Role.SECRETARIAT}


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"kind": "club"}, "商工会議所"), ({"email": "kanri"}, "メールアドレス"), ({"name": " "}, "名称")],
)
def test_what_cannot_be_founded_is_said_and_nothing_is_written(typed, words, capsys):
    assert found(**typed) == 1
    assert words in capsys.readouterr().err
    assert nobody_is_here()


def test_a_second_organisation_of_the_same_name_is_refused(capsys):
    assert found() == 0
    assert found(email="other@example.jp") == 1
    assert "もう登録されています" in capsys.readouterr().err
    assert SupportOrganisation.objects.count() == 1


def test_help_names_every_kind(capsys):
    with pytest.raises(SystemExit):
        build_parser().parse_args(["found", "--help"])
    told = re.sub(r"\s", "", capsys.readouterr().out)
    assert [kind for kind in OrganisationKind if f"{kind.value}（{kind.label}）" not in told] == []
