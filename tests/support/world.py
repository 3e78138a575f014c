"""One small world with everybody and everything in it, for the tables that ask each of them for each page."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.businesses.models import Site
from bansou.apps.businesses.operations import receive_list, save_site
from bansou.apps.dialogues.models import PromiseSide, TranscriptUpload
from bansou.apps.dialogues.operations import PromiseInput
from bansou.apps.engagements.handing_over import hand_over
from bansou.apps.engagements.operations import add_member, assess_suitability
from bansou.apps.engagements.policies import actor_for
from bansou.apps.organisations.operations import invite
from bansou.apps.sheets.files import keep_file
from bansou.domain.access import Role
from bansou.domain.method import Answer, Mark, SuitabilityItem, TeamRole
from tests.support.factories import (
    PROGRAM,
    a_benchmark,
    a_business,
    a_dialogue,
    a_leader,
    an_account,
    an_engagement,
    an_organisation,
)

PEOPLE = (
    "visitor",
    "lead",
    "colleague",
    "administrator",
    "recipient",
    "secretariat",
    "leader",
    "stranger",
)


@dataclass(frozen=True)
class World:
    """`people` by their place in the table; `values` fills the arguments of an address, by its name."""

    people: dict[str, Account | None]
    values: dict[str, Any]
    special: dict[str, dict[str, Any]]

    def arguments(self, name: str) -> dict[str, Any]:
        return self.values | self.special.get(name, {})


def a_world() -> World:
    chamber, elsewhere = an_organisation(), an_organisation()
    lead = an_account("佐野 恵", organisation=chamber)
    former = an_account("前任 薫", organisation=chamber)
    administrator = an_account("管野 学", organisation=chamber, roles=(Role.ADMINISTRATOR,))
    business = a_business(chamber)
    engagement = an_engagement(business, former)
    handover = hand_over(actor=PROGRAM, engagement=engagement, successor=lead, reason="異動")
    today = timezone.localdate()
    expert = an_account("小田切 徹", organisation=elsewhere)
    member = add_member(
        actor=PROGRAM, engagement=engagement, role=TeamRole.EXPERT, joined_on=today, account=expert
    )
    answers = {item: Answer(Mark.MET, "対話で確かめた") for item in SuitabilityItem}
    assess_suitability(actor=actor_for(lead), engagement=engagement, answers=answers, reassess_on=None)
    dialogue = a_dialogue(engagement, lead, promises=[PromiseInput(PromiseSide.FIRM, "段取り表を作る")])
    sheet = a_benchmark(engagement, lead, opened=True)
    sheet_file = keep_file(
        actor=actor_for(lead),
        engagement=engagement,
        filename="残高試算表.csv",
        content="勘定科目,期末残高\n売上高,100\n".encode(),
    )
    site = save_site(actor=PROGRAM, business=business, site=Site(name="第二工場"))
    words = "佐野: はい\n港: そう\n".encode()
    upload = TranscriptUpload.objects.create(
        engagement=engagement, uploaded_by=lead, filename="対話.txt", content=words
    )
    arriving = receive_list(
        actor=actor_for(lead),
        organisation=chamber,
        filename="名簿.csv",
        content="事業者名,電話番号\nやまて商店,045-000-0000\n".encode(),
    )
    invitation, token = invite(
        actor=actor_for(administrator), organisation=chamber, email="new@example.jp", role=Role.ADVISER
    )
    leader = a_leader(business)
    people = {
        "visitor": None,
        "lead": lead,
        "colleague": former,
        "administrator": administrator,
        "recipient": an_account("橋本 渡", organisation=chamber, roles=(Role.REFERRAL_RECIPIENT,)),
        "secretariat": an_account(organisation=an_organisation(), roles=(Role.SECRETARIAT,)),
        "leader": leader,
        "stranger": an_account(organisation=an_organisation(), roles=(Role.ADVISER, Role.ADMINISTRATOR)),
    }
    statement = dialogue.statements.get().public_id
    values = {
        "business_id": business.public_id,
        "engagement_id": engagement.public_id,
        "member_id": member.public_id,
        "person_id": business.people.get().public_id,
        "site_id": site.public_id,
        "upload_id": upload.public_id,
        "file_id": sheet_file.public_id,
        "benchmark_id": sheet.public_id,
        "account_id": lead.public_id,
        "membership_id": lead.memberships.get().public_id,
        "invitation_id": invitation.public_id,
        "token": token,
        "step": "insight",
        "audience": "small",
        "version": 1,
        "pk": 1,
        "uidb36": "1",
        "key": "x",
    }
    special = {
        "business-import-columns": {"public_id": arriving.public_id},
        "business-import-errors": {"public_id": arriving.public_id},
        "business-import-preview": {"public_id": arriving.public_id},
        "handover": {"public_id": handover.public_id},
        "promise-settle": {"public_id": dialogue.promises.get().public_id},
        "statement-keep": {"public_id": statement},
        "statement-let-go": {"public_id": statement},
        "statement-share": {"public_id": statement},
        "hub-guidance-version": {"version": 0},
        "locaben-evidence": {"key": "views.strengths"},
    }
    for name in ("business", "business-edit", "person-new", "person-edit", "site-new", "site-edit"):
        special[name] = {"public_id": business.public_id}
    for name in ("dialogue", "dialogue-edit", "dialogue-withdraw"):
        special[name] = {"public_id": dialogue.public_id}
    return World(people, values, special)
