"""The trail proves itself, and shows what was changed behind the program's back."""

import pytest
from django.db import connection

from bansou.apps.audit.models import AppendOnlyError, AuditEntry
from bansou.apps.audit.verification import verify
from bansou.apps.dialogues.operations import withdraw_dialogue
from bansou.apps.dialogues.words import share_with_leader
from bansou.apps.engagements.handing_over import hand_over
from bansou.apps.engagements.operations import move_to_step
from bansou.apps.engagements.policies import actor_for
from bansou.domain.method import Step
from tests.support.factories import a_business, a_dialogue, an_account, an_engagement, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue():
    chamber = an_organisation()
    adviser = an_account(organisation=chamber)
    engagement = an_engagement(a_business(chamber), adviser)
    dialogue = a_dialogue(engagement, adviser)
    actor = actor_for(adviser)
    move_to_step(actor=actor, engagement=engagement, target=Step.MUTUAL_UNDERSTANDING, reason="")
    share_with_leader(actor=actor, statement=dialogue.statements.get(), shared=True)
    a_dialogue(engagement, adviser, official_record="")
    successor = an_account("佐野 恵", organisation=chamber)
    hand_over(actor=actor, engagement=engagement, successor=successor, reason="異動", message="議事録から。")
    return dialogue


def _behind_the_back(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_story_told_through_the_program_is_sound(dialogue):
    outcome = verify()
    assert outcome.is_sound, outcome.findings
    assert outcome.entries > 8
    assert outcome.rows > 6


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE businesses_business SET name = 'よその会社'", "changed"),
        ("UPDATE dialogues_statement SET text = '言っていない言葉'", "changed"),
        ("UPDATE dialogues_officialrecord SET text = '言っていない記録'", "changed"),
        ("DELETE FROM dialogues_hypothesis", "changed"),
        ("UPDATE engagements_handover SET message = '書いていない申し送り'", "changed"),
        ("UPDATE audit_auditentry SET verb = 'nothing' WHERE position = 2", "altered"),
        ("UPDATE audit_auditentry SET details = '{}' WHERE position = 2", "altered"),
        ("DELETE FROM audit_auditentry WHERE position = 2", "missing"),
        ("DELETE FROM audit_auditentry WHERE id = (SELECT max(id) FROM audit_auditentry)", "truncated"),
        ("UPDATE audit_audithead SET position = position - 1", "truncated"),
    ],
)
def test_a_change_behind_the_programs_back_is_found(dialogue, sql, kind):
    _behind_the_back(sql)
    assert kind in {finding.kind for finding in verify().findings}


def test_a_withdrawn_dialogue_stays_in_the_trail(dialogue):
    withdraw_dialogue(actor=actor_for(dialogue.written_by), dialogue=dialogue, why="同じ記録が二つあるため")
    assert verify().is_sound


def test_an_entry_cannot_be_rewritten_or_removed(dialogue):
    entry = AuditEntry.objects.order_by("id")[0]
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.all().delete()


def test_no_private_words_stand_in_the_trail(dialogue):
    told = str(list(AuditEntry.objects.values_list("details", flat=True)))
    for words in ("段取りの話", "誰にも渡してなかった", "先代の死後", "段取りの現状"):
        assert words not in told
