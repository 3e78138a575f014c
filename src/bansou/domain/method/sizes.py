"""中規模／小規模事業者: the size of a business and the proposal of one."""

from dataclasses import dataclass

from bansou.domain.method.industries import INDUSTRY_DIVISIONS, TradeKind
from bansou.domain.method.labelled import LabelledEnum

_HEADCOUNT_LIMIT = {
    TradeKind.RETAIL: 5,
    TradeKind.WHOLESALE: 5,
    TradeKind.COMMERCE: 5,
    TradeKind.SERVICE: 5,
    TradeKind.OTHER: 20,
}
_CAPITAL_LIMIT_YEN = 10_000_000


class BusinessSize(LabelledEnum):
    """The two sizes the guideline speaks of; MEDIUM is everything that is not SMALL."""

    MEDIUM = "medium", "中規模事業者"
    SMALL = "small", "小規模事業者"


@dataclass(frozen=True)
class SizeProposal:
    """A proposal a person may change. `size` is None when neither headcount nor capital is known."""

    size: BusinessSize | None
    reason: str


def propose_size(
    *, industry_division: str | None, capital_yen: int | None, headcount: int | None
) -> SizeProposal:
    """Propose the size from division letter (A–T), capital in yen and regular employees (常時使用する従業員).

    SME Basic Act article 2(5): small means at most 20 employees, at most 5 in 商業・サービス業.
    Our rules: an unknown division counts as その他 (20); a division that holds several kinds follows the kind
    most of its small firms belong to, and the reason says when another limit may apply (宿泊業・娯楽業 count
    up to 20 by the order under the 小規模事業者支援法); only when headcount is missing, capital decides:
    at most 10 million yen proposes small. Negative figures raise ValueError.
    """
    if (headcount or 0) < 0 or (capital_yen or 0) < 0:
        raise ValueError("headcount and capital cannot be negative")
    if headcount is not None:
        return _by_headcount(industry_division, headcount)
    if capital_yen is not None:
        return _by_capital(capital_yen)
    return SizeProposal(None, "従業員数も資本金も未入力のため、規模を提案できません。")


def _by_headcount(industry_division: str | None, headcount: int) -> SizeProposal:
    division = INDUSTRY_DIVISIONS.get((industry_division or "").strip().upper())
    kind = division.kind if division else TradeKind.OTHER
    limit = _HEADCOUNT_LIMIT[kind]
    size = BusinessSize.SMALL if headcount <= limit else BusinessSize.MEDIUM
    name = division.label if division else "業種未入力（製造業その他として扱います）"
    reason = f"{name}・従業員{headcount}人。この業種では{limit}人以下が小規模事業者です。"
    if division and division.mixed_note and 5 < headcount <= 20:
        reason += division.mixed_note
    return SizeProposal(size, reason)


def _by_capital(capital_yen: int) -> SizeProposal:
    small = capital_yen <= _CAPITAL_LIMIT_YEN
    reason = (
        f"従業員数が未入力のため、資本金（{capital_yen:,}円）が1,000万円"
        f"{'以下' if small else '超'}であることから仮に提案しています。従業員数がわかったら見直してください。"
    )
    return SizeProposal(BusinessSize.SMALL if small else BusinessSize.MEDIUM, reason)
