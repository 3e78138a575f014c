"""Who takes part: joining and leaving on a date. The lead changes by 引継ぎ alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bansou.apps.engagements.models import Engagement, EngagementMember
from bansou.apps.engagements.operations import add_member, end_member
from bansou.apps.engagements.policies import access_engagement
from bansou.domain.access import Capability, NotVisible
from bansou.domain.method import TeamRole
from bansou.domain.shared import Refusal
from bansou.infra.http import ActorRequest
from bansou.infra.submissions.keeping import form_input

from .course import team_of
from .forms import FirmMemberForm, LeavingForm, SupportMemberForm, show_refusal


@require_http_methods(["GET", "POST"])
def team(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """The team as it stands, and somebody new for the support side."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    initial = {"joined_on": timezone.localdate(), "role": TeamRole.EXPERT.value}
    form = SupportMemberForm(engagement=engagement, **form_input(request, initial=initial))
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            member = add_member(
                actor=request.actor,
                engagement=engagement,
                role=entered["role"],
                joined_on=entered["joined_on"],
                account=entered["account"],
            )
        except Refusal as refusal:
            show_refusal(form, refusal, member="email" if entered["email"] else "account")
        else:
            return _joined(request, engagement, member)
    return _page(request, engagement, support=form)


@require_http_methods(["GET", "POST"])
def firm_team(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Somebody of the firm joins the project team. The same page, the other form."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    form = FirmMemberForm(
        engagement=engagement, **form_input(request, initial={"joined_on": timezone.localdate()})
    )
    if request.method == "POST" and form.is_valid():
        try:
            member = add_member(
                actor=request.actor,
                engagement=engagement,
                role=TeamRole.FIRM_MEMBER,
                joined_on=form.cleaned_data["joined_on"],
                person=form.cleaned_data["person"],
            )
        except Refusal as refusal:
            show_refusal(form, refusal, member="person")
        else:
            return _joined(request, engagement, member)
    return _page(request, engagement, firm=form)


def _joined(request: ActorRequest, engagement: Engagement, member: EngagementMember) -> HttpResponse:
    messages.success(request, f"{member.account or member.person}さんがチームに加わりました。")
    return redirect("engagement-team", engagement.public_id)


def _page(
    request: ActorRequest,
    engagement: Engagement,
    support: SupportMemberForm | None = None,
    firm: FirmMemberForm | None = None,
) -> HttpResponse:
    today = {"joined_on": timezone.localdate()}
    expert = today | {"role": TeamRole.EXPERT.value}
    context = {
        "engagement": engagement,
        "business": engagement.business,
        "team": team_of(engagement),
        "former": engagement.members.filter(left_on__isnull=False)
        .select_related("account", "person")
        .order_by("-left_on", "-pk"),
        "support": support or SupportMemberForm(engagement=engagement, initial=expert),
        "firm": firm or FirmMemberForm(engagement=engagement, initial=today),
    }
    return render(request, "engagements/team.html", context)


@require_http_methods(["GET", "POST"])
def team_leave(request: ActorRequest, engagement_id: str, member_id: str) -> HttpResponse:
    """Somebody leaves the team on a day; what they wrote stays."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    member = (
        engagement.members.filter(public_id=member_id, left_on__isnull=True)
        .select_related("account", "person", "engagement__organisation", "engagement__business")
        .first()
    )
    if member is None:
        raise NotVisible
    form = LeavingForm(**form_input(request, initial={"left_on": timezone.localdate()}))
    if request.method == "POST" and form.is_valid():
        try:
            end_member(actor=request.actor, member=member, left_on=form.cleaned_data["left_on"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"{member.account or member.person}さんがチームから外れました。")
            own = member.account_id == request.actor.account_key
            return (
                redirect("karte", engagement.business.public_id)
                if own
                else redirect("engagement-team", engagement.public_id)
            )
    context = {"engagement": engagement, "business": engagement.business, "member": member, "form": form}
    return render(request, "engagements/team_leave.html", context)
