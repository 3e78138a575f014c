"""Who may do what: plain facts in, a decision out. Knows no framework and no query."""

from .actor import Actor
from .capabilities import Capability, Role
from .decisions import Decision, Facts, NotAllowed, NotVisible, decide

__all__ = ["Actor", "Capability", "Decision", "Facts", "NotAllowed", "NotVisible", "Role", "decide"]
