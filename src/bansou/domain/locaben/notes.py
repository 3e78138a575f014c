"""What must be said beside a score: notes of one result, and the rules that always stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from bansou.domain.locaben.figures import FIGURE_LABELS
from bansou.domain.method.labelled import LabelledEnum


class RuleMark(LabelledEnum):
    """How well a rule is known. OUR_RULE is used wherever METI's rule is not known to us."""

    CONFIRMED = "confirmed", "確認済み"
    ONE_SOURCE = "one_source", "一つの出典"
    OUR_RULE = "our_rule", "当方の規則"


def _missing(key: str, signs: str) -> tuple[str, str]:
    return (
        f"missing_{key}",
        f"{FIGURE_LABELS[key]}が未入力のため、{signs}は計算できません。空欄をゼロとはみなしません。",
    )


class Note(LabelledEnum):
    """Codes are stored and written by `bansou locaben score`; results carry notes in this order."""

    mark: RuleMark

    def __new__(cls, value: str, label: str = "", mark: RuleMark = RuleMark.OUR_RULE) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label, member.mark = value, label, mark
        return member

    NET_CASH = (
        "net_cash",
        "現金・預金が借入金以上にあり、実質的に無借金です。EBITDA有利子負債倍率は5点とします。",
    )
    EBITDA_NOT_POSITIVE = (
        "ebitda_not_positive",
        "EBITDA（営業利益＋減価償却費）がゼロ以下のため、倍率は計算しません。借入金が現金・預金より多ければ1点とし、"
        "そうでなければ点を付けません。",
    )
    NO_PREVIOUS_SALES = (
        "no_previous_sales",
        "前期の売上高が未入力かゼロ以下のため、売上増加率は計算できません。0%とはみなしません。",
    )
    EMPLOYEES_ZERO_AS_ONE = (
        "employees_zero_as_one",
        "正社員が0人のため、1人として労働生産性を計算しました。",
        RuleMark.ONE_SOURCE,
    )
    INSOLVENT = (
        "insolvent",
        "純資産がマイナス（債務超過）です。自己資本比率はマイナスのまま評価します。",
        RuleMark.CONFIRMED,
    )
    SALES_NOT_POSITIVE = (
        "sales_not_positive",
        "売上高がゼロ以下のため、営業利益率と営業運転資本回転期間は計算できません。",
    )
    NO_TOTAL_ASSETS = (
        "no_total_assets",
        "負債・純資産合計がゼロ以下のため、自己資本比率は計算できません。",
    )
    EMPLOYEES_NEGATIVE = (
        "employees_negative",
        "従業員数がマイナスのため、労働生産性は計算できません。",
    )
    PERIOD_NOT_TWELVE_MONTHS = (
        "period_not_twelve_months",
        "決算期間（売上増加率では前期も）が12か月ではないため、売上増加率・営業利益率・営業運転資本回転期間の"
        "うち「参考」と付けた値は参考値です。"
        "12か月分への換算はしていません。",
    )
    OTHER_DEBT_COUNTED = (
        "other_debt_counted",
        "社債・リース債務・役員借入金のうち、選ばれたものを借入金に加えています。",
    )
    SIZE_PROPOSED = (
        "size_proposed",
        "規模（中規模・小規模）は従業員数または資本金からの提案です。確かめて選び直せます。",
    )
    SIZE_ASSUMED_MEDIUM = (
        "size_assumed_medium",
        "従業員数も資本金も未入力のため、小規模とはいえず、中規模の基準値で採点しました。",
    )
    UNOFFICIAL_AID = (
        "unofficial_aid",
        "数字は、個人事業主の計算補助（非公式）で青色申告決算書から計算したものです。",
    )
    MISSING_SALES = _missing("sales", "①売上増加率・②営業利益率・⑤営業運転資本回転期間")
    MISSING_OPERATING_PROFIT = _missing("operating_profit", "②営業利益率・③労働生産性・④EBITDA有利子負債倍率")
    MISSING_DEPRECIATION = _missing("depreciation", "④EBITDA有利子負債倍率")
    MISSING_EMPLOYEES = _missing("employees", "③労働生産性")
    MISSING_CASH = _missing("cash", "④EBITDA有利子負債倍率")
    MISSING_NOTES_RECEIVABLE = _missing("notes_receivable", "⑤営業運転資本回転期間")
    MISSING_ACCOUNTS_RECEIVABLE = _missing("accounts_receivable", "⑤営業運転資本回転期間")
    MISSING_INVENTORY = _missing("inventory", "⑤営業運転資本回転期間")
    MISSING_BORROWINGS = _missing("borrowings", "④EBITDA有利子負債倍率")
    MISSING_NOTES_PAYABLE = _missing("notes_payable", "⑤営業運転資本回転期間")
    MISSING_ACCOUNTS_PAYABLE = _missing("accounts_payable", "⑤営業運転資本回転期間")
    MISSING_NET_ASSETS = _missing("net_assets", "⑥自己資本比率")
    MISSING_TOTAL_ASSETS = _missing("total_assets", "⑥自己資本比率")

    @classmethod
    def missing(cls, key: str) -> Self:
        """The note of a blank figure; a blank 前期売上高 is ``NO_PREVIOUS_SALES``."""
        return cls("no_previous_sales" if key == "previous_sales" else f"missing_{key}")

    @property
    def code(self) -> str:
        return self.value

    @property
    def blank_figure(self) -> str:
        """The key of the figure a ``missing_…`` note speaks of, else ""."""
        return self.value.removeprefix("missing_") if self.value.startswith("missing_") else ""

    @property
    def is_our_rule(self) -> bool:
        return self.mark is RuleMark.OUR_RULE

    @property
    def sentence(self) -> str:
        """The sentence for screen and paper. What is not confirmed says so at its end."""
        if self.mark is RuleMark.CONFIRMED:
            return self.label
        return f"{self.label}（{self.mark.label}）"


@dataclass(frozen=True)
class RuleNote:
    """One rule on the page 計算のしかた."""

    heading: str
    sentence: str
    mark: RuleMark


STANDING_RULES: tuple[RuleNote, ...] = (
    RuleNote(
        "六つの計算式",
        "売上増加率、営業利益率、労働生産性、EBITDA有利子負債倍率、営業運転資本回転期間、自己資本比率の式です。"
        "複数の公開資料で一致しています。",
        RuleMark.CONFIRMED,
    ),
    RuleNote(
        "EBITDA",
        "営業利益に減価償却費を足した額です。経常利益、利息、税金は入れません。",
        RuleMark.CONFIRMED,
    ),
    RuleNote("借入金", "短期借入金と長期借入金の合計です。", RuleMark.ONE_SOURCE),
    RuleNote(
        "1年内に返す長期借入金",
        "性質として長期借入金の一部なので、借入金に含めます。",
        RuleMark.OUR_RULE,
    ),
    RuleNote(
        "社債・リース債務・役員借入金",
        "借入金とは分けて入れ、選んだときだけ加えます。はじめは加えません。加えたときは結果にそう書きます。",
        RuleMark.OUR_RULE,
    ),
    RuleNote(
        "現金・預金",
        "全額を借入金から引きます。引いた結果がマイナスになることもあります。",
        RuleMark.CONFIRMED,
    ),
    RuleNote("売上債権", "売掛金と受取手形の合計です。", RuleMark.ONE_SOURCE),
    RuleNote("買入債務", "買掛金と支払手形の合計です。未払金や未払費用は入れません。", RuleMark.ONE_SOURCE),
    RuleNote(
        "電子記録債権・電子記録債務",
        "電子記録債権は売上債権に、電子記録債務は買入債務に加えます。",
        RuleMark.OUR_RULE,
    ),
    RuleNote("割引手形・裏書手形", "売上債権には加えません。", RuleMark.OUR_RULE),
    RuleNote("棚卸資産", "商品、製品、仕掛品、原材料、貯蔵品の合計です。", RuleMark.OUR_RULE),
    RuleNote("月商", "売上高を12で割ります。日数からは計算しません。", RuleMark.CONFIRMED),
    RuleNote("残高", "期末の残高を使います。期首との平均はとりません。", RuleMark.OUR_RULE),
    RuleNote(
        "従業員数",
        "正社員の人数です。使用人兼務役員は数え、そのほかの役員、パート、派遣、契約社員は数えません。"
        "0人のときは1人として計算します。",
        RuleMark.ONE_SOURCE,
    ),
    RuleNote(
        "空欄",
        "空欄はゼロとみなさず、その数字を使う指標を「算出不可」とします。",
        RuleMark.OUR_RULE,
    ),
    RuleNote(
        "丸め",
        "丸める前の値で点を付けます。表示だけを四捨五入します（マイナスは絶対値で四捨五入）。",
        RuleMark.OUR_RULE,
    ),
    RuleNote(
        "点数",
        "業種・規模ごとの四つの区切りで1点から5点を付けます。EBITDA有利子負債倍率と営業運転資本回転期間は、"
        "小さいほど点が高くなります。",
        RuleMark.CONFIRMED,
    ),
    RuleNote("区切りとちょうど同じ値", "良いほうの点を付けます。", RuleMark.OUR_RULE),
    RuleNote("マイナスの値", "営業運転資本と純資産のマイナスは、そのまま評価します。", RuleMark.CONFIRMED),
    RuleNote("合計", "六つの点をそのまま足します（6点から30点）。重みはかけません。", RuleMark.CONFIRMED),
    RuleNote("総合評価のBとCの境", "18点以上がB、17点以下がCです。", RuleMark.CONFIRMED),
    RuleNote("総合評価のA・Dの範囲", "24点以上がA、11点以下がDです。", RuleMark.ONE_SOURCE),
    RuleNote(
        "点の付かない指標があるとき",
        "付いた点だけを足した参考の合計を示し、総合評価は付けません。",
        RuleMark.OUR_RULE,
    ),
    RuleNote(
        "実質無借金",
        "EBITDAがプラスで、現金・預金が借入金以上にあるときは5点とし、値を添えて「実質無借金」と示します。",
        RuleMark.OUR_RULE,
    ),
    RuleNote(
        "EBITDAがゼロ以下",
        "倍率は計算しません。借入金が現金・預金より多ければ1点、そうでなければ点を付けません。",
        RuleMark.OUR_RULE,
    ),
    RuleNote(
        "12か月でない決算期間",
        "売上増加率、営業利益率、営業運転資本回転期間を参考値とします。12か月分への換算はしません。",
        RuleMark.OUR_RULE,
    ),
    RuleNote(
        "規模",
        "従業員20人以下（卸売・小売・飲食・サービス業は5人以下）なら小規模を提案します。"
        "従業員数が未入力のときだけ、資本金1,000万円以下で小規模を提案します。選び直せます。"
        "多くの事業者をまとめて採点するときは、どちらも未入力なら中規模とし、そう書き添えます。",
        RuleMark.OUR_RULE,
    ),
    RuleNote(
        "基準値の版",
        "点数は計算したときの版とともに残ります。新しい版が出ても、前の結果は変わりません。"
        "違う版の点数は、そうと断らずに比べません。",
        RuleMark.OUR_RULE,
    ),
)
