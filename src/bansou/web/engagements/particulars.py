"""What stands around the time line: the firm, its people, the team, the verdict, the months together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.apps.engagements.models import Engagement
from bansou.domain.access import Actor
from bansou.domain.method import INDUSTRY_DIVISIONS, BusinessSize, TeamRole, Verdict, Viewpoint

from .history import Line, Source


@dataclass(frozen=True)
class TeamMember:
    name: str
    role: str
    since: date


@dataclass(frozen=True)
class Standing:
    """The newest filled checklist: its verdict, when it was given, when to look again."""

    verdict: Verdict
    day: date
    again: date | None

    @property
    def tone(self) -> str:
        return "good" if self.verdict is Verdict.RECOMMENDED else "caution"


def engagements_of(business: Business, actor: Actor) -> list[Engagement]:
    """Those this person may see: the present one first, then former ones from the latest on.

    Present is what is still open and one's own; with nothing open it is the last one.
    """
    found = (
        Engagement.objects.visible_to(actor)
        .filter(business=business)
        .select_related("organisation")
        .order_by("-started_on", "-pk")
    )
    return sorted(found, key=lambda e: (not e.is_open, e.is_open and e.pk not in actor.teams))


def people_of(business: Business) -> list[BusinessPerson]:
    """People of the firm in the order of viewpoints, the leader first."""
    order = list(Viewpoint)
    people = BusinessPerson.objects.current().filter(business=business).order_by("pk")
    return sorted(people, key=lambda person: order.index(Viewpoint(person.viewpoint)))


def team_of(engagement: Engagement, course: Sequence[Line]) -> list[TeamMember]:
    order = list(TeamRole)
    rows = [
        line
        for line in course
        if line.source is Source.MEMBER and line.engagement == engagement.pk and line.until is None
    ]
    rows.sort(key=lambda line: order.index(TeamRole(line.before)))
    return [TeamMember(line.after, TeamRole(line.before).label, line.day) for line in rows]


def standing_of(engagement: Engagement, course: Sequence[Line]) -> Standing | None:
    rows = [line for line in course if line.source is Source.ASSESSMENT and line.engagement == engagement.pk]
    if not rows:
        return None
    newest = max(rows, key=lambda line: line.number)
    return Standing(Verdict(newest.after), newest.day, newest.until)


def months_together(engagement: Engagement, today: date) -> str:
    """「1年2か月目」: the month that is running since the start; 「まもなく開始」 before it."""
    start = engagement.started_on
    if today < start:
        return "まもなく開始"
    months = (today.year - start.year) * 12 + today.month - start.month - (today.day < start.day) + 1
    years, rest = divmod(months, 12)
    return (f"{years}年" if years else "") + (f"{rest}か月目" if rest else "目")


def industry_of(business: Business) -> str:
    division = INDUSTRY_DIVISIONS.get(business.industry)
    return business.industry_detail or (division.label if division else "")


def chips_of(business: Business) -> list[str]:
    chips = [industry_of(business), BusinessSize(business.size).label]
    if business.headcount is not None:
        chips.append(f"従業員{business.headcount}名")
    if business.succession:
        chips.append("事業承継")
    return [chip for chip in chips if chip]


def facts_of(business: Business) -> list[tuple[str, str]]:
    """What is known of the firm; what is not known is left out."""
    division = INDUSTRY_DIVISIONS.get(business.industry)
    known = [
        ("所在地", business.address),
        ("電話", business.phone),
        ("業種", "・".join(filter(None, [division.label if division else "", business.industry_detail]))),
        ("従業員", f"{business.headcount}名" if business.headcount is not None else ""),
        ("資本金", _amount(business.capital_yen)),
        ("決算月", f"{business.closing_month}月" if business.closing_month else ""),
        ("創業", f"{business.founded_year}年" if business.founded_year else ""),
        ("法人番号", business.corporate_number),
    ]
    return [(term, value) for term, value in known if value]


def _amount(yen: int | None) -> str:
    if yen is None:
        return ""
    return f"{yen // 10_000:,}万円" if yen and yen % 10_000 == 0 else f"{yen:,}円"
