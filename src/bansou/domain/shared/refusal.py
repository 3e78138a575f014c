"""How the domain says no: a sentence for the person at the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import FrozenInstanceError, dataclass


@dataclass(unsafe_hash=True)
class Refusal(Exception):
    """One reason why something cannot be done. May be returned as a value or raised.

    ``code`` is stable English snake_case for programs and tests, ``message`` is a Japanese sentence shown
    to the user as it is, ``field`` names the form field it belongs to (``None``: the whole form).
    Two refusals with the same three values are equal and hash alike; the three never change.
    """

    # Not ``frozen=True``: that blocks ``__traceback__`` and ``__notes__``, which contextlib sets.
    code: str
    message: str
    field: str | None = None

    def __post_init__(self) -> None:
        super().__init__(self.code, self.message, self.field)

    def __setattr__(self, name: str, value: object) -> None:
        if name in ("code", "message", "field") and name in self.__dict__:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super().__setattr__(name, value)

    def __reduce__(self) -> tuple[type[Refusal], tuple[str, str, str | None]]:
        return type(self), (self.code, self.message, self.field)

    def __str__(self) -> str:
        return self.message


class Refusals(Exception):
    """Several refusals at once, in the order a form shows them; never empty.

    Iterate over it, or ask ``by_field()`` for ``{field or None: (refusal, ...)}``.
    """

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals: tuple[Refusal, ...] = tuple(refusals)
        if not self.refusals:
            raise ValueError("Refusals needs at least one Refusal")
        super().__init__(self.refusals)

    def __iter__(self) -> Iterator[Refusal]:
        return iter(self.refusals)

    def __len__(self) -> int:
        return len(self.refusals)

    def __str__(self) -> str:
        return "\n".join(refusal.message for refusal in self.refusals)

    def by_field(self) -> dict[str | None, tuple[Refusal, ...]]:
        fields = dict.fromkeys(refusal.field for refusal in self.refusals)
        return {name: tuple(r for r in self.refusals if r.field == name) for name in fields}
