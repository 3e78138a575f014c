"""Who may have been there, and what a form begins with."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.businesses.models import BusinessPerson
from bansou.apps.dialogues.models import ContactMethod, DialogueSession, Excerpt, Promise
from bansou.apps.engagements.models import Engagement, EngagementMember
from bansou.domain.access import Actor
from bansou.domain.method import TeamRole, Viewpoint

_PLACED = {ContactMethod.VISIT, ContactMethod.COUNTER}


@dataclass(frozen=True)
class Circle:
    """People of the firm, the 経営者 first, and the support team, the lead first."""

    people: list[BusinessPerson]
    accounts: list[Account]
    me: str

    @property
    def leader(self) -> BusinessPerson | None:
        return next((person for person in self.people if person.viewpoint == Viewpoint.LEADER), None)

    def people_choices(self) -> list[tuple[str, str]]:
        return [(person.public_id, str(person)) for person in self.people]

    def account_choices(self) -> list[tuple[str, str]]:
        return [(a.public_id, f"{a}（あなた）" if a.public_id == self.me else str(a)) for a in self.accounts]

    def chosen_people(self, keys: Iterable[str]) -> list[BusinessPerson]:
        wanted = set(keys)
        return [person for person in self.people if person.public_id in wanted]

    def chosen_accounts(self, keys: Iterable[str]) -> list[Account]:
        wanted = set(keys)
        return [account for account in self.accounts if account.public_id in wanted]


def circle_of(engagement: Engagement, actor: Actor, dialogue: DialogueSession | None = None) -> Circle:
    """Those of today; for an existing dialogue also those who were there and have left since."""
    people = {p.pk: p for p in BusinessPerson.objects.current().filter(business=engagement.business)}
    members = (
        EngagementMember.objects.current()
        .support_side()
        .filter(engagement=engagement)
        .select_related("account")
        .order_by("pk")
    )
    leads_first = sorted(members, key=lambda member: member.role != TeamRole.LEAD)
    accounts = {member.account.pk: member.account for member in leads_first if member.account is not None}
    if dialogue is not None:
        for participant in dialogue.participants.select_related("person", "account"):
            if participant.person is not None:
                people.setdefault(participant.person.pk, participant.person)
            if participant.account is not None:
                accounts.setdefault(participant.account.pk, participant.account)
    in_order = sorted(people.values(), key=lambda p: (p.viewpoint != Viewpoint.LEADER, p.pk))
    return Circle(in_order, list(accounts.values()), actor.public_id)


def until_now(engagement: Engagement, actor: Actor) -> dict[str, Any]:
    """What helps while writing: promises still open and the latest words of the 経営者."""
    promises = Promise.objects.visible_to(actor).open().filter(dialogue__engagement=engagement)
    words = (
        Excerpt.objects.visible_to(actor)
        .of_the_leader()
        .filter(dialogue__engagement=engagement)
        .select_related("statement", "dialogue")
    )
    return {
        "open_promises": list(promises.order_by("due_on", "pk")[:5]),
        "latest_words": list(words.order_by("-dialogue__held_on", "-pk")[:3]),
    }


def fresh_values(engagement: Engagement, actor: Actor, circle: Circle) -> dict[str, Any]:
    """Today, with the 経営者, in the way one met last time."""
    last = (
        DialogueSession.objects.visible_to(actor)
        .standing()
        .filter(engagement=engagement)
        .newest_first()
        .first()
    )
    method = ContactMethod(last.method) if last else ContactMethod.VISIT
    return {
        "held_on": timezone.localdate(),
        "method": method.value,
        "place": last.place if last and method in _PLACED else "",
        "people": [circle.leader.public_id] if circle.leader else [],
        "accounts": [actor.public_id],
    }


def stored_values(dialogue: DialogueSession, circle: Circle) -> dict[str, Any]:
    """What stands in the record now, by field of the form."""
    there = list(dialogue.participants.all())
    people = {p.person_id for p in there if p.person_id}
    accounts = {p.account_id for p in there if p.account_id}
    hypothesis = dialogue.hypotheses.first()
    promises = dialogue.promises.filter(kept_at__isnull=True).order_by("pk")
    return {
        **{name: getattr(dialogue, name) for name in _FACTS},
        "people": [person.public_id for person in circle.people if person.pk in people],
        "accounts": [account.public_id for account in circle.accounts if account.pk in accounts],
        "other_names": "、".join(p.name for p in there if p.name),
        "note": dialogue.note.text if hasattr(dialogue, "note") else "",
        "leader_words": "\n".join(s.text for s in dialogue.statements.order_by("index"))
        if dialogue.source == "note"
        else "",
        "official_record": dialogue.official_record.text if hasattr(dialogue, "official_record") else "",
        "hypothesis": hypothesis.text if hypothesis else "",
        "revision": dialogue.revision,
        "promises": [{"side": p.side, "who": p.who, "text": p.text, "due": p.due_on} for p in promises],
    }


_FACTS = (
    "held_on",
    "started_at",
    "method",
    "place",
    "title",
    "minutes_preparation",
    "minutes_talk",
    "minutes_travel",
)
