"""`bansou found`: the first organisation of an installation, and the link that lets its 管理者 in."""

import argparse
import sys

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from bansou.apps.organisations.models import OrganisationKind, SupportOrganisation
from bansou.apps.organisations.operations import INVITATION_LASTS, invite, register_organisation
from bansou.domain.access import Actor, Role
from bansou.domain.shared import Refusal

HOW_TO_FOUND = (
    "まだ機関がありません。次のコマンドで最初の機関を登録し、表示される招待のリンクを開いてください。\n"
    "  bansou found --name 機関の名称 --kind chamber_of_commerce --administrator メールアドレス\n"
)


def run(given: argparse.Namespace) -> int:
    """Register the organisation and print one link for each role of the invited person."""
    try:
        links = found(name=given.name, kind=given.kind, email=given.administrator, person=given.person)
    except Refusal as refusal:
        print(refusal.message, file=sys.stderr)
        return 1
    print(f"{given.name.strip()}を登録しました。次のリンクを {given.administrator} の方に渡してください。")
    for role, link in links:
        print(f"  {role.label}: {link}")
    print(f"リンクは{INVITATION_LASTS.days}日間、一度だけ使えます。ここに表示されるのも、この一度だけです。")
    return 0


@transaction.atomic
def found(*, name: str, kind: str, email: str, person: str) -> list[tuple[Role, str]]:
    """Register and invite. Refuses an unknown kind, a name that is taken and what is no mail address."""
    name = name.strip()
    if kind not in OrganisationKind.values:
        known = "、".join(f"{value}（{label}）" for value, label in OrganisationKind.choices)
        raise Refusal("kind_unknown", f"種別「{kind}」はありません。次から選んでください: {known}")
    if not name or len(name) > 120:
        raise Refusal("name_unusable", "機関の名称は、1〜120文字で書いてください。")
    if SupportOrganisation.objects.filter(name=name).exists():
        raise Refusal("name_taken", f"「{name}」は、もう登録されています。")
    try:
        validate_email(email.strip())
    except ValidationError:
        raise Refusal("email_unreadable", f"「{email}」は、メールアドレスとして読めません。") from None
    by = Actor.program("bansou found")
    organisation = register_organisation(actor=by, name=name, kind=kind)
    links = []
    for role in _roles(organisation):
        _, token = invite(actor=by, organisation=organisation, email=email, role=role, name=person)
        links.append((role, settings.BASE_URL.rstrip("/") + reverse("invitation", args=[token])))
    return links


def nobody_is_here() -> bool:
    return not SupportOrganisation.objects.exists()


def _roles(organisation: SupportOrganisation) -> list[Role]:
    """The 事務局 edits the guidance as well as letting people in."""
    if organisation.kind == OrganisationKind.SECRETARIAT:
        return [Role.ADMINISTRATOR, Role.SECRETARIAT]
    return [Role.ADMINISTRATOR]
