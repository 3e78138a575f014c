"""The doors of this room."""

from dataclasses import replace

from bansou.apps.engagements.policies import facts_of_engagement
from bansou.domain.access import Actor, Capability, Facts, NotVisible, decide

from .models import LocalBenchmark, SheetFile


def facts_of_benchmark(actor: Actor, benchmark: LocalBenchmark) -> Facts:
    return replace(
        facts_of_engagement(actor, benchmark.engagement), opened_to_leader=benchmark.is_open_to_leader
    )


def access_benchmark(actor: Actor, public_id: str) -> LocalBenchmark:
    """The sheet, for the team and for the 経営者 it was opened to. Pages of the team ask the engagement."""
    benchmark = (
        LocalBenchmark.objects.select_related("engagement__business", "engagement__organisation")
        .filter(public_id=public_id)
        .first()
    )
    if benchmark is None:
        raise NotVisible
    decide(Capability.SEE_SHEET, facts_of_benchmark(actor, benchmark)).enforce()
    return benchmark


def access_sheet_file(actor: Actor, public_id: str) -> SheetFile:
    """A file on its way in belongs to the person who brought it, as long as they are on the team."""
    file = (
        SheetFile.objects.select_related("engagement__business", "engagement__organisation")
        .filter(public_id=public_id, uploaded_by_id=actor.account_key)
        .first()
    )
    if file is None:
        raise NotVisible
    decide(Capability.CONDUCT_ENGAGEMENT, facts_of_engagement(actor, file.engagement)).enforce()
    return file
