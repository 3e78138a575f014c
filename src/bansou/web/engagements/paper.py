"""The カルテ on paper (reporting.md §2): what was done, by date and step. Never a hypothesis."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bansou.apps.businesses.policies import access_business
from bansou.apps.dialogues.models import Promise, PromiseSide
from bansou.apps.engagements.models import Engagement
from bansou.domain.access import Actor, Capability
from bansou.domain.method import CadencePreset
from bansou.infra.documents import Drawing, render_pdf
from bansou.infra.http import ActorRequest
from bansou.ui.pictures.journey import journey_svg

from .entries import Entry
from .history import Line, course_of
from .journey import journey_of
from .karte import note_reading
from .particulars import (
    chips_of,
    engagements_of,
    facts_of,
    months_together,
    people_of,
    standing_of,
    team_of,
)
from .timeline import Filter, timeline_of
from .words import leader_words_newest_first

# A thick paper helps nobody; what is older stays readable on the page.
_ENTRIES, _WORDS, _PROMISES = 150, 6, 40


@require_safe
def karte_pdf(request: ActorRequest, business_id: str) -> HttpResponse:
    """The カルテ as a file. Taking it out leaves a line in the reading log, whoever does it."""
    actor, today = request.actor, timezone.localdate()
    business = access_business(actor, business_id, Capability.SEE_KARTE)
    engagements = engagements_of(business, actor)
    content: dict[str, object] = {
        "business": business.name,
        "kana": business.kana,
        "chips": chips_of(business),
        "head": f"{business.organisation.name}・{day_of(today)} 印刷",
        "foot": f"取扱注意・印刷した人 {actor.label}",
        "facts": facts_of(business),
        "people": [
            [person.name, person.title or "", person.get_viewpoint_display()]
            for person in people_of(business)
        ],
        "engagement": None,
    }
    if engagements:
        content |= _course_content(actor, engagements, today)
    note_reading(actor, business, "カルテのPDF")
    return download(
        render_pdf("web/engagements/documents/karte.typ", content), f"カルテ_{business.name}", today
    )


def _course_content(actor: Actor, engagements: Sequence[Engagement], today: date) -> dict[str, object]:
    present = engagements[0]
    on_team = present.pk in actor.teams
    course = course_of(engagements, actor)
    timeline = timeline_of(engagements, course, actor, Filter(), limit=_ENTRIES)
    picture = journey_of(present, course, on_team=on_team)
    return {
        "engagement": _frame(present, course, today),
        "picture": Drawing(journey_svg(picture)),
        "picture_about": picture.description,
        "picture_note": picture.note,
        "on_team": on_team,
        "words": _words(actor, engagements) if on_team else [],
        "promises": _promises(actor, present) if on_team else [],
        "team": [[member.name, member.role, day_of(member.since)] for member in team_of(present, course)],
        "course": [_row(entry) for entry in timeline.entries],
        "is_cut": bool(timeline.older_url),
    }


def _frame(engagement: Engagement, course: Sequence[Line], today: date) -> list[list[str]]:
    standing = standing_of(engagement, course)
    rows = [
        ["支援機関", engagement.organisation.name],
        ["開始", f"{day_of(engagement.started_on)}（{months_together(engagement, today)}）"],
        ["状態", engagement.get_status_display()],
        ["いまのステップ", f"{engagement.step_now.mark} {engagement.step_now.label}"],
        ["支援の濃淡", engagement.get_intensity_display()],
        ["支援の間隔", CadencePreset(engagement.cadence).label],
        ["きっかけ", engagement.how_it_began],
        ["見極め", f"{standing.verdict.label}（{day_of(standing.day)}）" if standing else ""],
        ["もう一度見る日", day_of(engagement.reassess_on) if engagement.reassess_on else ""],
    ]
    return [row for row in rows if row[1]]


def _words(actor: Actor, engagements: Sequence[Engagement]) -> list[dict[str, str]]:
    words = leader_words_newest_first(actor, engagements).select_related("statement", "dialogue")
    return [
        {
            "text": excerpt.words,
            "by": f"{day_of(excerpt.dialogue.held_on)}・第{excerpt.dialogue.number}回の対話",
        }
        for excerpt in words[:_WORDS]
    ]


def _promises(actor: Actor, engagement: Engagement) -> list[list[str]]:
    """Open ones first, then the kept ones from the latest on."""
    found = (
        Promise.objects.visible_to(actor)
        .filter(dialogue__engagement=engagement, dialogue__withdrawn_at__isnull=True)
        .order_by("-pk")[:_PROMISES]
    )
    ordered = sorted(found, key=lambda p: (p.kept_at is not None, p.due_on or date.max))
    return [
        [
            PromiseSide(promise.side).label + (f"・{promise.who}" if promise.who else ""),
            promise.text,
            day_of(promise.due_on) if promise.due_on else "",
            f"果たした（{day_of(timezone.localdate(promise.kept_at))}）" if promise.kept_at else "これから",
        ]
        for promise in ordered
    ]


def _row(entry: Entry) -> dict[str, str]:
    return {
        "when": f"{entry.day.year}.{entry.day.month}.{entry.day.day}",
        "step": entry.step.mark if entry.step else "",
        "title": f"{entry.kind}　{entry.heading}",
        "note": entry.note,
        "text": entry.words,
    }


def day_of(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def download(pdf: bytes, title: str, on: date) -> HttpResponse:
    """A PDF to be saved, under a Japanese name; never shown inside the page."""
    name = "".join("_" if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in title)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"{name}_{on:%Y%m%d}.pdf") or ""
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
