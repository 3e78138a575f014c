"""Business verbs: register, revise, add people and sites, link the 経営者 to an account."""

from collections.abc import Sequence
from datetime import date

from django.db import models, transaction

from bansou.apps.accounts.models import Account
from bansou.apps.audit.operations import Change, Verb, record, record_all
from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.access import Actor
from bansou.domain.japanese import DuplicateKeys
from bansou.domain.japanese.duplicates import DuplicateReason, match_reason
from bansou.domain.method import Viewpoint
from bansou.domain.shared import Refusal
from bansou.infra.db import lock_revision

from .models import Business, BusinessPerson, Site

REGISTERED = Verb("business_registered", "事業者を登録しました")
IMPORTED = Verb("business_imported", "リストから取り込みました")
REVISED = Verb("business_revised", "事業者の情報を変えました")
PERSON_ADDED = Verb("person_added", "関係者を加えました")
PERSON_REVISED = Verb("person_revised", "関係者の情報を変えました")
SITE_ADDED = Verb("site_added", "拠点を加えました")
SITE_REVISED = Verb("site_revised", "拠点の情報を変えました")
ACCOUNT_LINKED = Verb("leader_account_linked", "経営者のページを使えるようにしました")

_DERIVED = frozenset({"name_key", "kana_key", "phone_key", "search_text", "revision"})


@transaction.atomic
def register_business(
    *,
    actor: Actor,
    organisation: SupportOrganisation,
    business: Business,
    leader: BusinessPerson | None = None,
) -> Business:
    """Save a new record (an unsaved `business` as a form made it) and, when known, its 経営者."""
    business.organisation = organisation
    business.save()
    if leader is not None:
        leader.business, leader.viewpoint = business, Viewpoint.LEADER
        leader.save()
    record(actor=actor, verb=REGISTERED, subject=business, organisation_id=organisation.public_id)
    return business


@transaction.atomic
def register_many(
    *, actor: Actor, organisation: SupportOrganisation, rows: Sequence[tuple[Business, str]]
) -> int:
    """Save a checked list of unsaved businesses, each with its 経営者's name or ""; an audit line each."""
    businesses = [business for business, _leader in rows]
    for business in businesses:
        business.organisation = organisation
        business.derive_keys()
    Business.objects.bulk_create(businesses, batch_size=500)
    BusinessPerson.objects.bulk_create(
        [
            BusinessPerson(business=business, name=leader, viewpoint=Viewpoint.LEADER)
            for business, leader in rows
            if leader
        ],
        batch_size=1000,
    )
    record_all(
        actor=actor,
        lines=[Change(IMPORTED, business, organisation.public_id) for business in businesses],
    )
    return len(businesses)


@transaction.atomic
def revise_business(*, actor: Actor, business: Business, revision: int) -> Business:
    """Save a changed record that was opened at `revision`. EditedMeanwhile when somebody was faster."""
    current = lock_revision(business, revision)
    changes = changed_fields(current, business)
    business.revision = revision + 1
    business.save()
    record(
        actor=actor,
        verb=REVISED,
        subject=business,
        organisation_id=current.organisation.public_id,
        changes=changes,
    )
    return business


def changed_fields(before: models.Model, after: models.Model) -> dict[str, tuple[object, object]]:
    """Japanese field name → (before, after), derived columns left out."""
    return {
        str(field.verbose_name): (getattr(before, field.attname), getattr(after, field.attname))
        for field in before._meta.concrete_fields
        if field.name not in _DERIVED and getattr(before, field.attname) != getattr(after, field.attname)
    }


@transaction.atomic
def save_person(*, actor: Actor, business: Business, person: BusinessPerson) -> BusinessPerson:
    """Add a person or save a changed one."""
    verb = PERSON_REVISED if person.pk else PERSON_ADDED
    person.business = business
    if person.viewpoint != Viewpoint.LEADER:
        person.account = None
    person.save()
    _record_child(actor, verb, business, str(person))
    return person


@transaction.atomic
def part_with_person(*, actor: Actor, person: BusinessPerson, on: date) -> BusinessPerson:
    """A person left the firm; what they said stays."""
    person.left_on = on
    person.save(update_fields=["left_on"])
    _record_child(actor, PERSON_REVISED, person.business, f"{person}：{on:%Y-%m-%d}に離れた")
    return person


@transaction.atomic
def save_site(*, actor: Actor, business: Business, site: Site) -> Site:
    verb = SITE_REVISED if site.pk else SITE_ADDED
    site.business = business
    site.save()
    _record_child(actor, verb, business, str(site))
    return site


@transaction.atomic
def link_leader_account(*, actor: Actor, person: BusinessPerson, account: Account) -> BusinessPerson:
    """Give the 経営者 the own page. Refuses anybody who is not the 経営者."""
    if person.viewpoint != Viewpoint.LEADER:
        raise Refusal("not_the_leader", "自社のページを使えるのは、経営者だけです。")
    person.account = account
    person.save(update_fields=["account"])
    _record_child(actor, ACCOUNT_LINKED, person.business, str(person))
    return person


def _record_child(actor: Actor, verb: Verb, business: Business, what: str) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=business,
        organisation_id=business.organisation.public_id,
        changes={"対象": ("", what)},
    )


def possible_duplicates(
    *, organisation: SupportOrganisation, keys: DuplicateKeys, except_for: Business | None = None
) -> list[tuple[Business, DuplicateReason]]:
    """Records of the same body that look like this one, the strongest reason first; at most ten."""
    candidates = Business.objects.filter(organisation=organisation).like(keys)
    if except_for is not None and except_for.pk:
        candidates = candidates.exclude(pk=except_for.pk)
    found = [
        (candidate, reason)
        for candidate in candidates.order_by("pk")[:50]
        if (reason := match_reason(keys, keys_of(candidate))) is not None
    ]
    order = list(DuplicateReason)
    return sorted(found, key=lambda pair: order.index(pair[1]))[:10]


def keys_of(business: Business) -> DuplicateKeys:
    return DuplicateKeys(business.corporate_number, business.name_key, business.kana_key, business.phone_key)
