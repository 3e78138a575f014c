"""The 14 大分類 and 27 小分類 of ローカルベンチマーク (its own list, not JSIC divisions), and the size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bansou.domain.japanese import search_key, search_words
from bansou.domain.method.sizes import BusinessSize, SizeProposal

_FEW_ARE_SMALL = frozenset({"04", "05", "06", "10"})
_CAPITAL_LIMIT_YEN = 10_000_000


@dataclass(frozen=True)
class Industry:
    """One 小分類 with the 大分類 it belongs to."""

    code: str
    label: str
    major_code: str
    major_label: str


_MAJORS = {
    "01": "農業", "02": "建設業", "03": "製造業", "04": "卸売業", "05": "小売業", "06": "飲食業",
    "07": "不動産業", "08": "運輸業", "09": "エネルギー", "10": "サービス業", "11": "医療業",
    "12": "保険衛生、廃棄物処理業", "13": "観光業", "14": "その他",
}  # fmt: skip

# Code, label, and (our rule) words people use for it: they help to find, they decide nothing.
_MINORS = (
    ("0101", "農業", "農園 農家 畜産 酪農 果樹 園芸 林業 漁業"),
    ("0201", "建設業", "建築 工務店 大工 土木 リフォーム 塗装 左官 設備工事 電気工事 造園"),
    ("0301", "食料品・飼料・飲料製造業", "食品 菓子 製菓 パン 酒造 醸造 味噌 水産加工 豆腐"),
    ("0302", "化学工業・関連製品製造業", "化粧品 医薬品 プラスチック ゴム 樹脂 塗料"),
    ("0303", "鉄鋼業、非鉄金属製造業", "鋳物 鋳造 製鉄 アルミ 銅"),
    ("0304", "金属製品製造業", "鉄工 板金 プレス 金型 めっき 熱処理 ねじ 切削"),
    ("0305", "一般・電気機械器具製造業", "機械 精密 精機 電子部品 工作機械 自動車部品 輸送用機械"),
    ("0306", "その他の製造業", "印刷 木工 家具 繊維 縫製 紙 窯業 陶磁器 工芸 メーカー"),
    ("0401", "化学製品卸売業", "薬品 医薬品 化粧品 問屋"),
    ("0402", "繊維関連製品卸売業", "衣料 アパレル 呉服 問屋"),
    ("0403", "食料品卸売業", "食品 青果 鮮魚 酒 問屋 仲卸"),
    ("0404", "その他の卸売業", "商社 建材 機械 鋼材 問屋"),
    ("0501", "小売業", "商店 販売店 スーパー 酒店 書店 薬局 ガソリンスタンド 通販 EC 自動車販売"),
    ("0601", "飲食業", "飲食店 食堂 居酒屋 レストラン カフェ 喫茶 ラーメン 料理店"),
    ("0701", "不動産業", "賃貸 仲介 駐車場 マンション 大家"),
    ("0801", "運輸業", "運送 物流 倉庫 トラック タクシー バス 引越"),
    ("0901", "エネルギー", "電気 ガス 水道 発電 太陽光 LPガス"),
    ("1001", "物品賃貸業", "リース レンタル"),
    ("1002", "娯楽業", "スポーツ ゴルフ 映画 遊技場 パチンコ フィットネス"),
    ("1003", "広告・調査・情報サービス業", "ソフトウェア システム IT デザイン 制作 ウェブ WEB"),
    ("1004", "事業サービス業", "警備 清掃 ビルメンテナンス 派遣 コールセンター"),
    ("1005", "専門サービス業", "設計 税理士 会計 弁護士 行政書士 社会保険労務士 コンサルティング 写真 測量"),
    (
        "1006",
        "その他のサービス業",
        "美容 理容 クリーニング 整備 修理 葬祭 教育 学習塾 介護 福祉 保育 冠婚葬祭",
    ),
    ("1101", "医療業", "病院 医院 診療所 歯科 クリニック 整骨 鍼灸"),
    ("1201", "保険衛生、廃棄物処理業", "保健衛生 産業廃棄物 産廃 リサイクル ごみ"),
    ("1301", "観光業", "旅館 ホテル 宿泊 民宿 旅行 土産"),
    ("1400", "その他業種", "分類できない"),
)

INDUSTRIES: Mapping[str, Industry] = MappingProxyType(
    {code: Industry(code, label, code[:2], _MAJORS[code[:2]]) for code, label, _ in _MINORS}
)

_NAMES = {code: search_key(f"{code} {label} {_MAJORS[code[:2]]}") for code, label, _ in _MINORS}
_LABELS = {code: search_key(label) for code, label, _ in _MINORS}
_WORDS = {code: [search_key(word) for word in words.split()] for code, _, words in _MINORS}


def search_industries(words: str) -> list[Industry]:
    """Industries that fit every word of ``words``, the closest names first; blank: all."""
    keys = search_words(words)
    named = [code for code in INDUSTRIES if all(key in _NAMES[code] for key in keys)]
    named.sort(key=lambda code: not any(_LABELS[code].startswith(key) for key in keys))
    called = [code for code in INDUSTRIES if code not in named and all(_fits(code, key) for key in keys)]
    return [INDUSTRIES[code] for code in named + called]


def _fits(code: str, key: str) -> bool:
    # 「自動車整備工場」 contains 「整備」: people write more than the word in our list.
    return key in _NAMES[code] or any(key in word or word in key for word in _WORDS[code])


def propose_firm_size(*, industry_code: str, employees: int | None, capital_yen: int | None) -> SizeProposal:
    """Propose the size a person may change (our rule: METI's is not known).

    SME Basic Act article 2(5): small up to 20 employees, up to 5 in 卸売・小売・飲食・サービス業. Only when
    the headcount is blank, capital up to 10 million yen proposes small. Negative figures raise ValueError.
    """
    if (employees or 0) < 0 or (capital_yen or 0) < 0:
        raise ValueError("headcount and capital cannot be negative")
    if employees is not None:
        limit = 5 if industry_code[:2] in _FEW_ARE_SMALL else 20
        size = BusinessSize.SMALL if employees <= limit else BusinessSize.MEDIUM
        name = _MAJORS.get(industry_code[:2], "業種未選択")
        return SizeProposal(
            size, f"{name}・従業員{employees}人。この業種では{limit}人以下を小規模事業者とします。"
        )
    if capital_yen is not None:
        small = capital_yen <= _CAPITAL_LIMIT_YEN
        return SizeProposal(
            BusinessSize.SMALL if small else BusinessSize.MEDIUM,
            f"従業員数が未入力のため、資本金が1,000万円{'以下' if small else '超'}であることから"
            "仮に提案しています。",
        )
    return SizeProposal(None, "従業員数も資本金も未入力のため、規模を提案できません。")
