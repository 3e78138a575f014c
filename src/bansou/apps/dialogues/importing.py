"""A transcript file becomes a dialogue: kept between two screens, read, taken in, forgotten."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bansou.apps.businesses.operations import save_person
from bansou.apps.engagements.models import Engagement
from bansou.domain.access import Actor
from bansou.domain.listening import Transcript, Turn, read_transcript
from bansou.domain.shared import Refusal

from .models import DialogueSession, SpeakerSide, TranscriptUpload
from .operations import DialogueEntry, Speaker, bring_in_transcript

KEPT_FOR = timedelta(days=7)
MOST_SPEAKERS = 60
_LONGEST_TALK_MINUTES = 24 * 60


@transaction.atomic
def keep_upload(
    *, actor: Actor, engagement: Engagement, filename: str, content: bytes
) -> tuple[TranscriptUpload, Transcript]:
    """Keep a file until its speakers are named. Refuses what cannot be read as a dialogue.

    Not in the trail: nothing is recorded before somebody says who spoke.
    """
    name = "".join(letter for letter in filename if letter.isprintable())[-200:]
    transcript = _read(content, name)
    forget_old_uploads()
    upload = TranscriptUpload.objects.create(
        engagement=engagement, uploaded_by_id=actor.signed_in_key, filename=name, content=content
    )
    return upload, transcript


def read_upload(upload: TranscriptUpload) -> Transcript:
    return _read(bytes(upload.content), upload.filename)


def _read(content: bytes, filename: str) -> Transcript:
    transcript = read_transcript(content, filename)
    if len(transcript.speakers) > MOST_SPEAKERS:
        raise Refusal(
            "too_many_speakers",
            f"話した人が{len(transcript.speakers)}人分見つかりました。読み込めるのは{MOST_SPEAKERS}人までです。"
            "対話の文字起こしかどうか、確かめてください。",
            "file",
        )
    return transcript


@transaction.atomic
def take_in_upload(
    *, actor: Actor, upload: TranscriptUpload, meeting: DialogueEntry, speakers: dict[str, Speaker]
) -> DialogueSession:
    """Record the dialogue of a kept file whose speakers are known; the file is gone afterwards.

    People not yet saved become people of the business. Who spoke was there.
    """
    # Of two sendings at once the second waits here, and finds the file gone.
    if not TranscriptUpload.objects.select_for_update().filter(pk=upload.pk).exists():
        raise Refusal("upload_gone", "このファイルは、すでに取り込まれたか、期限が過ぎて消えています。")
    for speaker in speakers.values():
        if speaker.person is not None and speaker.person.pk is None:
            save_person(actor=actor, business=upload.engagement.business, person=speaker.person)
    dialogue = bring_in_transcript(
        actor=actor,
        engagement=upload.engagement,
        meeting=_with_speakers(meeting, speakers),
        turns=read_upload(upload).turns,
        speakers=speakers,
        filename=upload.filename,
    )
    upload.delete()
    return dialogue


def _with_speakers(meeting: DialogueEntry, speakers: dict[str, Speaker]) -> DialogueEntry:
    people = {s.person.pk: s.person for s in speakers.values() if s.person is not None}
    accounts = {s.account.pk: s.account for s in speakers.values() if s.account is not None}
    others = [
        name for name, s in speakers.items() if name and s.side == SpeakerSide.SUPPORTER and s.account is None
    ]
    return replace(
        meeting, people=list(people.values()), accounts=list(accounts.values()), other_names=others
    )


def forget_old_uploads() -> int:
    """Throw away files nobody came back for. Returns how many."""
    dropped, _ = TranscriptUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR).delete()
    return dropped


_ZOOM_GMT = re.compile(r"GMT(\d{8})-(\d{6})")
_DAY = re.compile(r"(?<!\d)(20\d{2})(?:(\d{2})(\d{2})|\s*[-_./年]\s*(\d{1,2})\s*[-_./月]\s*(\d{1,2}))(?!\d)")


def day_in_filename(filename: str) -> date | None:
    """The day a recording program or a person wrote into the name: 20261119, 2026-11-19, 2026年11月19日.

    Zoom writes the moment in GMT; it is turned into the local day.
    """
    if zoom := _ZOOM_GMT.search(filename):
        try:
            moment = datetime.strptime("".join(zoom.groups()), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return None
        return timezone.localdate(moment)
    if found := _DAY.search(filename):
        try:
            return date(*(int(part) for part in found.groups() if part))
        except ValueError:
            return None
    return None


def talk_minutes(turns: Sequence[Turn]) -> int | None:
    """Whole minutes up to the last time stamp, rounded up; None without time stamps."""
    stamps = [stamp for turn in turns for stamp in (turn.start_s, turn.end_s) if stamp is not None]
    last = max(stamps, default=0.0)
    return min(math.ceil(last / 60), _LONGEST_TALK_MINUTES) if last else None
