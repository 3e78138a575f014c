"""Business verbs: register, revise, add people and sites, link the 経営者 to an account."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import models, transaction
from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.audit.operations import Change, Verb, record, record_all
from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.access import Actor
from bansou.domain.japanese import DuplicateKeys
from bansou.domain.japanese.duplicate_index import DuplicateIndex
from bansou.domain.japanese.duplicates import DuplicateReason, match_reason
from bansou.domain.method import BusinessSize, Viewpoint, propose_size
from bansou.domain.shared import Refusal
from bansou.infra.db import lock_revision
from bansou.infra.tabular import Row, Table, read_table, write_csv

from .importing import KnownBusiness, ListPlan, PlannedRow, left_out_table, plan_list, unread_cells
from .list_columns import Columns, check_columns, check_headers, guess_columns, heading_place, layout_of
from .models import Business, BusinessImport, BusinessPerson, ColumnMapping, Site

LISTS_KEPT_FOR = timedelta(days=30)
LARGEST_LIST_BYTES = 20 * 1024 * 1024
LONGEST_LIST = 50_000
WIDEST_LIST = 200

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


def size_with_reason(
    *, industry: str, capital_yen: int | None, headcount: int | None, chosen: BusinessSize | None
) -> tuple[BusinessSize, str]:
    """The size as chosen, or (None) as proposed, and how it came about. Refuses when neither can say."""
    proposal = propose_size(industry_division=industry, capital_yen=capital_yen, headcount=headcount)
    if chosen is None and proposal.size is None:
        raise Refusal(
            "size_unknown",
            "規模を提案できません。従業員数か資本金を入れるか、規模を選んでください。",
            "size",
        )
    if chosen is None or chosen is proposal.size:
        return proposal.size or BusinessSize.SMALL, proposal.reason
    suffix = f"提案は{proposal.size.label}でした。" if proposal.size else ""
    return chosen, f"担当者が選びました。{suffix}"


@transaction.atomic
def register_many(
    *, actor: Actor, organisation: SupportOrganisation, rows: Sequence[tuple[Business, str, str]]
) -> int:
    """Save a checked list: unsaved businesses, each with the name (or "") and title of its 経営者."""
    businesses = [business for business, _leader, _title in rows]
    for business in businesses:
        business.organisation = organisation
        business.derive_keys()
    Business.objects.bulk_create(businesses, batch_size=500)
    BusinessPerson.objects.bulk_create(
        [
            BusinessPerson(business=business, name=leader, title=title, viewpoint=Viewpoint.LEADER)
            for business, leader, title in rows
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
    """Add a person or save a changed one. Whoever uses the own page stays the 経営者 until it is closed."""
    verb = PERSON_REVISED if person.pk else PERSON_ADDED
    person.business = business
    if person.pk:
        _keep_own_page(person)
    person.save()
    _record_child(actor, verb, business, str(person))
    return person


def _keep_own_page(person: BusinessPerson) -> None:
    """The own page stands as it is now, not as it was when the form was opened."""
    current = BusinessPerson.objects.select_for_update().get(pk=person.pk)
    if current.account_id is not None and person.viewpoint != Viewpoint.LEADER:
        raise Refusal("own_page_open", "先に自社のページを閉じてから、視点を変えてください。", "viewpoint")
    person.account_id = current.account_id
    person.own_page_nonce, person.own_page_email = current.own_page_nonce, current.own_page_email


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
    """Give the 経営者 the own page; an open invitation is used up. Refuses anybody but the present 経営者."""
    if person.viewpoint != Viewpoint.LEADER or person.left_on is not None:
        raise Refusal("not_the_leader", "自社のページを使えるのは、いまの経営者だけです。")
    person.account, person.own_page_nonce, person.own_page_email = account, "", ""
    person.save(update_fields=["account", "own_page_nonce", "own_page_email"])
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


# The office's own list -----------------------------------------------------------------------------------


@transaction.atomic
def receive_list(
    *, actor: Actor, organisation: SupportOrganisation, filename: str, content: bytes
) -> BusinessImport:
    """Keep a file until its rows are taken, with its columns as remembered or guessed.

    Refuses (field "file") what is too large, unreadable, empty or without headings.
    """
    headers, columns = read_columns(organisation=organisation, filename=filename, content=content)
    confirmed = remembered_columns(organisation=organisation, headers=headers) is not None
    return BusinessImport.objects.create(
        organisation=organisation,
        uploaded_by_id=actor.account_key,  # type: ignore[misc]  # a person, never the program
        filename=filename[-200:],
        content=content,
        columns=columns.as_json() | {"confirmed": confirmed},
    )


def read_columns(
    *, organisation: SupportOrganisation, filename: str, content: bytes
) -> tuple[list[str], Columns]:
    """Headings of a file, and what they mean: as confirmed for this layout before, otherwise guessed."""
    if len(content) > LARGEST_LIST_BYTES:
        raise Refusal("list_too_large", "ファイルが大きすぎます。20MBまでの表を取り込めます。", "file")
    table, _line = read_list(filename=filename, content=content)
    check_headers(table.headers)
    if len(table.headers) > WIDEST_LIST:
        raise Refusal("list_too_wide", f"列が多すぎます。{WIDEST_LIST}列までの表を取り込めます。", "file")
    if not table.rows:
        raise Refusal("list_without_rows", "見出しだけで、中身の行がありません。", "file")
    remembered = remembered_columns(organisation=organisation, headers=table.headers)
    return table.headers, remembered or guess_columns(table.headers)


def read_list(*, filename: str, content: bytes) -> tuple[Table, int | None]:
    """The table below its headings, and their line when a title stands above them (otherwise ``None``)."""
    table = read_table(content, filename, max_rows=LONGEST_LIST)
    place = heading_place(table.headers, [row.cells for row in table.rows[:14]])
    if place is None:
        return table, None
    found = table.rows[place]
    width = max((number for number, cell in enumerate(found.cells, start=1) if cell), default=0)
    rows = [Row(row.line, row.cells + [""] * (width - len(row.cells))) for row in table.rows[place + 1 :]]
    return Table(found.cells[:width], rows), found.line


def remembered_columns(*, organisation: SupportOrganisation, headers: Sequence[str]) -> Columns | None:
    """What these headings meant the last time a person of this body confirmed them."""
    kept = ColumnMapping.objects.filter(organisation=organisation, layout=layout_of(headers)).first()
    return Columns.from_json(kept.columns) if kept else None


@transaction.atomic
def confirm_columns(*, actor: Actor, arriving: BusinessImport, columns: Columns) -> BusinessImport:
    """Settle what the columns mean, and remember it for the next file of this layout."""
    check_columns(columns)
    arriving.columns = columns.as_json() | {"confirmed": True}
    arriving.save(update_fields=["columns"])
    table, _line = read_list(filename=arriving.filename, content=bytes(arriving.content))
    ColumnMapping.objects.update_or_create(
        organisation=arriving.organisation,
        layout=layout_of(table.headers),
        defaults={"columns": arriving.columns, "confirmed_at": timezone.now()},
    )
    return arriving


def plan_of(arriving: BusinessImport) -> ListPlan:
    """What would become of each row now."""
    return plan_content(
        organisation=arriving.organisation,
        filename=arriving.filename,
        content=bytes(arriving.content),
        columns=Columns.from_json(arriving.columns),
    )


def plan_content(
    *, organisation: SupportOrganisation, filename: str, content: bytes, columns: Columns
) -> ListPlan:
    """As `plan_of`, for a file that is not kept."""
    check_columns(columns)
    table, _line = read_list(filename=filename, content=content)
    return plan_list(table.rows, table.headers, columns, _known_businesses(organisation))


def _known_businesses(organisation: SupportOrganisation) -> DuplicateIndex[KnownBusiness]:
    index: DuplicateIndex[KnownBusiness] = DuplicateIndex()
    rows = Business.objects.filter(organisation=organisation).values_list(
        "corporate_number", "name_key", "kana_key", "phone_key", "name", "public_id"
    )
    for number, name_key, kana, phone, name, public_id in rows.iterator(chunk_size=5000):
        index.add(DuplicateKeys(number, name_key, kana, phone), KnownBusiness(name, public_id=public_id))
    return index


@transaction.atomic
def take_list(
    *, actor: Actor, arriving: BusinessImport, without_bad: bool, also: Iterable[int] = ()
) -> BusinessImport:
    """Register the good rows, and the possible duplicates on the lines in `also`. A second call does nothing.

    Refuses while there are bad rows, unless `without_bad`. Afterwards the file is gone; `content` holds the
    rows that were left out, as the CSV a person can mend and bring again.
    """
    arriving = BusinessImport.objects.select_for_update().select_related("organisation").get(pk=arriving.pk)
    if arriving.taken_at is not None:
        return arriving
    plan = plan_of(arriving)
    taken = take_rows(
        actor=actor, organisation=arriving.organisation, plan=plan, without_bad=without_bad, also=also
    )
    arriving.content = left_out_file(plan=plan, taken=taken)
    arriving.taken_at, arriving.taken_rows = timezone.now(), len(taken)
    arriving.columns["unread"] = unread_cells(taken)
    arriving.save(update_fields=["content", "columns", "taken_at", "taken_rows"])
    return arriving


@transaction.atomic
def take_rows(
    *,
    actor: Actor,
    organisation: SupportOrganisation,
    plan: ListPlan,
    without_bad: bool,
    also: Iterable[int] = (),
) -> list[PlannedRow]:
    """Register the good rows of a plan. Refuses while there are bad rows, unless `without_bad`."""
    if plan.bad and not without_bad:
        raise Refusal(
            "list_has_bad_rows",
            f"読み取れない行が{len(plan.bad):,}行あります。直してから取り込むか、その行を除いて取り込んでください。",
            "without_bad",
        )
    taken = plan.taken(also=also)
    rows = [(Business(**row.reading.facts), row.reading.leader, row.reading.leader_title) for row in taken]
    register_many(actor=actor, organisation=organisation, rows=rows)
    return taken


def left_out_file(*, plan: ListPlan, taken: Sequence[PlannedRow] | None = None) -> bytes:
    """CSV of the rows that stay outside (`taken` None: as it stands now), or empty bytes when all go in."""
    inside = {row.line for row in (plan.new if taken is None else taken)}
    rows = [row for row in plan.rows if row.line not in inside]
    return write_csv(*left_out_table(plan.headers, rows)) if rows else b""


@transaction.atomic
def discard_list(*, actor: Actor, arriving: BusinessImport) -> None:
    """Throw a file away that was not taken."""
    BusinessImport.objects.filter(pk=arriving.pk, taken_at__isnull=True).delete()


def forget_old_lists() -> int:
    """Throw away lists received long ago, with the rows left out of those taken. Returns how many."""
    old = BusinessImport.objects.filter(uploaded_at__lt=timezone.now() - LISTS_KEPT_FOR)
    dropped, _ = old.delete()
    return dropped
