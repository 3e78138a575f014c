"""Bring a transcript: choose the file, say who is who, and the dialogue stands."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bansou.apps.dialogues.importing import (
    day_in_filename,
    keep_upload,
    read_upload,
    take_in_upload,
    talk_minutes,
)
from bansou.apps.dialogues.models import ContactMethod, TranscriptUpload
from bansou.apps.dialogues.policies import access_upload
from bansou.apps.engagements.policies import access_engagement
from bansou.domain.access import Capability, NotVisible
from bansou.domain.listening import Transcript
from bansou.domain.listening.transcript import MAX_BYTES
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input

from .circle import circle_of
from .editing import refuse
from .forms import TranscriptForm
from .note import crumbs
from .speakers import SpeakersForm, heard, presets


@require_http_methods(["GET", "POST"])
def bring(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Take a file; whatever is wrong with it is said here and changes nothing."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    form = TranscriptForm(**form_input(request))
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload, _transcript = keep_upload(
                actor=request.actor,
                engagement=engagement,
                filename=file.name,
                content=file.read(MAX_BYTES + 1),
            )
        except (Refusal, Refusals) as refused:
            refuse(form, refused)
        else:
            return redirect("transcript-speakers", engagement.public_id, upload.public_id)
    page = {
        "form": form,
        "engagement": engagement,
        "business": engagement.business,
        "crumbs": [*crumbs(engagement), ("文字起こしを取り込む", "")],
    }
    return render(request, "dialogues/transcript.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def name_speakers(request: ActorRequest, engagement_id: str, upload_id: str) -> HttpResponse:
    """誰が支援者ですか: a person says it; the program only proposes."""
    actor = request.actor
    upload = access_upload(actor, upload_id)
    if upload.engagement.public_id != engagement_id:
        raise NotVisible
    transcript = read_upload(upload)
    circle = circle_of(upload.engagement, actor)
    preset = presets(transcript, circle)
    form = SpeakersForm(
        **form_input(request, initial=_first_values(upload, transcript) | preset),
        circle=circle,
        speakers=transcript.speakers,
        business=upload.engagement.business,
    )
    if form.is_bound and form.is_valid():
        try:
            dialogue = take_in_upload(
                actor=actor, upload=upload, meeting=form.meeting(), speakers=form.named_speakers()
            )
        except (Refusal, Refusals) as refused:
            refuse(form, refused)
        else:
            messages.success(request, f"文字起こしを、第{dialogue.number}回の対話として記録しました。")
            return redirect("dialogue", dialogue.public_id)
    page = {
        "form": form,
        "upload": upload,
        "transcript": transcript,
        "turn_count": len(transcript.turns),
        "speakers": [(part, *form.speaker_fields(place)) for place, part in enumerate(heard(transcript))],
        "engagement": upload.engagement,
        "business": upload.engagement.business,
        "crumbs": [*crumbs(upload.engagement), ("文字起こしを取り込む", "")],
    }
    return render(request, "dialogues/speakers.html", page, status=422 if form.errors else 200)


def _first_values(upload: TranscriptUpload, transcript: Transcript) -> dict[str, Any]:
    """The day in the file's name when it has come already, else today; a transcript is mostly made online."""
    today = timezone.localdate()
    day = day_in_filename(upload.filename)
    return {
        "held_on": day if day is not None and day <= today else today,
        "method": ContactMethod.ONLINE.value,
        "minutes_talk": talk_minutes(transcript.turns),
    }
