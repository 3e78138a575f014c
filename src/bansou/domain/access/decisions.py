"""The rule itself, in one table. 404 outside one's world, 403 inside it (architecture, habit 3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .capabilities import Capability, Role


class NotVisible(Exception):
    """The subject lies outside the actor's world: answered like something that does not exist (404)."""


class NotAllowed(Exception):
    """The subject is in the actor's world, the capability is missing (403)."""


class Decision(StrEnum):
    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"
    NOT_VISIBLE = "not_visible"

    def enforce(self) -> None:
        """Raise what the refusal means; return for ALLOWED."""
        if self is Decision.NOT_VISIBLE:
            raise NotVisible
        if self is Decision.NOT_ALLOWED:
            raise NotAllowed


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about actor and subject when a decision is asked for.

    `roles_here`: roles in the organisation that keeps the subject (for the platform: all roles held);
    `on_support_team`: member of the support side of this engagement, or of an open one of this business;
    `leads_firm`: the 経営者 of the business the subject speaks of;
    `opened_to_leader`: the team opened the subject (a sheet) to the 経営者.
    """

    roles_here: frozenset[Role] = frozenset()
    on_support_team: bool = False
    leads_firm: bool = False
    opened_to_leader: bool = False

    @property
    def in_world(self) -> bool:
        return bool(self.roles_here & WORKING_ROLES) or self.on_support_team or self.leads_firm


WORKING_ROLES = frozenset({Role.ADVISER, Role.ADMINISTRATOR})

_Rule = Callable[[Facts], bool]


def _works_here(facts: Facts) -> bool:
    return bool(facts.roles_here & WORKING_ROLES)


def _administers(facts: Facts) -> bool:
    return Role.ADMINISTRATOR in facts.roles_here


def _advises(facts: Facts) -> bool:
    return Role.ADVISER in facts.roles_here


_RULES: Mapping[Capability, _Rule] = {
    Capability.WORK_AS_ADVISER: _works_here,
    Capability.SEE_OWN_FIRM: lambda facts: facts.leads_firm,
    Capability.ADMINISTER_ORGANISATION: _administers,
    Capability.REGISTER_BUSINESS: _works_here,
    Capability.SEE_BUSINESS: lambda facts: facts.in_world,
    Capability.SEE_KARTE: lambda facts: _works_here(facts) or facts.on_support_team,
    Capability.EDIT_BUSINESS: _works_here,
    Capability.START_ENGAGEMENT: _works_here,
    Capability.CONDUCT_ENGAGEMENT: lambda facts: facts.on_support_team,
    Capability.HAND_OVER: _administers,
    Capability.SEE_SHEET: lambda facts: (
        facts.on_support_team or (facts.leads_firm and facts.opened_to_leader)
    ),
    Capability.SEE_STATEMENTS: lambda facts: facts.on_support_team,
    Capability.SEE_HYPOTHESES: lambda facts: facts.on_support_team,
    Capability.EDIT_GUIDANCE: lambda facts: Role.SECRETARIAT in facts.roles_here,
    # The 事務局 for all, an office for itself.
    Capability.KEEP_NORMS: lambda facts: bool(facts.roles_here & {Role.SECRETARIAT, Role.ADMINISTRATOR}),
}

# A capability that speaks of no record: there is nothing to hide, so a refusal is a plain 403.
_WITHOUT_SUBJECT = frozenset(
    {
        Capability.WORK_AS_ADVISER,
        Capability.SEE_OWN_FIRM,
        Capability.EDIT_GUIDANCE,
        Capability.KEEP_NORMS,
        Capability.REGISTER_BUSINESS,
    }
)


# Who leads the firm never stands on the support side of it, whatever other roles they hold: what is written
# there is written about them.
_SUPPORT_SIDE = frozenset(
    {
        Capability.SEE_KARTE,
        Capability.EDIT_BUSINESS,
        Capability.START_ENGAGEMENT,
        Capability.CONDUCT_ENGAGEMENT,
        Capability.HAND_OVER,
        Capability.SEE_STATEMENTS,
        Capability.SEE_HYPOTHESES,
    }
)


def decide(capability: Capability, facts: Facts) -> Decision:
    """Whether `capability` may be used given `facts`. Whatever no rule allows is refused."""
    if facts.leads_firm and capability in _SUPPORT_SIDE:
        return Decision.NOT_ALLOWED
    if _RULES[capability](facts):
        return Decision.ALLOWED
    if capability in _WITHOUT_SUBJECT or facts.in_world:
        return Decision.NOT_ALLOWED
    return Decision.NOT_VISIBLE
