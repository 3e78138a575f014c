"""What an invited person sees: a link, a name, a password, and in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bansou.apps.accounts.models import Account
from bansou.apps.engagements.leader_access import accept_leader_invitation, find_leader_invitation
from bansou.apps.organisations.operations import accept_invitation, find_invitation
from bansou.domain.access import Actor
from bansou.domain.shared import Refusal
from bansou.infra.http import ActorRequest

from .forms import JoinForm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: ActorRequest, token: str) -> HttpResponse:
    """Join an organisation."""
    found = find_invitation(token)
    if found is None:
        return render(request, "staff/invitation_closed.html", status=410)

    def accept(account: Account | None, form: JoinForm | None) -> Account:
        typed = form.cleaned_data if form else {}
        return accept_invitation(
            invitation=found,
            name=typed.get("name", ""),
            password=typed.get("password1"),
            account=account,
        )

    page = {
        "title": f"{found.organisation}に参加する",
        "organisation": found.organisation,
        "role": found.get_role_display(),
        "inviter": found.invited_by,
    }
    return _join(request, found.email, found.name, page, accept)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: ActorRequest, token: str) -> HttpResponse:
    """The 経営者 opens the own page of the firm."""
    found = find_leader_invitation(token)
    if found is None:
        return render(request, "staff/invitation_closed.html", status=410)

    def accept(account: Account | None, form: JoinForm | None) -> Account:
        return accept_leader_invitation(
            actor=Actor.program(f"{found.person.name}（招待リンク）"),
            invitation=found,
            password=form.cleaned_data["password1"] if form else "",
            account=account,
        )

    business = found.person.business
    page = {
        "title": f"{business}のページをひらく",
        "organisation": business.organisation,
        "business": business,
        "role": "経営者",
    }
    return _join(request, found.email, found.person.name, page, accept)


def _join(request: ActorRequest, email: str, name: str, page: dict[str, Any], accept: Any) -> HttpResponse:
    """One of four: join with one click, sign out first, sign in first, or open an account."""
    known = Account.objects.filter(email=email).first()
    signed_in = request.user.is_authenticated
    same_person = signed_in and known is not None and request.user.pk == known.pk
    form = None
    if known is None and not signed_in:
        form = JoinForm(request.POST or None, email=email, initial={"name": name})
    if request.method == "POST" and (same_person or (form is not None and form.is_valid())):
        try:
            account = accept(known if same_person else None, form)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect(request.path)
        if not signed_in:
            login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
        messages.success(request, "ようこそ。準備ができました。")
        return redirect("home")
    context = page | {
        "email": email,
        "form": form,
        "same_person": same_person,
        "other_person": signed_in and not same_person,
        "has_account": known is not None,
    }
    return render(request, "staff/join.html", context)
