"""Writing and mending a dialogue: who wrote what stays true, and what was kept stays kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.businesses.operations import save_person
from bansou.apps.dialogues.importing import keep_upload, take_in_upload
from bansou.apps.dialogues.models import DialogueSession, PromiseSide, SpeakerSide
from bansou.apps.dialogues.operations import (
    DialogueEntry,
    PromiseInput,
    Speaker,
    revise_dialogue,
    settle_promise,
    withdraw_dialogue,
    write_dialogue,
)
from bansou.apps.dialogues.words import keep_words, share_with_leader
from bansou.apps.engagements.operations import change_status
from bansou.apps.engagements.policies import actor_for
from bansou.domain.method import EngagementStatus, Viewpoint
from bansou.domain.shared import Refusal
from bansou.infra.db import EditedMeanwhile
from tests.support.factories import a_business, a_dialogue, an_account, an_engagement, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser():
    return an_account(organisation=an_organisation())


@pytest.fixture
def dialogue(adviser):
    organisation = adviser.memberships.get().organisation
    engagement = an_engagement(a_business(organisation), adviser)
    return a_dialogue(engagement, adviser, promises=[PromiseInput(PromiseSide.FIRM, "表を作る")])


def revised(dialogue, by, **changes):
    standing = {
        "held_on": dialogue.held_on,
        "method": dialogue.method,
        "note": "段取りの話が中心だった。",
        "leader_words": ["それを誰にも渡してなかった。"],
        "official_record": "段取りの現状を聴いた。",
        "hypothesis": "先代の死後、誰も決めていないのではないか。",
        "promises": [PromiseInput(PromiseSide.FIRM, "表を作る")],
    }
    entry = DialogueEntry(**{**standing, **changes})
    revise_dialogue(actor=actor_for(by), dialogue=dialogue, revision=dialogue.revision, meeting=entry)
    return DialogueSession.objects.get(pk=dialogue.pk)


def test_words_left_as_they_were_keep_their_author(dialogue, adviser):
    other = an_account("田中 花")
    changed = revised(dialogue, other, hypothesis="任せたいのではないか。")
    assert changed.official_record.written_by == adviser
    assert changed.hypotheses.get().written_by == other


def test_an_emptied_layer_disappears(dialogue, adviser):
    changed = revised(dialogue, adviser, official_record="", hypothesis=" ", leader_words=[])
    assert not hasattr(changed, "official_record")
    assert not changed.hypotheses.exists()
    assert not changed.statements.exists()


def test_a_promise_that_stays_is_the_same_promise_and_a_kept_one_is_left_alone(dialogue, adviser):
    promise = dialogue.promises.get()
    settle_promise(actor=actor_for(adviser), promise=promise, kept=True)
    changed = revised(dialogue, adviser, promises=[PromiseInput(PromiseSide.SUPPORT, "見本を送る", "佐野")])
    sent = changed.promises.get(text="見本を送る")
    again = revised(changed, adviser, promises=[PromiseInput(PromiseSide.SUPPORT, "見本を送る", "森下")])
    assert again.promises.get(pk=sent.pk).who == "森下"
    assert again.promises.get(pk=promise.pk).kept_at is not None


def test_the_slower_of_two_is_told(dialogue, adviser):
    revised(dialogue, adviser, note="先の人の文")
    with pytest.raises(EditedMeanwhile):
        revised(dialogue, adviser, note="あとの人の文")


def test_a_record_without_words_is_refused(dialogue, adviser):
    bare = DialogueEntry(held_on=dialogue.held_on, method=dialogue.method, leader_words=[" "])
    with pytest.raises(Refusal, match="ひとことでも"):
        write_dialogue(actor=actor_for(adviser), engagement=dialogue.engagement, meeting=bare)
    assert DialogueSession.objects.count() == 1


def test_a_withdrawn_record_changes_no_more(dialogue, adviser):
    actor, statement, promise = actor_for(adviser), dialogue.statements.get(), dialogue.promises.get()
    withdraw_dialogue(actor=actor, dialogue=dialogue, why="別の事業者でした")
    statement.dialogue = promise.dialogue = dialogue
    for act in (
        lambda: keep_words(actor=actor, statement=statement, start=0, end=2),
        lambda: share_with_leader(actor=actor, statement=statement, shared=True),
        lambda: settle_promise(actor=actor, promise=promise, kept=True),
        lambda: revised(dialogue, adviser),
    ):
        with pytest.raises(Refusal, match="取り下げた記録"):
            act()


def test_every_word_of_a_search_has_to_stand_in_a_layer_one_may_read(dialogue, adviser):
    def found(words, by=adviser):
        return list(DialogueSession.objects.speaking_of(words, actor_for(by)))

    assert found("段取り　渡してなかった") == [dialogue]
    assert found("現状 段取り") == [dialogue]
    assert found("段取り 値上げ") == []
    assert found("現状", by=an_account(organisation=an_organisation())) == []


def a_transcript(dialogue, adviser):
    upload, _ = keep_upload(
        actor=actor_for(adviser),
        engagement=dialogue.engagement,
        filename="話.txt",
        content="佐野：はい。\n港：ええ。\n佐野：では。\n港：どうも。".encode(),
    )

    def take_in():
        return take_in_upload(
            actor=actor_for(adviser),
            upload=upload,
            meeting=DialogueEntry(held_on=dialogue.held_on, method=dialogue.method),
            speakers={"佐野": Speaker(SpeakerSide.SUPPORTER), "港": Speaker(SpeakerSide.UNKNOWN)},
        )

    return take_in


def test_a_closed_engagement_takes_no_new_dialogue(dialogue, adviser):
    take_in = a_transcript(dialogue, adviser)
    change_status(
        actor=actor_for(adviser),
        engagement=dialogue.engagement,
        target=EngagementStatus.CLOSED,
        reason="目標に届きました",
    )
    for write in (take_in, lambda: a_dialogue(dialogue.engagement, adviser)):
        with pytest.raises(Refusal, match="再開してから"):
            write()
    assert DialogueSession.objects.count() == 1


def test_a_file_is_taken_in_once(dialogue, adviser):
    take_in = a_transcript(dialogue, adviser)
    assert take_in().number == 2
    with pytest.raises(Refusal, match="すでに取り込まれた"):
        take_in()
    assert DialogueSession.objects.count() == 2


def test_words_belong_to_the_leader_who_was_there_and_else_to_nobody_of_two(dialogue, adviser):
    actor, engagement = actor_for(adviser), dialogue.engagement
    first = engagement.business.people.get()
    assert dialogue.statements.get().person == first
    second = BusinessPerson(business=engagement.business, name="港 光", viewpoint=Viewpoint.LEADER)
    save_person(actor=actor, business=engagement.business, person=second)
    assert a_dialogue(engagement, adviser, people=[second]).statements.get().person == second
    nobodys = a_dialogue(engagement, adviser).statements.get()
    assert nobodys.person is None
    with pytest.raises(Refusal, match="どの経営者の言葉か"):
        share_with_leader(actor=actor, statement=nobodys, shared=True)
    share_with_leader(actor=actor, statement=dialogue.statements.get(), shared=True)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (lambda: {"held_on": timezone.localdate() + timedelta(days=1)}, "まだ来ていない日付"),
        (lambda: {"held_on": date(1949, 12, 31)}, "年を確かめて"),
        (
            lambda: {"next_dialogue_at": datetime(2026, 6, 17, 1, tzinfo=UTC)},
            "この対話より前",
        ),
    ],
    ids=["future", "too early", "next before"],
)
def test_dates_that_cannot_be_are_refused_when_writing_and_when_revising(dialogue, adviser, facts, sentence):
    with pytest.raises(Refusal, match=sentence):
        a_dialogue(dialogue.engagement, adviser, **facts())
    with pytest.raises(Refusal, match=sentence):
        revised(dialogue, adviser, **facts())


def test_a_changed_date_of_the_next_dialogue_is_a_new_revision_of_the_engagement(dialogue, adviser):
    engagement = dialogue.engagement
    engagement.refresh_from_db()
    before = engagement.revision
    a_dialogue(engagement, adviser)
    engagement.refresh_from_db()
    assert engagement.revision == before
    a_dialogue(engagement, adviser, next_dialogue_at=timezone.now() + timedelta(days=14))
    engagement.refresh_from_db()
    assert engagement.revision == before + 1
