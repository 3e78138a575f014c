"""日本標準産業分類, the twenty divisions (大分類 A–T, revision of July 2023)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bansou.domain.method.labelled import LabelledEnum


class TradeKind(LabelledEnum):
    """The kinds the SME Basic Act tells apart. COMMERCE: the division letter alone cannot say 卸 or 小売."""

    RETAIL = "retail", "小売業"
    WHOLESALE = "wholesale", "卸売業"
    COMMERCE = "commerce", "卸売業・小売業"
    SERVICE = "service", "サービス業"
    OTHER = "other", "製造業その他"


@dataclass(frozen=True)
class IndustryDivision:
    """One division. `kind` is that of most small firms in it; `mixed_note` names the others (our rule)."""

    code: str
    label: str
    kind: TradeKind
    mixed_note: str = ""


_DIVISIONS = (
    IndustryDivision("A", "農業，林業", TradeKind.OTHER),
    IndustryDivision("B", "漁業", TradeKind.OTHER),
    IndustryDivision("C", "鉱業，採石業，砂利採取業", TradeKind.OTHER),
    IndustryDivision("D", "建設業", TradeKind.OTHER),
    IndustryDivision("E", "製造業", TradeKind.OTHER),
    IndustryDivision("F", "電気・ガス・熱供給・水道業", TradeKind.OTHER),
    IndustryDivision(
        "G", "情報通信業", TradeKind.SERVICE, "通信業・出版業などは20人以下までが小規模です。ご確認ください。"
    ),
    IndustryDivision("H", "運輸業，郵便業", TradeKind.OTHER),
    IndustryDivision("I", "卸売業，小売業", TradeKind.COMMERCE),
    IndustryDivision("J", "金融業，保険業", TradeKind.OTHER),
    IndustryDivision(
        "K",
        "不動産業，物品賃貸業",
        TradeKind.OTHER,
        "駐車場業・物品賃貸業は5人以下までが小規模です。ご確認ください。",
    ),
    IndustryDivision("L", "学術研究，専門・技術サービス業", TradeKind.SERVICE),
    IndustryDivision(
        "M",
        "宿泊業，飲食サービス業",
        TradeKind.RETAIL,
        "宿泊業は20人以下までを小規模とする制度があります。ご確認ください。",
    ),
    IndustryDivision(
        "N",
        "生活関連サービス業，娯楽業",
        TradeKind.SERVICE,
        "娯楽業は20人以下までを小規模とする制度があります。ご確認ください。",
    ),
    IndustryDivision("O", "教育，学習支援業", TradeKind.SERVICE),
    IndustryDivision("P", "医療，福祉", TradeKind.SERVICE),
    IndustryDivision("Q", "複合サービス事業", TradeKind.SERVICE),
    IndustryDivision("R", "サービス業（他に分類されないもの）", TradeKind.SERVICE),
    IndustryDivision("S", "公務（他に分類されるものを除く）", TradeKind.OTHER),
    IndustryDivision("T", "分類不能の産業", TradeKind.OTHER),
)

INDUSTRY_DIVISIONS: Mapping[str, IndustryDivision] = MappingProxyType(
    {division.code: division for division in _DIVISIONS}
)


def industry_choices() -> list[tuple[str, str]]:
    """(letter, "letter name") from A to T."""
    return [(division.code, f"{division.code} {division.label}") for division in _DIVISIONS]
