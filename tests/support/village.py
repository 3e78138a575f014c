"""One firm with dialogues, its team, and everybody who stands outside: for the pages of the words."""

import html
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse

from bansou.apps.accounts.models import Account
from bansou.apps.businesses.models import Business
from bansou.apps.dialogues.models import DialogueSession, Excerpt
from bansou.apps.engagements.models import Engagement
from tests.support.factories import (
    a_business,
    a_dialogue,
    a_leader,
    an_account,
    an_engagement,
    an_organisation,
)

LEADER_WORDS = ("困った図面ほど、うちに持ってこい。", "俺が決めるのをやめるって、決めた。")
HYPOTHESIS = "先代の影がまだ大きい。"


@dataclass
class Village:
    business: Business
    engagement: Engagement
    dialogue: DialogueSession
    adviser: Account
    colleague: Account
    leader: Account
    stranger: Account

    def url(self, name: str, *further: object) -> str:
        return reverse(name, args=[self.engagement.public_id, *further])

    @property
    def excerpts(self) -> list[Excerpt]:
        """The leader's words, each kept whole, in the order they were said."""
        return list(self.dialogue.excerpts.select_related("statement").order_by("statement__index"))


def a_village() -> Village:
    chamber = an_organisation("川辺商工会議所")
    adviser = an_account("佐野 太郎", organisation=chamber)
    business = a_business(chamber)
    leader = a_leader(business)
    engagement = an_engagement(business, adviser)
    return Village(
        business=business,
        engagement=engagement,
        dialogue=a_dialogue(
            engagement,
            adviser,
            held_on=date(2026, 6, 18),
            leader_words=list(LEADER_WORDS),
            hypothesis=HYPOTHESIS,
        ),
        adviser=adviser,
        colleague=an_account("同僚 花子", organisation=chamber),
        leader=leader,
        stranger=an_account("よそ 三郎", organisation=an_organisation()),
    )


def page_text(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())
