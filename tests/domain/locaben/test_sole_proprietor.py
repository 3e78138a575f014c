import pytest

from bansou.domain.locaben.figures import FIGURE_LABELS
from bansou.domain.locaben.sole_proprietor import derive, form_for, forms
from bansou.domain.shared import Refusal

ENTRIES = {
    "sales": 18_600_000, "depreciation": 450_000, "interest": 120_000, "difference": 5_300_000,
    "transfers": 2_460_000, "family_wages": 2_400_000, "bad_debt_provision": 60_000,
    "income_before_deduction": 2_840_000, "cash_on_hand": 80_000, "other_deposits": 2_300_000,
    "notes_receivable": 0, "accounts_receivable": 1_250_000, "inventory": 640_000, "drawings": 3_000_000,
    "assets_total": 11_500_000, "notes_payable": 0, "accounts_payable": 430_000, "borrowings": 4_000_000,
    "contributions": 500_000, "capital": 3_730_000,
}  # fmt: skip


def figure(key, entries):
    return next(each for each in derive(2025, entries).derived if each.key == key)


def test_the_derived_figures():
    assert derive(2025, ENTRIES).figures() == {
        "sales": 18_600_000,
        "operating_profit": 5_300_000 + 120_000 - 2_460_000,
        "depreciation": 450_000,
        "cash": 2_380_000,
        "notes_receivable": 0,
        "accounts_receivable": 1_250_000,
        "inventory": 640_000,
        "borrowings": 4_000_000,
        "notes_payable": 0,
        "accounts_payable": 430_000,
        "net_assets": 500_000 + 3_730_000 + 2_840_000 - 3_000_000,
        "total_assets": 8_500_000,
    }


def test_assets_less_debts_are_the_net_assets():
    """事業主貸 is taken off both sides, so that the balance sheet still balances."""
    figures = derive(2025, ENTRIES).figures()
    assert figures["total_assets"] - 4_430_000 == figures["net_assets"]


def test_every_term_is_shown_with_its_number_and_sign():
    profit = figure("operating_profit", ENTRIES)
    assert profit.formula == ("㉝ 差引金額 ＋ ㉒ 利子割引料 − ㊷ 繰入額等の計（専従者給与＋貸倒引当金など）")
    assert [(term.sign, term.item.number, term.amount) for term in profit.terms] == [
        ("＋", "㉝", 5_300_000),
        ("＋", "㉒", 120_000),
        ("−", "㊷", 2_460_000),
    ]
    assert figure("net_assets", ENTRIES).formula == (
        "事業主借 ＋ 元入金 ＋ ㊸ 青色申告特別控除前の所得金額 − 事業主貸"
    )


def test_it_is_marked_unofficial():
    outcome = derive(2025, ENTRIES)
    assert outcome.mark == "非公式（計算補助）"
    assert "当方の決め" in figure("net_assets", ENTRIES).source


@pytest.mark.parametrize("blank", ["difference", "interest"])
def test_a_blank_line_is_not_zero(blank):
    profit = figure("operating_profit", ENTRIES | {blank: None})
    assert profit.value is None
    assert [item.key for item in profit.missing] == [blank]
    notes = derive(2025, ENTRIES | {blank: None}).notes
    assert any("空欄なので計算していません" in note for note in notes)


def test_the_sum_of_transfers_may_be_left_to_us():
    outcome = derive(2025, ENTRIES | {"transfers": None})
    assert outcome.figures()["operating_profit"] == 2_960_000
    assert any("㊳ 専従者給与と㊴ 貸倒引当金繰入額を足しました" in note for note in outcome.notes)
    short = derive(2025, ENTRIES | {"transfers": 1})
    assert any("上回っています" in note for note in short.notes)


def test_manufacturing_depreciation_is_added():
    assert derive(2025, ENTRIES | {"manufacturing_depreciation": 50_000}).figures()["depreciation"] == 500_000


def test_nothing_entered_gives_nothing():
    outcome = derive(2025, {})
    assert set(outcome.figures().values()) == {None}
    assert outcome.notes == ()


def test_forms_follow_the_tax_year():
    assert form_for(2022).code == "general-2020"
    assert form_for(2031).code == "general-2023"
    with pytest.raises(Refusal, match="様式は登録されていません"):
        form_for(2019)
    with pytest.raises(KeyError):
        derive(2025, {"gold": 1})


def test_the_forms_know_every_line_of_the_formulas():
    for form in forms():
        for each in derive(form.first_tax_year, {}).derived:
            assert each.label == FIGURE_LABELS[each.key]
            assert all(term.item.label for term in each.terms)
