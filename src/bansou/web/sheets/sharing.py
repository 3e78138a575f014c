"""Open the sheet on the 経営者's own page, or close it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.operations import open_to_leader
from bansou.apps.sheets.reading import sheet_of
from bansou.domain.access import Capability
from bansou.domain.shared import Refusal
from bansou.infra.http import ActorRequest

from .tabs import sheet_frame


@require_http_methods(["GET", "POST"])
def share(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """What the 経営者 will see, in plain words, and the switch (`opened` is 1 or 0)."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    if request.method == "POST":
        opened = request.POST.get("opened") == "1"
        try:
            open_to_leader(actor=request.actor, engagement=engagement, opened=opened)
        except Refusal as refused:
            messages.error(request, str(refused))
        else:
            words = "経営者のページに開きました。" if opened else "経営者のページから閉じました。"
            messages.success(request, words)
        return redirect("locaben-share", engagement.public_id)
    leaders = BusinessPerson.objects.current().filter(business=engagement.business, account__isnull=False)
    context = {
        "sheet": sheet_of(engagement),
        "leaders": list(leaders.order_by("pk")),
        **sheet_frame(engagement, "locaben-share", ("経営者のページに開く", "")),
    }
    return render(request, "sheets/share.html", context)
