"""Tell the stories of `firms/*.toml` through the program's own operations, in the order they happened.

A file holds [[firm]] tables: [firm.business] and [[firm.people]] as the models name their fields,
[firm.engagement], and [[firm.course]]: what happened from first to last (see `happenings`).
"""

import tomllib
from importlib.resources import files
from typing import Any

from django.db import transaction

from bansou.apps.audit.operations import log_reading
from bansou.apps.businesses.models import Business, BusinessPerson, Site
from bansou.apps.businesses.operations import link_leader_account, register_business, save_person, save_site
from bansou.apps.engagements.operations import start_engagement
from bansou.apps.organisations.operations import invite
from bansou.domain.access import Actor, Role
from bansou.domain.method import BusinessSize, CadencePreset, SupportIntensity, Viewpoint, propose_size

from .days import ago
from .happenings import HAPPENINGS, Story, World
from .people import open_accounts, open_bodies

_BY = Actor.program("デモデータ")


@transaction.atomic
def tell() -> None:
    """Everything, or nothing: half a story would keep the database from being empty."""
    bodies = open_bodies(_BY)
    world = World(bodies, open_accounts(_BY, bodies))
    for path in sorted((files(__package__) / "firms").iterdir(), key=lambda path: path.name):
        for firm in tomllib.loads(path.read_text(encoding="utf-8"))["firm"]:
            _tell_firm(world, firm)
    _tell_office(world)


def _tell_firm(world: World, firm: dict[str, Any]) -> None:
    business, people = _register(world, firm)
    if "engagement" not in firm:
        return
    frame = firm["engagement"]
    lead = frame["lead"]
    started = ago(frame["ago"])
    engagement = start_engagement(
        actor=world.actor(lead),
        business=business,
        organisation=business.organisation,
        lead=world.accounts[lead],
        started_on=started,
        intensity=SupportIntensity(frame.get("intensity", "framing")),
        cadence=CadencePreset(frame.get("cadence", "monthly")),
        planned_until=ago(-frame["until"]) if "until" in frame else None,
        how_it_began=frame["how_it_began"],
    )
    story = Story(world, business, people, engagement, lead)
    for happening in firm.get("course", []):
        HAPPENINGS[happening["kind"]](story, happening)
        story.engagement.refresh_from_db()


def _register(world: World, firm: dict[str, Any]) -> tuple[Business, dict[str, BusinessPerson]]:
    facts = dict(firm["business"])
    body = world.bodies[facts.pop("body", "chamber")]
    proposal = propose_size(
        industry_division=facts["industry"],
        capital_yen=facts.get("capital_yen"),
        headcount=facts.get("headcount"),
    )
    business = Business(
        prefecture="14", size=proposal.size or BusinessSize.SMALL, size_reason=proposal.reason[:200], **facts
    )
    people = {person["key"]: _person(person) for person in firm["people"]}
    leader = next(person for person in people.values() if person.viewpoint == Viewpoint.LEADER)
    register_business(actor=_BY, organisation=body, business=business, leader=leader)
    for person in people.values():
        if person is not leader:
            save_person(actor=_BY, business=business, person=person)
    for site in firm.get("sites", []):
        save_site(actor=_BY, business=business, site=Site(**site))
    if account := firm.get("account"):
        link_leader_account(actor=_BY, person=leader, account=world.accounts[account])
    return business, people


def _person(given: dict[str, str]) -> BusinessPerson:
    return BusinessPerson(**{name: value for name, value in given.items() if name != "key"})


def _tell_office(world: World) -> None:
    """What the 管理者 sees: a newcomer on the way, and who read whose records."""
    chamber, manager = world.bodies["chamber"], world.actor("kanri")
    invite(
        actor=manager,
        organisation=chamber,
        email="shinjin@demo.example",
        role=Role.ADVISER,
        name="三宅 陽太",
        title="経営支援員",
    )
    for reader, name, what in (
        ("kanri", "株式会社みなと精機", "カルテ"),
        ("odagiri", "旅館 汐見荘", "カルテ"),
        ("kanri", "川辺運輸株式会社", "カルテ"),
    ):
        business = Business.objects.get(organisation=chamber, name=name)
        log_reading(actor=world.actor(reader), subject=business, organisation_id=chamber.public_id, what=what)
