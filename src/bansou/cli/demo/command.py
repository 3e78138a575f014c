"""`bansou demo`: load the stories once, into an empty database, where nobody from outside can come in."""

import argparse
import ipaddress
import os
import sys
from urllib.parse import urlparse

from django.conf import settings

from bansou.apps.accounts.models import Account
from bansou.apps.audit.models import AuditEntry
from bansou.cli.demo.people import PASSWORD, PEOPLE
from bansou.cli.demo.telling import tell

_LEADING = "shien@demo.example"


def run(given: argparse.Namespace) -> int:
    if is_loaded():
        print("デモデータは、もう入っています。")
        print(accounts_text())
        return 0
    if reason := why_not():
        print(reason, file=sys.stderr)
        return 1
    tell()
    print("架空のデモデータを入れました。")
    print(accounts_text())
    return 0


def load_once() -> bool:
    """Load the stories where that is allowed and they are not there yet; silent otherwise."""
    if why_not():
        return False
    tell()
    return True


def why_not() -> str:
    """Why the stories may not be loaded here, as a sentence; empty when they may."""
    if is_reachable_from_outside(os.environ.get("BANSOU_HOST", "127.0.0.1")):
        return (
            "デモデータは、この機械の中だけで開くとき（127.0.0.1）にしか入れられません。"
            "だれでも知っている合言葉で開けてしまうためです。"
        )
    if Account.objects.exists() or AuditEntry.objects.exists():
        return (
            "このデータベースには、もう記録が入っています。デモデータは、空のデータベースにだけ入れられます。"
        )
    return ""


def is_loaded() -> bool:
    return Account.objects.filter(email=_LEADING).exists()


def is_reachable_from_outside(host: str) -> bool:
    """Whether a server listening on `host`, or the address given out for it, is open to other machines."""
    return not is_loopback(settings.BASE_URL) or not _is_own_machine(host)


def is_loopback(url: str) -> bool:
    return _is_own_machine(urlparse(url).hostname or "")


def _is_own_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def accounts_text() -> str:
    lines = [f"    {key}@demo.example".ljust(28) + somebody.words for key, somebody in PEOPLE.items()]
    return "\n".join(["", f"  デモ用のアカウント（パスワードはどれも {PASSWORD}）", *lines, ""])
