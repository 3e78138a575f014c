"""How sign-in behaves here: by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from bansou.apps.accounts.models import Account


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Nobody signs up alone; an invitation of an organisation opens an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def display_name(account: Account) -> str:
    return str(account)
