"""事業者一覧: filters and one page of rows, asked in a handful of questions."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When

from bansou.apps.businesses.models import Business
from bansou.apps.engagements.models import Engagement, EngagementMember
from bansou.domain.access import Actor
from bansou.domain.method import TeamRole

PER_PAGE = 50
# Those without a reading stand at the end.
_UNREAD = Case(When(kana_key="", then=Value(1)), default=Value(0), output_field=IntegerField())


@dataclass(frozen=True)
class BusinessPage:
    """Rows in the order of their reading; cursors are public identifiers, "" where the list ends."""

    rows: list[Business]
    before: str = ""
    after: str = ""


def narrowed(actor: Actor, wanted: dict[str, Any]) -> QuerySet[Business]:
    """Businesses this person may see that fit the filters (the cleaned values of FilterForm)."""
    found = Business.objects.visible_to(actor)
    if words := wanted.get("q"):
        found = found.matching(words)
    exact = {name: wanted[name] for name in ("industry", "size") if wanted.get(name)}
    found = found.filter(**exact)
    if wanted.get("mine"):
        found = found.filter(pk__in=set(actor.teams.values()))
    return _by_engagement(found, actor, wanted)


def _by_engagement(found: QuerySet[Business], actor: Actor, wanted: dict[str, Any]) -> QuerySet[Business]:
    running = Engagement.objects.visible_to(actor).open().filter(business=OuterRef("pk"))
    if wanted.get("step"):
        return found.filter(Exists(running.filter(step=wanted["step"])))
    if wanted.get("engagement") == "open":
        return found.filter(Exists(running))
    if wanted.get("engagement") == "none":
        return found.filter(~Exists(running))
    return found


def page_of(found: QuerySet[Business], actor: Actor, *, after: str = "", before: str = "") -> BusinessPage:
    """The rows after (or before) the business with this public identifier; the beginning without one."""
    backwards = bool(before)
    ordered = found.annotate(unread=_UNREAD)
    cursor = _cursor(ordered, before or after)
    if cursor is not None:
        ordered = ordered.filter(_beyond(*cursor, backwards=backwards))
    keys = ("-unread", "-kana_key", "-pk") if backwards else ("unread", "kana_key", "pk")
    rows = list(_with_engagements(ordered.order_by(*keys), actor)[: PER_PAGE + 1])
    more, rows = len(rows) > PER_PAGE, rows[:PER_PAGE]
    if backwards:
        rows.reverse()
    earlier = more if backwards else cursor is not None
    later = cursor is not None if backwards else more
    return BusinessPage(
        rows,
        before=rows[0].public_id if rows and earlier else "",
        after=rows[-1].public_id if rows and later else "",
    )


def _cursor(ordered: QuerySet[Business], public_id: str) -> tuple[int, str, int] | None:
    if not public_id:
        return None
    keys = ordered.values_list("unread", "kana_key", "pk")  # type: ignore[misc]  # annotated
    return keys.filter(public_id=public_id).first()


def _beyond(unread: int, kana: str, key: int, *, backwards: bool) -> Q:
    how = "lt" if backwards else "gt"
    same_reading = Q(unread=unread, kana_key=kana, **{f"pk__{how}": key})
    same_kind = Q(unread=unread, **{f"kana_key__{how}": kana})
    return Q(**{f"unread__{how}": unread}) | same_kind | same_reading


def _with_engagements(found: QuerySet[Business], actor: Actor) -> QuerySet[Business]:
    """`running`: the open engagements one may see, each with `leads` (the member who leads it now)."""
    leads = EngagementMember.objects.current().filter(role=TeamRole.LEAD).select_related("account")
    running = (
        Engagement.objects.visible_to(actor)
        .open()
        .order_by("pk")
        .prefetch_related(Prefetch("members", queryset=leads, to_attr="leads"))
    )
    return found.prefetch_related(Prefetch("engagements", queryset=running, to_attr="running")).defer(
        "memo", "search_text"
    )
