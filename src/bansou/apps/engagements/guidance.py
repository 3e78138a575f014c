"""The method's texts as they stand today: the package's own, with the 事務局's newest wording over them."""

from bansou.domain.method import Audience, BusinessSize, Guidance, Step, StepGuidance, StepText, load_guidance

from .models import Engagement, GuidanceRevision


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
