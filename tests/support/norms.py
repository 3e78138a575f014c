"""Norms an office loaded for itself: the shipped figures under a name of its own."""

from dataclasses import replace

from bansou.apps.accounts.models import Account
from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.models import LocalBenchmark
from bansou.apps.sheets.norm_editions import load_norms
from bansou.domain.locaben import Norms, shipped_norms


def own_norms(sheet: LocalBenchmark, by: Account) -> None:
    """Measure a sheet by norms of its office, which are not official."""
    shipped = shipped_norms()
    edition = replace(shipped.edition, code="own-2026", label="県の独自基準 2026", official=False)
    loaded = load_norms(
        actor=actor_for(by),
        organisation=sheet.engagement.organisation,
        norms=Norms(edition, dict(shipped)),
    )
    LocalBenchmark.objects.filter(pk=sheet.pk).update(edition=loaded.code)
