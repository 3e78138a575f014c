"""What a change comes to in one firm, as sentences; amounts without their sign, in the unit of the sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from bansou.domain.locaben.figures import Figures
from bansou.domain.locaben.lever_effects import hours_a_year, known, receivables, rounded

Yen = Callable[[Fraction], str]


def _moved(before: Figures, after: Figures, name: str) -> Fraction:
    return known(after, name) - known(before, name)


def _more(change: int) -> str:
    return "増え" if change > 0 else "減り"


def _say_price(before: Figures, after: Figures, change: int, yen: Yen) -> str:
    amount = yen(_moved(before, after, "sales"))
    turn = "上げる" if change > 0 else "下げる"
    return f"値段を{abs(change)}%{turn}と、売上と営業利益がどちらも年{amount}{_more(change)}ます。"


def _say_volume(before: Figures, after: Figures, change: int, yen: Yen) -> str:
    sales, profit = yen(_moved(before, after, "sales")), yen(_moved(before, after, "operating_profit"))
    turn = "増える" if change > 0 else "減る"
    more = _more(change)
    return f"客数や数量が{abs(change)}%{turn}と、売上は年{sales}{more}、営業利益は{profit}{more}ます。"


def _say_costs(before: Figures, after: Figures, change: int, yen: Yen) -> str:
    profit = _moved(before, after, "operating_profit")
    turn = "増える" if change > 0 else "減る"
    return (
        f"費用が{abs(change)}%{turn}と、年に{yen(profit)}（月にならすと{yen(profit / 12)}）の違いになり、"
        f"営業利益はその分{_more(-change)}ます。"
    )


def _say_people(before: Figures, after: Figures, change: int, yen: Yen) -> str:
    profit = _moved(before, after, "operating_profit")
    turn = "増える" if change > 0 else "減る"
    words = f"{abs(change)}人{turn}と、人件費が年{yen(profit)}{_more(change)}ます。"
    per_head = known(before, "operating_profit") / known(before, "employees")
    if change > 0 and per_head > 0:
        needed = change * per_head - profit
        words += f"人件費を引く前のもうけが年{yen(needed)}増えると、労働生産性はいまと同じになります。"
    return words


def _say_idle_time(before: Figures, after: Figures, change: int, yen: Yen) -> str:
    hours = rounded(hours_a_year(before, change))
    profit = yen(_moved(before, after, "operating_profit"))
    return f"手待ちが一人一日{change}分減ると、1年で{hours:,}時間が空きます。費用にすると{profit}分です。"


def _say_inventory(before: Figures, after: Figures, change: int, yen: Yen) -> str:
    return f"在庫が{change}%減ると、{yen(_moved(before, after, 'inventory'))}が現金・預金に変わります。"


def _say_collection(before: Figures, after: Figures, change: int, yen: Yen) -> str:
    freed = receivables(before) - receivables(after)
    return f"入金が{change}日早まると、売掛金などのうち{yen(freed)}が現金・預金に変わります。"


def _say_repayment(before: Figures, after: Figures, change: int, yen: Yen) -> str:
    repaid = yen(_moved(before, after, "borrowings"))
    return (
        f"借入の{change}%にあたる{repaid}を返すと、現金・預金も同じだけ減ります。"
        "差し引きの借入は変わらないので、EBITDA有利子負債倍率は動きません。"
    )


SAYS: Mapping[str, Callable[[Figures, Figures, int, Yen], str]] = MappingProxyType(
    {
        "price": _say_price,
        "volume": _say_volume,
        "costs": _say_costs,
        "people": _say_people,
        "idle_time": _say_idle_time,
        "inventory": _say_inventory,
        "collection": _say_collection,
        "repayment": _say_repayment,
    }
)
