from dataclasses import replace
from decimal import Decimal

import pytest

from bansou.domain.locaben import FIGURE_FIELDS, BusinessSize, Figures, assess
from bansou.domain.locaben.what_if import LEVERS, ROUGH_ESTIMATE, available_levers, what_if
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit
from tests.domain.locaben.norms_for_tests import firm, norms_for_tests

FIRM = firm(
    total_liabilities=28_000_000, electronic_receivables=500_000, electronic_payables=200_000, employees=8
)
ASSETS = ("cash", "notes_receivable", "accounts_receivable", "electronic_receivables", "inventory")
LIABILITIES = ("borrowings", "notes_payable", "accounts_payable", "electronic_payables")
BY_KEY = {lever.key: lever for lever in LEVERS}
EVERY_CHANGE = [
    (lever.key, change) for lever in LEVERS for change in (lever.low, lever.step, lever.high) if change
]


def moved(after, *names, before=FIRM):
    return sum((getattr(after, name) or 0) - (getattr(before, name) or 0) for name in names)


def values(figures):
    results = assess(figures, norms=norms_for_tests(), industry_code="0304", size=BusinessSize.SMALL).results
    return {one: result.value for one, result in results.items()}


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.key)
def test_every_lever_is_a_slider_with_its_assumption(lever):
    assert lever.low <= 0 < lever.high
    assert lever.low % lever.step == lever.high % lever.step == 0
    assert lever.assumption.endswith("。")
    assert {"{", "}"}.isdisjoint(lever.assumption)
    assert set(lever.needs) <= {field.key for field in FIGURE_FIELDS}
    if lever.assumed:
        assert lever.assumed.low <= lever.assumed.default <= lever.assumed.high
        assert lever.assumed.question.endswith("。")


def test_the_keys_are_those_of_the_talk():
    assert list(BY_KEY) == [
        "price", "volume", "costs", "people", "idle_time", "inventory", "collection", "repayment",
    ]  # fmt: skip
    assert "粗い試算" in ROUGH_ESTIMATE


@pytest.mark.parametrize(("key", "change"), EVERY_CHANGE)
def test_a_balance_that_balanced_balances_after(key, change):
    lever = next(one for one in available_levers(FIRM) if one.key == key)
    after = what_if(FIRM, key, max(lever.low, min(change, lever.high)))
    assert moved(after, "total_assets") == moved(after, *ASSETS)
    assert moved(after, "total_assets") == moved(after, "net_assets", *LIABILITIES)
    assert moved(after, "total_liabilities") == moved(after, *LIABILITIES)
    assert moved(after, "net_assets") == moved(after, "operating_profit")


@pytest.mark.parametrize("key", list(BY_KEY))
def test_a_lever_moves_the_indicators_it_names_and_no_others(key):
    rich = replace(FIRM, operating_profit=30_000_000)
    before, after = values(rich), values(what_if(rich, key, BY_KEY[key].step))
    # Whole 円 leave a trace of rounding.
    found = {one for one in before if abs(float(after[one] - before[one])) > 1e-6}
    assert found == set(BY_KEY[key].indicators)


@pytest.mark.parametrize("key", list(BY_KEY))
def test_no_change_changes_nothing(key):
    assert what_if(FIRM, key, 0) == FIRM
    assert BY_KEY[key].says(FIRM, 0) == "まだ何も動かしていません。"


def test_a_price_goes_whole_into_profit():
    after = what_if(FIRM, "price", 2)
    assert moved(after, "sales") == moved(after, "operating_profit") == 2_100_000
    assert moved(after, "accounts_receivable") == 180_000
    assert moved(after, "cash") == 2_100_000 - 180_000 - 20_000 - 10_000


def test_volume_leaves_the_share_that_was_assumed_or_told():
    assert moved(what_if(FIRM, "volume", 10), "operating_profit") == 3_150_000
    assert moved(what_if(FIRM, "volume", 10, 60), "operating_profit") == 6_300_000
    assert moved(what_if(FIRM, "volume", -10), "operating_profit") == -3_150_000


def test_costs_exclude_depreciation_which_is_not_paid():
    assert moved(what_if(FIRM, "costs", -1), "operating_profit") == 1_010_000  # (105,000 − 3,150 − 850)千円


def test_people_cost_what_was_assumed_or_told():
    after = what_if(FIRM, "people", 2)
    assert (after.employees, moved(after, "operating_profit")) == (10, -8_000_000)
    assert moved(what_if(FIRM, "people", 1, 500), "operating_profit") == -5_000_000


def test_idle_time_is_hours_of_all_times_their_cost():
    # 8 people × 18 minutes × 240 days = 576 hours
    assert moved(what_if(FIRM, "idle_time", 18), "operating_profit") == 576 * 2000


def test_stock_becomes_cash():
    after = what_if(FIRM, "inventory", 20)
    assert (moved(after, "inventory"), moved(after, "cash")) == (-550_000, 550_000)


def test_collecting_takes_trade_receivables_first_then_notes_and_never_more_than_there_is():
    day = Decimal(105_000_000) / 360
    after = what_if(FIRM, "collection", 30)
    assert moved(after, "cash") == round(day * 30) == -moved(after, "accounts_receivable")
    few = replace(FIRM, accounts_receivable=3_000_000)
    after = what_if(few, "collection", 15)
    assert after.accounts_receivable == 0
    assert moved(after, "electronic_receivables", before=few) == -500_000
    assert moved(after, "cash", before=few) == round(day * 15)
    assert next(one for one in available_levers(few) if one.key == "collection").high == 15


def test_repaying_moves_the_equity_ratio_and_not_the_net_debt():
    after = what_if(FIRM, "repayment", 10)
    assert moved(after, "cash") == moved(after, "borrowings") == moved(after, "total_assets") == -2_400_000
    assert (
        next(one for one in available_levers(FIRM) if one.key == "repayment").high == 15
    )  # 4,000 of 24,000千円


@pytest.mark.parametrize("key", list(BY_KEY))
def test_a_lever_that_needs_a_blank_figure_is_not_offered_and_refused(key):
    for name in BY_KEY[key].needs:
        blank = replace(FIRM, **{name: None})
        assert key not in {lever.key for lever in available_levers(blank)}
        with pytest.raises(Refusal) as refused:
            what_if(blank, key, 5)
        assert refused.value.code == "lever_not_available"


@pytest.mark.parametrize(
    ("key", "nothing"),
    [
        ("price", {"sales": 0}),
        ("inventory", {"inventory": 0}),
        ("collection", {"accounts_receivable": 0}),
        ("repayment", {"borrowings": 0}),
        ("repayment", {"cash": 100_000}),
        ("people", {"employees": 0}),
        ("costs", {"operating_profit": 104_500_000}),
    ],
)
def test_a_lever_with_nothing_to_move_is_not_offered(key, nothing):
    assert key not in {lever.key for lever in available_levers(replace(FIRM, **nothing))}


def test_an_empty_sheet_offers_none_and_a_full_one_all():
    assert available_levers(Figures()) == ()
    assert [lever.key for lever in available_levers(FIRM)] == list(BY_KEY)


def test_nobody_is_the_last_to_go():
    two = replace(FIRM, employees=2)
    assert next(one for one in available_levers(two) if one.key == "people").low == -1
    with pytest.raises(Refusal) as refused:
        what_if(two, "people", -2)
    assert refused.value.code == "change_out_of_range"


@pytest.mark.parametrize(
    ("key", "change", "assumed", "code"),
    [
        ("luck", 1, None, "unknown_lever"),
        ("price", 11, None, "change_out_of_range"),
        ("inventory", -5, None, "change_out_of_range"),
        ("volume", 5, 0, "assumed_out_of_range"),
        ("people", 1, 5000, "assumed_out_of_range"),
    ],
)
def test_what_makes_no_sense_is_refused(key, change, assumed, code):
    with pytest.raises(Refusal) as refused:
        what_if(FIRM, key, change, assumed)
    assert refused.value.code == code


def test_blanks_stay_blank():
    bare = Figures(sales=1_000_000, operating_profit=10_000)
    assert what_if(bare, "price", 5) == replace(bare, sales=1_050_000, operating_profit=60_000)


def test_parts_of_a_yen_do_not_arise():
    odd = replace(FIRM, sales=105_000_033, accounts_receivable=9_000_017)
    for key in BY_KEY:
        after = what_if(odd, key, BY_KEY[key].step)
        assert all(isinstance(getattr(after, field.key) or 0, int) for field in FIGURE_FIELDS)


@pytest.mark.parametrize(
    ("key", "change", "words"),
    [
        ("price", 2, "値段を2%上げると、売上と営業利益がどちらも年2,100千円増えます。"),
        ("price", -2, "値段を2%下げると、売上と営業利益がどちらも年2,100千円減ります。"),
        ("volume", 10,
         "客数や数量が10%増えると、売上は年10,500千円増え、営業利益は3,150千円増えます。"),
        ("volume", -1, "客数や数量が1%減ると、売上は年1,050千円減り、営業利益は315千円減ります。"),
        ("costs", -3,
         "費用が3%減ると、年に3,030千円（月にならすと253千円）の違いになり、"
         "営業利益はその分増えます。"),
        ("people", 1,
         "1人増えると、人件費が年4,000千円増えます。"
         "人件費を引く前のもうけが年4,394千円増えると、"
                      "労働生産性はいまと同じになります。"),
        ("people", -1, "1人減ると、人件費が年4,000千円減ります。"),
        ("idle_time", 18,
         "手待ちが一人一日18分減ると、1年で576時間が空きます。費用にすると1,152千円分です。"),
        ("inventory", 20, "在庫が20%減ると、550千円が現金・預金に変わります。"),
        ("collection", 10, "入金が10日早まると、売掛金などのうち2,917千円が現金・預金に変わります。"),
    ],
)  # fmt: skip
def test_a_change_is_said_in_the_firms_own_amounts(key, change, words):
    says = BY_KEY[key].says(FIRM, change)
    assert says.startswith(words)


def test_amounts_are_said_in_the_unit_of_the_sheet():
    assert "550,000円" in BY_KEY["inventory"].says(FIRM, 20, unit=YenUnit.YEN)


def test_cash_that_would_run_out_is_said():
    assert BY_KEY["people"].says(FIRM, 2).endswith("この計算では、手元の現金・預金が足りなくなります。")
    assert "足りなく" not in BY_KEY["people"].says(FIRM, 1)


def test_keeping_the_productivity_with_one_more_is_what_it_says():
    needed = 4_000_000 + Decimal(3_150_000) / 8
    after = what_if(FIRM, "people", 1)
    kept = replace(after, operating_profit=after.operating_profit + needed)
    [productivity] = [one for one in values(FIRM) if one.value == "labor_productivity"]
    assert values(kept)[productivity] == values(FIRM)[productivity]
