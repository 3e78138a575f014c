"""Chainable questions about dialogues; each layer has its own `visible_to`."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from bansou.domain.access import Actor, Role
from bansou.domain.japanese import search_words
from bansou.domain.method import Viewpoint

if TYPE_CHECKING:
    from .models import (  # noqa: F401 - only names types
        DialogueSession,
        Excerpt,
        Hypothesis,
        OfficialRecord,
        Promise,
        Statement,
    )


def _in_the_organisation(actor: Actor, prefix: str) -> Q:
    """The circle of the カルテ: the body that keeps it, and the support team."""
    working = actor.organisations_as(Role.ADVISER, Role.ADMINISTRATOR)
    own_firm = Q(**{f"{prefix}engagement__business__in": actor.leads})
    return (Q(**{f"{prefix}engagement__organisation__in": working}) & ~own_firm) | _on_the_team(actor, prefix)


def _on_the_team(actor: Actor, prefix: str) -> Q:
    return Q(**{f"{prefix}engagement__in": list(actor.teams)})


class DialogueSessionQuerySet(models.QuerySet["DialogueSession"]):
    def visible_to(self, actor: Actor) -> "DialogueSessionQuerySet":
        return self.filter(_in_the_organisation(actor, ""))

    def standing(self) -> "DialogueSessionQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def newest_first(self) -> "DialogueSessionQuerySet":
        return self.order_by("-held_on", "-number")

    def speaking_of(self, words: str, actor: Actor) -> "DialogueSessionQuerySet":
        """Dialogues where every word stands in a layer this person may read."""
        found = self
        readable = self.model.objects.visible_to(actor)
        own = self.model.objects.filter(engagement__in=list(actor.teams))
        for word in search_words(words):
            # Three small questions instead of one wide join: each layer is read only where it may be.
            found = found.filter(
                Q(pk__in=readable.filter(official_record__search_text__contains=word).values("pk"))
                | Q(pk__in=own.filter(note__search_text__contains=word).values("pk"))
                | Q(pk__in=own.filter(statements__search_text__contains=word).values("pk"))
            )
        return found


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, actor: Actor) -> "StatementQuerySet":
        """The team; the 経営者 sees own words that were shared."""
        own = Q(
            person__account=actor.account_key,
            viewpoint=Viewpoint.LEADER,
            shared_at__isnull=False,
            dialogue__withdrawn_at__isnull=True,
            dialogue__engagement__business__in=actor.leads,
        )
        return self.filter(_on_the_team(actor, "dialogue__") | own)


class ExcerptQuerySet(models.QuerySet["Excerpt"]):
    def visible_to(self, actor: Actor) -> "ExcerptQuerySet":
        return self.filter(_on_the_team(actor, "dialogue__"))

    def of_the_leader(self) -> "ExcerptQuerySet":
        return self.filter(statement__viewpoint=Viewpoint.LEADER, dialogue__withdrawn_at__isnull=True)


class HypothesisQuerySet(models.QuerySet["Hypothesis"]):
    def visible_to(self, actor: Actor) -> "HypothesisQuerySet":
        return self.filter(_on_the_team(actor, "dialogue__"))


class OfficialRecordQuerySet(models.QuerySet["OfficialRecord"]):
    def visible_to(self, actor: Actor) -> "OfficialRecordQuerySet":
        return self.filter(_in_the_organisation(actor, "dialogue__"))


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, actor: Actor) -> "PromiseQuerySet":
        """Promises come from the words of a dialogue: the team's."""
        return self.filter(_on_the_team(actor, "dialogue__"))

    def open(self) -> "PromiseQuerySet":
        return self.filter(kept_at__isnull=True, dialogue__withdrawn_at__isnull=True)
