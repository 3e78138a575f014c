"""Chainable questions about businesses."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from bansou.domain.access import Actor, Role
from bansou.domain.japanese import DuplicateKeys, business_name_key, search_words

if TYPE_CHECKING:
    from .models import Business, BusinessPerson  # noqa: F401 - only names types


class BusinessQuerySet(models.QuerySet["Business"]):
    def visible_to(self, actor: Actor) -> "BusinessQuerySet":
        """Records of one's own organisations, of one's teams, and the firm one leads."""
        working = actor.organisations_as(Role.ADVISER, Role.ADMINISTRATOR)
        return self.filter(
            Q(organisation__in=working) | Q(pk__in=set(actor.teams.values())) | Q(pk__in=actor.leads)
        )

    def matching(self, words: str) -> "BusinessQuerySet":
        """Every word stands in name, kana, number, phone or address; or all of it together is in a name.

        Width, kana and legal forms (㈱, 株式会社) do not matter.
        """
        if not (wanted := search_words(words)):
            return self
        every_word = Q()
        for word in wanted:
            every_word &= Q(search_text__contains=word)
        return self.filter(every_word | Q(search_text__contains=business_name_key(words)))

    def like(self, keys: DuplicateKeys) -> "BusinessQuerySet":
        """Records that may be the same firm: same 法人番号, same name or kana, or same phone."""
        same = Q(pk__in=[])
        if keys.corporate_number:
            same |= Q(corporate_number=keys.corporate_number)
        if keys.name_key:
            same |= Q(name_key=keys.name_key)
        if keys.kana_key:
            same |= Q(kana_key=keys.kana_key)
        if keys.phone_key:
            same |= Q(phone_key=keys.phone_key)
        return self.filter(same)


class BusinessPersonQuerySet(models.QuerySet["BusinessPerson"]):
    def current(self) -> "BusinessPersonQuerySet":
        return self.filter(left_on__isnull=True)
