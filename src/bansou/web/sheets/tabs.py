"""Where one is inside ローカルベンチマーク: the tabs of the sheet and the way back to the カルテ."""

from typing import Any

from django.urls import reverse

from bansou.apps.engagements.models import Engagement
from bansou.ui.items import Link

_PAGES = (
    ("結果", "locaben"),
    ("決算を入れる", "locaben-accounts"),
    ("業務フロー・商流", "locaben-flow"),
    ("4つの視点", "locaben-views"),
    ("版をくらべる", "locaben-versions"),
)


def sheet_tabs(engagement: Engagement, current: str) -> list[Link]:
    """`current`: the URL name of the page one is on, or of the page it belongs to."""
    key = engagement.public_id
    return [Link(label, reverse(name, args=[key]), current=name == current) for label, name in _PAGES]


def sheet_crumbs(engagement: Engagement, *further: tuple[str, str]) -> list[tuple[str, str]]:
    """事業者名 › ローカルベンチマーク › …; `further` as (label, address), the last one without an address."""
    business = engagement.business
    crumbs = [
        (business.name, reverse("karte", args=[business.public_id])),
        ("ローカルベンチマーク", reverse("locaben", args=[engagement.public_id]) if further else ""),
    ]
    return [*crumbs, *further]


def sheet_frame(engagement: Engagement, current: str, *further: tuple[str, str]) -> dict[str, Any]:
    """What `sheets/_page.html` needs."""
    return {
        "engagement": engagement,
        "business": engagement.business,
        "tabs": sheet_tabs(engagement, current),
        "crumbs": sheet_crumbs(engagement, *further),
    }
