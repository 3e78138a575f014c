"""Business verbs of a dialogue: write it down, bring a transcript, withdraw. Of single words: words.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.audit.operations import Verb, record
from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.engagements.models import Engagement
from bansou.domain.access import Actor
from bansou.domain.japanese import search_key
from bansou.domain.listening import Turn
from bansou.domain.method import Viewpoint
from bansou.domain.shared import Refusal
from bansou.infra.db import lock_revision

from .models import (
    ContactMethod,
    DialogueNote,
    DialogueParticipant,
    DialogueSession,
    DialogueSource,
    Excerpt,
    Hypothesis,
    OfficialRecord,
    Promise,
    PromiseSide,
    SpeakerSide,
    Statement,
)

WRITTEN = Verb("dialogue_written", "対話を記録しました")
BROUGHT_IN = Verb("transcript_imported", "文字起こしを取り込みました")
REVISED = Verb("dialogue_revised", "対話の記録を直しました")
WITHDRAWN = Verb("dialogue_withdrawn", "対話の記録を取り下げました")
PROMISE_KEPT = Verb("promise_kept", "約束を果たしました")
PROMISE_REOPENED = Verb("promise_reopened", "約束を未了に戻しました")

_EARLIEST_YEAR = 1950


@dataclass(frozen=True)
class PromiseInput:
    side: PromiseSide
    text: str
    who: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class DialogueEntry:
    """The facts of one meeting and the words of each layer, as a form gives them."""

    held_on: date
    method: ContactMethod
    started_at: time | None = None
    place: str = ""
    title: str = ""
    minutes_preparation: int | None = None
    minutes_talk: int | None = None
    minutes_travel: int | None = None
    people: Sequence[BusinessPerson] = ()
    accounts: Sequence[Account] = ()
    other_names: Sequence[str] = ()
    note: str = ""
    leader_words: Sequence[str] = ()
    official_record: str = ""
    hypothesis: str = ""
    promises: Sequence[PromiseInput] = ()
    next_dialogue_at: datetime | None = None


@dataclass(frozen=True)
class Speaker:
    """Who a name in a transcript is."""

    side: SpeakerSide
    person: BusinessPerson | None = None
    account: Account | None = None
    viewpoint: str = field(default="")


@transaction.atomic
def write_dialogue(*, actor: Actor, engagement: Engagement, meeting: DialogueEntry) -> DialogueSession:
    """Record a meeting from a note. Refuses one without a word in any layer, and a closed engagement."""
    _refuse_impossible_dates(meeting)
    _refuse_without_words(meeting)
    dialogue = _new_dialogue(actor, engagement, meeting, DialogueSource.NOTE, "")
    _write_layers(actor, dialogue, meeting)
    note_in_trail(actor, WRITTEN, dialogue)
    return dialogue


@transaction.atomic
def bring_in_transcript(
    *,
    actor: Actor,
    engagement: Engagement,
    meeting: DialogueEntry,
    turns: Sequence[Turn],
    speakers: dict[str, Speaker],
    filename: str,
) -> DialogueSession:
    """Record a meeting from a transcript whose speakers a person has named. Not for a closed engagement."""
    _refuse_impossible_dates(meeting)
    if not any(speaker.side == SpeakerSide.SUPPORTER for speaker in speakers.values()):
        raise Refusal("supporter_required", "支援者がだれかを、少なくとも一人選んでください。")
    dialogue = _new_dialogue(actor, engagement, meeting, DialogueSource.TRANSCRIPT, filename)
    nobody = Speaker(SpeakerSide.UNKNOWN)
    Statement.objects.bulk_create(
        [_statement(dialogue, turn, speakers.get(turn.speaker, nobody)) for turn in turns], batch_size=500
    )
    _write_layers(actor, dialogue, meeting)
    note_in_trail(actor, BROUGHT_IN, dialogue, changes={"発言の数": ("", len(turns))})
    return dialogue


@transaction.atomic
def revise_dialogue(
    *, actor: Actor, dialogue: DialogueSession, revision: int, meeting: DialogueEntry
) -> DialogueSession:
    """Save a changed record that was opened at `revision`. EditedMeanwhile when somebody was faster."""
    _refuse_impossible_dates(meeting)
    # The engagement first, as everywhere, so that two writers never wait for each other.
    engagement = _locked(dialogue.engagement)
    current = lock_revision(dialogue, revision)
    if current.is_withdrawn:
        raise Refusal("withdrawn", "取り下げた記録は直せません。")
    if current.source == DialogueSource.NOTE:
        _refuse_without_words(meeting)
    for name in _FACTS:
        setattr(current, name, getattr(meeting, name))
    current.revision = revision + 1
    current.save()
    current.participants.all().delete()
    _write_participants(current, meeting)
    _write_layers(actor, current, meeting)
    note_in_trail(actor, REVISED, current)
    _keep_course(actor, engagement, meeting)
    return current


_FACTS = (
    "held_on",
    "started_at",
    "method",
    "place",
    "title",
    "minutes_preparation",
    "minutes_talk",
    "minutes_travel",
)


def _new_dialogue(
    actor: Actor, engagement: Engagement, meeting: DialogueEntry, source: DialogueSource, source_name: str
) -> DialogueSession:
    # The lock makes the number of the meeting unique without a retry.
    engagement = _locked(engagement)
    if not engagement.is_open:
        raise Refusal(
            "engagement_closed",
            "終了した伴走支援には、新しい対話を記録できません。再開してから記録してください。",
        )
    last = engagement.dialogues.aggregate(last=Max("number"))["last"] or 0
    dialogue = DialogueSession.objects.create(
        engagement=engagement,
        number=last + 1,
        step=engagement.step,
        source=source,
        source_name=source_name,
        written_by_id=actor.signed_in_key,
        **{name: getattr(meeting, name) for name in _FACTS},
    )
    _write_participants(dialogue, meeting)
    _keep_course(actor, engagement, meeting)
    return dialogue


def _locked(engagement: Engagement) -> Engagement:
    return Engagement.objects.select_for_update().get(pk=engagement.pk)


def _keep_course(actor: Actor, engagement: Engagement, meeting: DialogueEntry) -> None:
    """The engagement, locked by the caller, remembers its last dialogue; a date that has passed gives way.

    A changed date is a new revision: a form of the engagement opened earlier must not overwrite it unseen.
    """
    newest = engagement.dialogues.standing().aggregate(newest=Max("held_on"))["newest"]
    engagement.last_dialogue_on = newest
    agreed = engagement.next_dialogue_at
    if meeting.next_dialogue_at is not None:
        engagement.next_dialogue_at = meeting.next_dialogue_at
    elif agreed is not None and newest is not None and timezone.localdate(agreed) <= newest:
        engagement.next_dialogue_at = None
    if engagement.next_dialogue_at != agreed:
        engagement.revision += 1
    engagement.save(update_fields=["last_dialogue_on", "next_dialogue_at", "revision"])
    record(
        actor=actor,
        verb=WRITTEN,
        subject=engagement,
        organisation_id=engagement.organisation.public_id,
        changes={"最後の対話": ("", newest)},
    )


def _write_participants(dialogue: DialogueSession, meeting: DialogueEntry) -> None:
    there = [DialogueParticipant(dialogue=dialogue, person=person) for person in meeting.people]
    there += [DialogueParticipant(dialogue=dialogue, account=account) for account in meeting.accounts]
    there += [DialogueParticipant(dialogue=dialogue, name=name) for name in meeting.other_names]
    DialogueParticipant.objects.bulk_create(there)


def _write_layers(actor: Actor, dialogue: DialogueSession, meeting: DialogueEntry) -> None:
    """Each layer into its own table; an emptied layer disappears."""
    DialogueNote.objects.update_or_create(
        dialogue=dialogue, defaults={"text": meeting.note, "search_text": search_key(meeting.note)}
    )
    _write_signed(OfficialRecord, actor, dialogue, meeting.official_record.strip())
    _write_signed(Hypothesis, actor, dialogue, meeting.hypothesis.strip())
    if dialogue.source == DialogueSource.NOTE:
        _write_leader_words(actor, dialogue, meeting.leader_words, meeting.people)
    _write_promises(dialogue, meeting.promises)


def _write_signed(
    layer: type[OfficialRecord] | type[Hypothesis], actor: Actor, dialogue: DialogueSession, text: str
) -> None:
    """A layer that names its author; words left as they were keep theirs."""
    standing = layer.objects.filter(dialogue=dialogue).first()
    if standing is not None and standing.text == text:
        return
    if not text:
        layer.objects.filter(dialogue=dialogue).delete()
        return
    written = standing or layer(dialogue=dialogue)
    written.text, written.written_by_id, written.written_at = text, actor.signed_in_key, timezone.now()
    written.save()


def _write_promises(dialogue: DialogueSession, promises: Iterable[PromiseInput]) -> None:
    """Promises already kept stay as they are; open ones become what the form says now."""
    wanted = {(promise.side.value, promise.text): promise for promise in promises}
    for standing in dialogue.promises.all():
        again = wanted.pop((standing.side, standing.text), None)
        if standing.kept_at is not None:
            continue
        if again is None:
            standing.delete()
        elif (standing.who, standing.due_on) != (again.who, again.due_on):
            standing.who, standing.due_on = again.who, again.due_on
            standing.save(update_fields=["who", "due_on"])
    Promise.objects.bulk_create(
        Promise(dialogue=dialogue, side=new.side, who=new.who, text=new.text, due_on=new.due_on)
        for new in wanted.values()
    )


def _speaking_leader(dialogue: DialogueSession, people: Sequence[BusinessPerson]) -> BusinessPerson | None:
    """The one 経営者 who was there, else the only one of the firm; of several nobody can say who spoke."""
    there = [person for person in people if person.viewpoint == Viewpoint.LEADER]
    if not there:
        firm = BusinessPerson.objects.current().filter(business=dialogue.engagement.business)
        there = list(firm.filter(viewpoint=Viewpoint.LEADER)[:2])
    return there[0] if len(there) == 1 else None


def _write_leader_words(
    actor: Actor, dialogue: DialogueSession, words: Sequence[str], people: Sequence[BusinessPerson]
) -> None:
    """Words typed beside a note become statements of the 経営者, each kept whole as an excerpt."""
    wanted = list(dict.fromkeys(line.strip() for line in words if line.strip()))
    standing = {statement.text: statement for statement in dialogue.statements.all()}
    try:
        dialogue.statements.exclude(text__in=wanted).delete()
    except ProtectedError as error:
        raise rests_on_words("leader_words") from error
    leader = _speaking_leader(dialogue, people)
    place = max((statement.index for statement in standing.values()), default=-1)
    for text in wanted:
        if text in standing:
            continue
        place += 1
        statement = Statement.objects.create(
            dialogue=dialogue,
            index=place,
            speaker=leader.name if leader else "経営者",
            side=SpeakerSide.FIRM,
            person=leader,
            viewpoint=Viewpoint.LEADER,
            text=text,
        )
        Excerpt.objects.create(
            dialogue=dialogue, statement=statement, start=0, end=len(text), marked_by_id=actor.signed_in_key
        )


def _statement(dialogue: DialogueSession, turn: Turn, speaker: Speaker) -> Statement:
    return Statement(
        dialogue=dialogue,
        index=turn.index,
        speaker=turn.speaker[:80],
        side=speaker.side,
        person=speaker.person,
        account=speaker.account,
        viewpoint=speaker.viewpoint or (speaker.person.viewpoint if speaker.person else ""),
        text=turn.text,
        search_text=search_key(turn.text),
        start_s=turn.start_s,
        end_s=turn.end_s,
    )


@transaction.atomic
def withdraw_dialogue(*, actor: Actor, dialogue: DialogueSession, why: str) -> None:
    """Mark a record as withdrawn; it stays readable with its reason (reporting.md §8)."""
    if not why.strip():
        raise Refusal("reason_required", "取り下げる理由を書いてください。", "why")
    engagement = _locked(dialogue.engagement)
    if DialogueSession.objects.filter(pk=dialogue.pk, withdrawn_at__isnull=False).exists():
        raise Refusal("withdrawn", "この記録は、すでに取り下げられています。")
    dialogue.withdrawn_at, dialogue.withdrawn_why = timezone.now(), why.strip()
    dialogue.save(update_fields=["withdrawn_at", "withdrawn_why"])
    note_in_trail(actor, WITHDRAWN, dialogue, why=why)
    engagement.last_dialogue_on = engagement.dialogues.standing().aggregate(newest=Max("held_on"))["newest"]
    engagement.save(update_fields=["last_dialogue_on"])
    record(
        actor=actor,
        verb=WITHDRAWN,
        subject=engagement,
        organisation_id=engagement.organisation.public_id,
        why=why,
    )


@transaction.atomic
def settle_promise(*, actor: Actor, promise: Promise, kept: bool, at: datetime | None = None) -> None:
    """Tick a promise off, or open it again. `at`: when it was kept, for a late entry."""
    refuse_withdrawn(promise.dialogue)
    now = timezone.now()
    promise.kept_at = min(at or now, now) if kept else None
    promise.save(update_fields=["kept_at"])
    note_in_trail(actor, PROMISE_KEPT if kept else PROMISE_REOPENED, promise.dialogue)


def _refuse_impossible_dates(meeting: DialogueEntry) -> None:
    if meeting.held_on > timezone.localdate():
        raise Refusal("held_in_future", "まだ来ていない日付です。対話をした日を入れてください。", "held_on")
    if meeting.held_on.year < _EARLIEST_YEAR:
        raise Refusal("held_too_early", "日付の年を確かめてください。", "held_on")
    following = meeting.next_dialogue_at
    if following is not None and timezone.localdate(following) < meeting.held_on:
        raise Refusal("next_before_held", "次の対話の日が、この対話より前になっています。", "next_on")


def _refuse_without_words(meeting: DialogueEntry) -> None:
    layers = (meeting.note, meeting.official_record, meeting.hypothesis, *meeting.leader_words)
    if not meeting.promises and not any(layer.strip() for layer in layers):
        raise Refusal("words_required", "対話のメモを、ひとことでも書いてください。", "note")


def rests_on_words(field: str | None = None) -> Refusal:
    """Words that another sheet quotes as its ground are not let go."""
    return Refusal(
        "words_in_use",
        "この言葉は、ほかのシートの欄のよりどころになっているため、外せません。先にその欄から外してください。",
        field,
    )


def refuse_withdrawn(dialogue: DialogueSession) -> None:
    if dialogue.is_withdrawn:
        raise Refusal("withdrawn", "取り下げた記録は変えられません。")


def note_in_trail(
    actor: Actor,
    verb: Verb,
    dialogue: DialogueSession,
    *,
    why: str = "",
    changes: dict[str, tuple[object, object]] | None = None,
) -> None:
    """Words of a layer never enter the trail: it is read by people who may not read them."""
    record(
        actor=actor,
        verb=verb,
        subject=dialogue,
        organisation_id=dialogue.engagement.organisation.public_id,
        why=why,
        changes=changes,
    )
