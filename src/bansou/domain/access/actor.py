"""The one who acts: everything that a decision may ask about a signed-in person, gathered once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .capabilities import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """An account with its roles.

    `roles` maps the key of a support organisation to the roles held there today;
    `leads` holds the keys of the businesses this person leads; `teams` maps the key of each engagement on
    whose support side the person stands to the key of its business; `organisation_names` are for menus.
    `account_key` is None for a visitor and for the program itself.
    """

    account_key: int | None
    public_id: str
    label: str
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)
    leads: frozenset[int] = frozenset()
    teams: Mapping[int, int] = field(default_factory=dict)
    organisation_names: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def visitor(cls) -> "Actor":
        return cls(account_key=None, public_id="", label="サインインしていない人")

    @classmethod
    def program(cls, label: str) -> "Actor":
        """A command run by the person who runs the server, e.g. `bansou import businesses`."""
        return cls(account_key=None, public_id="program", label=label)

    @property
    def is_program(self) -> bool:
        return self.account_key is None and self.public_id == "program"

    @property
    def signed_in_key(self) -> int:
        """The account's key, for a record that needs its author. ValueError for a visitor and the program."""
        if self.account_key is None:
            raise ValueError(f"{self.label} has no account")
        return self.account_key

    @property
    def is_signed_in(self) -> bool:
        return self.account_key is not None

    def organisations_as(self, *roles: Role) -> frozenset[int]:
        """Keys of the organisations where this person holds one of `roles`."""
        wanted = frozenset(roles)
        return frozenset(key for key, held in self.roles.items() if held & wanted)

    def holds(self, *roles: Role) -> bool:
        return bool(self.organisations_as(*roles)) or (Role.BUSINESS_LEADER in roles and bool(self.leads))

    def roles_in(self, organisation_key: int) -> frozenset[Role]:
        return self.roles.get(organisation_key, frozenset())
