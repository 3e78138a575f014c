"""The method's texts as they stand today: the package's own, with the 事務局's newest wording over them."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from bansou.apps.audit.operations import Verb, record
from bansou.domain.access import Actor
from bansou.domain.method import (
    LIST_FIELDS,
    Audience,
    BusinessSize,
    Guidance,
    Step,
    StepGuidance,
    StepText,
    load_guidance,
    plan_guidance_edit,
)
from bansou.domain.shared import Refusal, Refusals
from bansou.infra.db import EditedMeanwhile

from .models import Engagement, GuidanceRevision

GUIDANCE_REVISED = Verb("guidance_revised", "手引きを改めました")


def current_guidance() -> Guidance:
    """One query; revisions are few."""
    edits: dict[tuple[Step, Audience], StepText] = {}
    for revision in GuidanceRevision.objects.order_by("version"):
        edits[Step(revision.step), Audience(revision.audience)] = text_of(revision)
    return load_guidance().with_edits(edits)


def text_of(revision: GuidanceRevision) -> StepText:
    return StepText(
        purpose=revision.purpose,
        desirable=tuple(revision.desirable),
        avoid=tuple(revision.avoid),
        record=tuple(revision.record),
        questions=tuple(revision.questions),
        tools=tuple(revision.tools),
    )


def guidance_for(engagement: Engagement, step: Step | None = None) -> StepGuidance:
    """What the method says to this business at a step, by default the present one."""
    business = engagement.business
    return current_guidance().for_step(
        step or engagement.step_now, BusinessSize(business.size), succession=business.succession
    )


@transaction.atomic
def revise_guidance(
    *,
    actor: Actor,
    step: Step,
    audience: Audience,
    wording: Mapping[str, str],
    based_on: int,
    reason: str,
) -> GuidanceRevision:
    """The 事務局 rewrites one step for one audience; earlier wordings stay.

    `wording` holds the text areas of `plan_guidance_edit`; `based_on` is the version it started from (0: the
    text as shipped). EditedMeanwhile when a newer version stands.
    """
    text = plan_guidance_edit(**wording, audience=audience)
    refusals = text if isinstance(text, list) else []
    if not reason.strip():
        refusals.append(Refusal("reason_required", "変更の理由を書いてください。", "reason"))
    if isinstance(text, list) or refusals:
        raise Refusals(refusals)
    newest = GuidanceRevision.objects.filter(step=step, audience=audience).order_by("-version")
    latest = newest.first()
    if latest is not None and latest.version != based_on:
        raise EditedMeanwhile(latest)
    revision = GuidanceRevision(
        step=step,
        audience=audience,
        version=latest.version + 1 if latest else 1,
        purpose=text.purpose,
        **{name: list(getattr(text, name)) for name in LIST_FIELDS},
        reason=reason.strip(),
        edited_by_id=actor.account_key,
    )
    try:
        with transaction.atomic():
            revision.save()
    except IntegrityError as error:
        # Two people at the same moment: the other one was first.
        raise EditedMeanwhile(newest.get(version=revision.version)) from error
    record(actor=actor, verb=GUIDANCE_REVISED, subject=revision, why=reason)
    return revision
