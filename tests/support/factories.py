"""One factory per noun, one trait per state. Made through the operations, so that the trail is whole."""

from datetime import date
from itertools import count

from bansou.apps.accounts.models import Account
from bansou.apps.accounts.operations import open_account
from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.businesses.operations import link_leader_account, register_business
from bansou.apps.dialogues.models import ContactMethod, DialogueSession
from bansou.apps.dialogues.operations import DialogueEntry, write_dialogue
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.operations import start_engagement
from bansou.apps.engagements.policies import actor_for
from bansou.apps.organisations.models import OrganisationKind, SupportOrganisation
from bansou.apps.organisations.operations import add_member, register_organisation
from bansou.apps.sheets.models import LocalBenchmark, Side
from bansou.apps.sheets.operations import Settings, open_to_leader, save_settings, save_years, write_boxes
from bansou.domain.access import Actor, Role
from bansou.domain.locaben import Figures
from bansou.domain.method import BusinessSize, CadencePreset, SupportIntensity, Viewpoint

PASSWORD = "bansou-demo"
PROGRAM = Actor.program("試験")
_numbers = count(1)


def an_organisation(name: str = "", kind: str = OrganisationKind.CHAMBER_OF_COMMERCE) -> SupportOrganisation:
    return register_organisation(
        actor=PROGRAM, name=name or f"第{next(_numbers)}商工会議所", kind=kind, prefecture="14"
    )


def an_account(
    name: str = "佐野 恵",
    *,
    organisation: SupportOrganisation | None = None,
    roles: tuple[Role, ...] = (Role.ADVISER,),
) -> Account:
    """An account, with `roles` in `organisation` when one is given."""
    account = open_account(
        actor=PROGRAM, email=f"person{next(_numbers)}@example.jp", name=name, password=PASSWORD
    )
    if organisation is not None:
        for role in roles:
            add_member(actor=PROGRAM, organisation=organisation, account=account, role=role)
    return account


def a_business(
    organisation: SupportOrganisation, name: str = "株式会社みなと精機", **fields: object
) -> Business:
    facts = {"size": BusinessSize.SMALL, "industry": "E", "headcount": 18, **fields}
    leader = BusinessPerson(name="港 健一", title="代表取締役")
    return register_business(
        actor=PROGRAM, organisation=organisation, business=Business(name=name, **facts), leader=leader
    )


def a_leader(business: Business) -> Account:
    """The account of the 経営者 of this business."""
    account = an_account("港 健一")
    person = business.people.get(viewpoint=Viewpoint.LEADER)
    link_leader_account(actor=PROGRAM, person=person, account=account)
    return account


def an_engagement(
    business: Business, lead: Account, *, started_on: date = date(2026, 4, 1), **options: object
) -> Engagement:
    facts = {"intensity": SupportIntensity.FRAMING, "cadence": CadencePreset.MONTHLY, **options}
    return start_engagement(
        actor=actor_for(lead),
        business=business,
        organisation=business.organisation,
        lead=lead,
        started_on=started_on,
        **facts,
    )


def a_dialogue(
    engagement: Engagement, by: Account, *, held_on: date = date(2026, 6, 18), **facts: object
) -> DialogueSession:
    meeting = {
        "held_on": held_on,
        "method": ContactMethod.VISIT,
        "minutes_talk": 90,
        "note": "段取りの話が中心だった。",
        "leader_words": ["それを誰にも渡してなかった。"],
        "official_record": "段取りの現状を聴いた。",
        "hypothesis": "先代の死後、誰も決めていないのではないか。",
        **facts,
    }
    return write_dialogue(actor=actor_for(by), engagement=engagement, meeting=DialogueEntry(**meeting))


def the_figures(end: date = date(2026, 3, 31), **changes: object) -> Figures:
    """One fiscal year of a small metal works, in 円."""
    amounts = {
        "sales": 250_000_000, "operating_profit": 5_000_000, "depreciation": 8_000_000, "employees": 18,
        "cash": 30_000_000, "notes_receivable": 0, "accounts_receivable": 40_000_000,
        "inventory": 12_000_000, "borrowings": 120_000_000, "notes_payable": 0,
        "accounts_payable": 15_000_000, "net_assets": 60_000_000, "total_assets": 230_000_000,
    }  # fmt: skip
    return Figures(fiscal_year_end=end, **(amounts | changes))


def a_benchmark(engagement: Engagement, by: Account, *, opened: bool = False) -> LocalBenchmark:
    """A sheet with three fiscal years and a few boxes; `opened` to the 経営者."""
    actor = actor_for(by)
    settings = Settings("0304", BusinessSize.SMALL, "従業員18人", "2022")
    sheet = save_settings(actor=actor, engagement=engagement, settings=settings, seen=0)
    years = [
        the_figures(date(2024 + at, 3, 31), sales=240_000_000 + 5_000_000 * at, cash=20_000_000 * (at + 1))
        for at in range(3)
    ]
    sheet = save_years(actor=actor, engagement=engagement, years=years, seen=sheet.revision)
    texts = {
        "views.strengths": "試作を翌日に返せる。",
        "flow.1.content": "図面を見て、その場で見積もる。",
        "chain.customers.1.name": "建機部品メーカー",
        "summary.present": "段取りが社長に集まっている。",
    }
    sheet = write_boxes(
        actor=actor, engagement=engagement, texts=texts, side=Side.SUPPORTER, seen=sheet.revision
    )
    return open_to_leader(actor=actor, engagement=engagement, opened=True) if opened else sheet
