"""引継ぎ: the lead of an engagement passes on, one by one or all of an adviser who moves; nothing is lost."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.audit.operations import Verb, record
from bansou.apps.organisations.models import Membership, SupportOrganisation
from bansou.apps.organisations.operations import end_membership
from bansou.domain.access import Actor, Role
from bansou.domain.method import TeamRole
from bansou.domain.shared import Refusal

from .models import Engagement, EngagementMember, Handover, HandoverReading
from .policies import stand_apart

HANDED_OVER = Verb("engagement_handed_over", "引き継ぎました")
HANDOVER_READ = Verb("handover_read", "引継ぎの内容を確認しました")
SEAT_ENDED = Verb("team_seat_ended", "所属が終わり、チームから外れました")


@transaction.atomic
def hand_over(
    *, actor: Actor, engagement: Engagement, successor: Account, reason: str, message: str = ""
) -> Handover:
    """The lead passes to `successor`, an adviser of the organisation; the former lead leaves the team.

    A closed engagement may be handed over too: somebody has to answer for its records.
    """
    engagement = (
        Engagement.objects.select_for_update(of=("self",))
        .select_related("organisation", "business")
        .get(pk=engagement.pk)
    )
    lead = (
        EngagementMember.objects.current()
        .filter(engagement=engagement, role=TeamRole.LEAD)
        .select_related("account")
        .first()
    )
    _refuse_handover(engagement, lead, successor, reason)
    today = timezone.localdate()
    if lead is not None:
        lead.left_on = today
        lead.save(update_fields=["left_on"])
    EngagementMember.objects.create(
        engagement=engagement, account=successor, role=TeamRole.LEAD, joined_on=today
    )
    before = lead.account if lead else None
    handover = Handover.objects.create(
        engagement=engagement,
        from_account=before,
        to_account=successor,
        message=message.strip(),
        reason=reason.strip(),
    )
    record(
        actor=actor,
        verb=HANDED_OVER,
        subject=engagement,
        organisation_id=engagement.organisation.public_id,
        why=reason.strip(),
        changes={"主担当": (str(before or ""), str(successor))},
    )
    return handover


def _refuse_handover(
    engagement: Engagement, lead: EngagementMember | None, successor: Account, reason: str
) -> None:
    if not reason.strip():
        raise Refusal("reason_required", "引き継ぐ理由を書いてください。", "reason")
    if lead is not None and lead.account_id == successor.pk:
        raise Refusal("same_lead", "いまの主担当と同じ人です。", "successor")
    if not advisers_of(engagement.organisation).filter(pk=successor.pk).exists():
        raise Refusal("lead_not_adviser", "後任は、この機関の支援者から選んでください。", "successor")
    if refusal := stand_apart(engagement.business, successor, "successor"):
        raise refusal


@transaction.atomic
def hand_over_all(
    *,
    actor: Actor,
    organisation: SupportOrganisation,
    adviser: Account,
    successor: Account,
    reason: str,
    message: str = "",
) -> Sequence[Handover]:
    """Everything `adviser` leads in the organisation passes to one successor: all of it, or nothing."""
    return [
        hand_over(actor=actor, engagement=engagement, successor=successor, reason=reason, message=message)
        for engagement in led_by(adviser, organisation).order_by("pk")
    ]


@transaction.atomic
def confirm_handover(*, actor: Actor, handover: Handover) -> None:
    """The successor says: read. A second time changes nothing."""
    if handover.to_account_id != actor.account_key:
        raise Refusal("not_the_successor", "引き継いだ本人だけが確認できます。")
    _reading, first = HandoverReading.objects.get_or_create(handover=handover)
    if first:
        record(
            actor=actor,
            verb=HANDOVER_READ,
            subject=handover.engagement,
            organisation_id=handover.engagement.organisation.public_id,
        )


@transaction.atomic
def end_supporting(*, actor: Actor, membership: Membership, why: str = "") -> Membership:
    """Take a role in the organisation away, together with the seats that rested on it.

    Refuses while the person still leads engagements there as its adviser: hand them over first. With the last
    supporting role in the organisation the person leaves its teams, for a seat opens 発言録 and 仮説; with
    the last one anywhere, the teams of every organisation.
    """
    # Two roles that end at once would each see the other and leave the seats.
    Account.objects.select_for_update().get(pk=membership.account_id)
    account, organisation = membership.account, membership.organisation
    if membership.role == Role.ADVISER and led_by(account, organisation).exists():
        raise Refusal(
            "still_leads",
            "主担当の伴走支援が残っています。先に、後任の方へ引き継いでください。",
            "membership",
        )
    end_membership(actor=actor, membership=membership, why=why)
    supporting = Membership.objects.current().supporting().filter(account=account)
    seats = EngagementMember.objects.current().support_side().filter(account=account)
    if not supporting.exists():
        _end_seats(actor, seats)
    elif not supporting.filter(organisation=organisation).exists():
        _end_seats(actor, seats.filter(engagement__organisation=organisation))
    return membership


def _end_seats(actor: Actor, seats: QuerySet[EngagementMember]) -> None:
    related = "engagement__business", "engagement__organisation", "account"
    for seat in seats.select_related(*related).order_by("engagement__organisation__public_id", "pk"):
        seat.left_on = timezone.localdate()
        seat.save(update_fields=["left_on"])
        record(
            actor=actor,
            verb=SEAT_ENDED,
            subject=seat.engagement,
            organisation_id=seat.engagement.organisation.public_id,
            changes={"チーム": (str(seat), "")},
        )


def led_by(account: Account, organisation: SupportOrganisation) -> QuerySet[Engagement]:
    """Engagements of the organisation this person leads, closed ones included."""
    seats = EngagementMember.objects.current().filter(account=account, role=TeamRole.LEAD)
    return Engagement.objects.filter(organisation=organisation, pk__in=seats.values("engagement"))


def advisers_of(organisation: SupportOrganisation) -> QuerySet[Account]:
    """Who may lead an engagement of the organisation."""
    memberships = Membership.objects.current().filter(organisation=organisation, role=Role.ADVISER)
    return Account.objects.filter(pk__in=memberships.values("account"), is_active=True)
