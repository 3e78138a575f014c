"""One's own account: name, ways of signing in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bansou.infra.http import ActorRequest


@require_safe
def account(request: ActorRequest) -> HttpResponse:
    return render(request, "account/overview.html")
