"""How sign-in behaves here: by invitation only, and in our words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse

from bansou.apps.accounts.models import Account

_OTHER_WAYS = {
    "reauthenticate": "パスワードで確かめる",
    "mfa_reauthenticate": "認証アプリか回復コードで確かめる",
    "mfa_reauthenticate:webauthn": "パスキーで確かめる",
}
_WRONG_CODE = (
    "コードが違います。認証アプリに出ているいまの6桁か、まだ使っていない回復コードを入力してください。"
)


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up alone; an invitation of an organisation opens an account."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "このアカウントは、いま使えません。機関の管理者にお知らせください。",
        "email_password_mismatch": "メールアドレスかパスワードが違います。もう一度ご確認ください。",
        "enter_current_password": "いまのパスワードが違います。",
        "incorrect_password": "パスワードが違います。",
        "invalid_password_reset": "このリンクは使えません。もう一度、再設定のメールをお送りください。",
        "too_many_login_attempts": "間違いが続いたため、いったん止めています。5分ほど待ってお試しください。",
        "rate_limited": "短い時間に何度も送られたため、いったん止めています。少し待ってからお試しください。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": _OTHER_WAYS[method["id"]]} for method in methods]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")


class SecondProof(DefaultMFAAdapter):
    """Authenticator apps, recovery codes and passkeys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "この認証の方法は外せません。",
        "cannot_generate_recovery_codes": "回復コードは、認証アプリかパスキーを設定してから作れます。",
        "incorrect_code": _WRONG_CODE,
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        existing = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"パスキー{existing + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Bansō"}


def display_name(account: Account) -> str:
    return str(account)
