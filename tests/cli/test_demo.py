"""The stories that everybody sees first."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.audit.verification import verify
from bansou.apps.businesses.models import Business
from bansou.apps.dialogues.models import DialogueSession, DialogueSource, Excerpt, Promise, Statement
from bansou.apps.engagements.models import Engagement, StepMove, SuitabilityAssessment
from bansou.apps.engagements.policies import actor_for
from bansou.cli.demo.command import load_once, why_not
from bansou.cli.demo.days import ago
from bansou.cli.main import main
from bansou.domain.access import Role
from bansou.domain.method import Step, Verdict
from tests.support.factories import PASSWORD, an_organisation

DAYS = [date(2026, 11, 22) + timedelta(days=days) for days in (0, 1, 5, 38, 42, 160)]


@pytest.fixture
def loaded(db):
    assert main(["demo"]) == 0


def account(name: str) -> Account:
    return Account.objects.get(email=f"{name}@demo.example")


def test_the_stories_hold_together(loaded, client_as):
    adviser = actor_for(account("shien"))
    own = Engagement.objects.accompanied_by(adviser)
    assert {engagement.step_now for engagement in own} == set(Step)
    assert Business.objects.filter(organisation__in=adviser.roles).count() >= 9
    assert any(move.is_back() and move.reason for move in StepMove.objects.all())
    verdicts = set(SuitabilityAssessment.objects.values_list("verdict", flat=True))
    assert {Verdict.WITH_CAUTION, Verdict.CONSIDER_ALTERNATIVES} <= verdicts
    transcripts = DialogueSession.objects.filter(source=DialogueSource.TRANSCRIPT)
    assert Excerpt.objects.filter(dialogue__in=transcripts).exists()

    today = timezone.localdate()
    assert Promise.objects.open().filter(due_on__lt=today).exists()
    assert any(engagement.is_quiet_on(today) for engagement in own)
    assert any(engagement.next_dialogue_at and engagement.due_on() == today for engagement in own)
    page = client_as(account("shien")).get("/today/").content.decode()
    assert "引継ぎが届いています" in page
    assert verify().findings == ()

    before = Engagement.objects.count()
    assert main(["demo"]) == 0  # a second time changes nothing
    assert load_once() is False
    assert Engagement.objects.count() == before


def test_everybody_has_a_place_and_stays_in_it(loaded, client):
    assert client.login(email="shien@demo.example", password=PASSWORD)
    assert actor_for(account("kanri")).holds(Role.ADMINISTRATOR)
    assert not actor_for(account("kanri")).holds(Role.ADVISER)
    assert actor_for(account("jimukyoku")).holds(Role.SECRETARIAT)
    assert actor_for(account("yorozu")).holds(Role.ADVISER)
    assert actor_for(account("yorozu")).holds(Role.REFERRAL_RECIPIENT)
    leader, stranger = actor_for(account("shacho")), actor_for(account("tasha"))
    assert Statement.objects.visible_to(leader).count() >= 3
    chamber = account("shien").memberships.get().organisation
    assert not Business.objects.visible_to(stranger).filter(organisation=chamber).exists()
    assert Business.objects.visible_to(stranger).count() == 1


def test_they_come_into_an_empty_database_only(db, capsys):
    an_organisation()
    assert main(["demo"]) == 1
    assert "空のデータベース" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "host"), [("https://bansou.example.jp", "127.0.0.1"), ("http://127.0.0.1:8000", "192.0.2.7")]
)
def test_they_stay_where_nobody_from_outside_comes_in(url, host, db, settings, monkeypatch):
    assert why_not() == ""
    settings.BASE_URL = url
    monkeypatch.setenv("BANSOU_HOST", host)
    assert load_once() is False
    assert not Account.objects.exists()


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_order_of_a_story_holds_on_every_day(today):
    days = [ago(number, today=today) for number in range(760, -120, -1)]
    assert days == sorted(days)
    assert ago(0, today=today) == today
