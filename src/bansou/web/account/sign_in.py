"""The page of sign-in: why somebody was led here, which ways are open, and who lives in the demo."""

from collections.abc import Mapping
from typing import Any

from allauth.account.views import LoginView
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bansou.apps.accounts.models import Account

from .hosts import is_own_machine, passkeys_usable

DEMO_ACCOUNTS: Mapping[str, str] = {
    "shien@demo.example": "商工会議所の経営指導員",
    "kanri@demo.example": "同じ商工会議所の管理者",
    "yorozu@demo.example": "よろず支援拠点のコーディネーター",
    "jimukyoku@demo.example": "事務局",
    "shacho@demo.example": "経営者（自社のページを見る人）",
    "tasha@demo.example": "ほかの支援機関の経営指導員",
}


class SignInView(LoginView):
    def get_initial(self) -> dict[str, Any]:
        chosen = self.request.GET.get("as", "")
        return {"login": chosen} if chosen in DEMO_ACCOUNTS else {}

    def form_invalid(self, form: Any) -> HttpResponse:
        if form.has_error("__all__", "too_many_login_attempts"):
            return respond_429(self.request)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "led_here": bool(self.get_next_url()),
            "is_kept": self.request.GET.get("kept") == "1",
            "demo_accounts": demo_accounts(self.request),
            "passkeys_usable": passkeys_usable(self.request),
        }


def demo_accounts(request: HttpRequest) -> list[tuple[str, str]]:
    """Address and role of each demo account; nothing unless they are loaded and this is one's own machine."""
    if not settings.DEMO or not is_own_machine(request):
        return []
    present = set(
        Account.objects.filter(email__in=DEMO_ACCOUNTS, is_active=True).values_list("email", flat=True)
    )
    if "shien@demo.example" not in present:
        return []
    return [(email, role) for email, role in DEMO_ACCOUNTS.items() if email in present]
