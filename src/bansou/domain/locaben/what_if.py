"""もし、こうなったら: rough sums for the talk. One lever at a time, each with its assumption in words.

All of it is our rule. What is earned or freed is cash at the end of the year; tax, interest and delays are
left out. A blank figure stays blank, a balance that balanced before balances after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from bansou.domain.locaben.display import shown_yen
from bansou.domain.locaben.figures import Figures
from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.lever_effects import EFFECTS, WORKING_DAYS, costs, day_of_sales, known, receivables
from bansou.domain.locaben.lever_words import SAYS
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit

ROUGH_ESTIMATE = (
    "粗い試算です。税金や利息、時期のずれは考えていません。増えたもうけは、年度末に現金・預金で残るとみます。"
)
"""The sentence that stands beside every result of a lever."""

_GROWTH, _MARGIN, _PRODUCTIVITY, _DEBT, _CAPITAL, _EQUITY = Indicator


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """A number the accounts do not tell. `question` lets the owner tell it; until then `default` is taken."""

    label: str
    unit: str
    default: int
    low: int
    high: int
    step: int
    question: str


@dataclass(frozen=True, kw_only=True)
class Lever:
    """`change` runs from `low` to `high` in whole steps of `unit`; 0 changes nothing.

    `indicators` are those it moves; `needs` the figures without which it is not offered.
    """

    key: str
    label: str
    unit: str
    low: int
    high: int
    step: int
    indicators: tuple[Indicator, ...]
    assumption: str
    needs: tuple[str, ...]
    assumed: Assumed | None = None

    def says(
        self, figures: Figures, change: int, assumed: int | None = None, *, unit: YenUnit = YenUnit.THOUSAND
    ) -> str:
        """What the change comes to in this firm, in one or two sentences; refuses like `what_if`."""
        after = what_if(figures, self.key, change, assumed)
        if change == 0:
            return "まだ何も動かしていません。"
        words = SAYS[self.key](figures, after, change, lambda amount: shown_yen(abs(round(amount)), unit))
        if after.cash is not None and after.cash < 0 and (figures.cash or 0) >= 0:
            words += "この計算では、手元の現金・預金が足りなくなります。"
        return words


LEVERS: tuple[Lever, ...] = (
    Lever(
        key="price",
        label="値段を見直す",
        unit="%",
        low=-5,
        high=10,
        step=1,
        indicators=(_GROWTH, _MARGIN, _PRODUCTIVITY, _DEBT, _CAPITAL, _EQUITY),
        assumption="お客様の数も、かかる費用も変わらないとみます。売掛金などは売上と同じ割合で動きます。",
        needs=("sales", "operating_profit"),
    ),
    Lever(
        key="volume",
        label="客数・数量が変わる",
        unit="%",
        low=-20,
        high=20,
        step=1,
        indicators=(_GROWTH, _MARGIN, _PRODUCTIVITY, _DEBT, _EQUITY),
        assumption="増えた（減った）売上のうち決まった割合だけが、材料費や外注費を引いた残りとして利益になるとみます。"
        "人や家賃などの費用は変わりません。売掛金、在庫、買掛金は売上と同じ割合で動きます。",
        needs=("sales", "operating_profit"),
        assumed=Assumed(
            label="売上が増えたとき残る割合",
            unit="%",
            default=30,
            low=5,
            high=90,
            step=5,
            question="売上が100円増えたら、材料や外注の払いを引いて、手元に何円くらい残りますか。",
        ),
    ),
    Lever(
        key="costs",
        label="費用が変わる",
        unit="%",
        low=-10,
        high=10,
        step=1,
        indicators=(_MARGIN, _PRODUCTIVITY, _DEBT, _EQUITY),
        assumption="売上から営業利益と減価償却費を引いた残りを費用とみて、その割合で動かします。売上は変わらないとみます。",
        needs=("sales", "operating_profit"),
    ),
    Lever(
        key="people",
        label="働く人の数が変わる",
        unit="人",
        low=-3,
        high=5,
        step=1,
        indicators=(_MARGIN, _PRODUCTIVITY, _DEBT, _EQUITY),
        assumption="売上は変わらず、一人分の人件費だけが増える（減る）とみます。新しい人が生む売上は入れていません。",
        needs=("employees", "operating_profit"),
        assumed=Assumed(
            label="一人あたりの人件費（年、社会保険料などを含む）",
            unit="万円",
            default=400,
            low=200,
            high=1000,
            step=20,
            question="一人来ていただくと、会社の負担も入れて、1年でどのくらいかかりますか。",
        ),
    ),
    Lever(
        key="idle_time",
        label="手待ちを減らす",
        unit="分/日",
        low=0,
        high=60,
        step=6,
        indicators=(_MARGIN, _PRODUCTIVITY, _DEBT, _EQUITY),
        assumption=f"正社員全員で一日に減る時間を{WORKING_DAYS}日分足し、その時間の残業や外注が減るとみます。"
        "空いた時間で新しい仕事を受ける分は入れていません。",
        needs=("employees", "operating_profit"),
        assumed=Assumed(
            label="1時間あたりの人件費",
            unit="円",
            default=2000,
            low=1000,
            high=6000,
            step=100,
            question="残業や外注の1時間には、どのくらいの費用がかかっていますか。",
        ),
    ),
    Lever(
        key="inventory",
        label="在庫を減らす",
        unit="%",
        low=0,
        high=50,
        step=5,
        indicators=(_DEBT, _CAPITAL),
        assumption="減らした在庫が、帳簿と同じ金額の現金・預金に変わるとみます。",
        needs=("inventory",),
    ),
    Lever(
        key="collection",
        label="回収を早める",
        unit="日",
        low=0,
        high=30,
        step=5,
        indicators=(_DEBT, _CAPITAL),
        assumption="月の売上（年の12分の1）を30日で割って1日分とし、その日数分の売掛金などが現金・預金に変わるとみます。",
        needs=("sales", "accounts_receivable"),
    ),
    Lever(
        key="repayment",
        label="借入を返す",
        unit="%",
        low=0,
        high=50,
        step=5,
        indicators=(_EQUITY,),
        assumption="手元の現金・預金から、その分を繰り上げて返すとみます。",
        needs=("borrowings", "cash"),
    ),
)

_BY_KEY: Mapping[str, Lever] = MappingProxyType({lever.key: lever for lever in LEVERS})


def available_levers(figures: Figures) -> tuple[Lever, ...]:
    """The levers these figures allow, each with the range that makes sense for this firm.

    Left out: a lever whose figures are blank or leave nothing to move (no stock, no debt, sales of zero).
    """
    fitted = (_fitted(lever, figures) for lever in LEVERS)
    return tuple(lever for lever in fitted if lever is not None)


def what_if(figures: Figures, key: str, change: int, assumed: int | None = None) -> Figures:
    """The figures after one change; `assumed` replaces the default of the lever's own assumption.

    Raises Refusal `unknown_lever`, `lever_not_available`, `change_out_of_range` or `assumed_out_of_range`.
    """
    if key not in _BY_KEY:
        raise Refusal("unknown_lever", "この試算はありません。一覧から選んでください。", "lever")
    lever = _fitted(_BY_KEY[key], figures)
    if lever is None:
        label = _BY_KEY[key].label
        raise Refusal("lever_not_available", f"「{label}」の試算に要る数字が、まだ入っていません。", "lever")
    if not lever.low <= change <= lever.high:
        message = f"「{lever.label}」は{lever.low}から{lever.high}{lever.unit}までで動かしてください。"
        raise Refusal("change_out_of_range", message, "change")
    deltas = EFFECTS[key](figures, change, _assumed(lever, assumed))
    moved = {name: getattr(figures, name) + delta for name, delta in deltas.items() if delta}
    return replace(figures, **moved)


def _assumed(lever: Lever, given: int | None) -> int:
    if lever.assumed is None:
        return 0
    if given is None:
        return lever.assumed.default
    if not lever.assumed.low <= given <= lever.assumed.high:
        asked = lever.assumed
        message = f"「{asked.label}」は{asked.low:,}から{asked.high:,}{asked.unit}までで入れてください。"
        raise Refusal("assumed_out_of_range", message, "assumed")
    return given


def _fitted(lever: Lever, figures: Figures) -> Lever | None:
    complete = all(getattr(figures, name) is not None for name in lever.needs)
    positive = [name for name in lever.needs if name != "operating_profit"]
    if not complete or any(known(figures, name) <= 0 for name in positive):
        return None
    if lever.key == "costs" and costs(figures) <= 0:
        return None
    low, high = lever.low, lever.high
    if lever.key == "people":
        low = max(low, 1 - int(known(figures, "employees")))
    if lever.key == "collection":
        high = _whole_steps(lever, receivables(figures) / day_of_sales(figures))
    if lever.key == "repayment":
        high = _whole_steps(lever, 100 * known(figures, "cash") / known(figures, "borrowings"))
    return replace(lever, low=low, high=high) if high > low else None


def _whole_steps(lever: Lever, most: Fraction) -> int:
    return min(lever.high, int(most) // lever.step * lever.step)
