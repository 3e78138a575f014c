"""Business verbs of an account."""

from django.db import transaction

from bansou.apps.audit.operations import Verb, record
from bansou.domain.access import Actor

from .models import Account

OPENED = Verb("account_opened", "アカウントを作りました")
RENAMED = Verb("account_renamed", "氏名を変えました")


@transaction.atomic
def open_account(*, actor: Actor, email: str, name: str, password: str | None, kana: str = "") -> Account:
    """Make an account. The address is kept in lower case; a second account for it is an IntegrityError."""
    account = Account.objects.create_user(email=email, password=password, name=name, kana=kana)
    record(actor=actor, verb=OPENED, subject=account)
    return account


@transaction.atomic
def rename(*, actor: Actor, account: Account, name: str, kana: str) -> Account:
    before = account.name
    account.name, account.kana = name, kana
    account.save(update_fields=["name", "kana"])
    record(actor=actor, verb=RENAMED, subject=account, changes={"氏名": (before, name)})
    return account
