"""Value objects that every part of the domain speaks of."""

from bansou.domain.shared.refusal import Refusal, Refusals

__all__ = ["Refusal", "Refusals"]
