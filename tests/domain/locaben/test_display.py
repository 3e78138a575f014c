"""What people read: rounded half away from zero, never −0.0; and the words beside it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.locaben import (
    STANDING_RULES,
    BusinessSize,
    Indicator,
    Note,
    RuleMark,
    assess,
    shipped_norms,
    shown,
    shown_yen,
)
from bansou.domain.shared.written_figures import YenUnit
from tests.domain.locaben.norms_for_tests import firm, norms_for_tests

GROWTH, MARGIN, PRODUCTIVITY, MULTIPLE, MONTHS, EQUITY = Indicator


@pytest.mark.parametrize(
    ("indicator", "value", "text"),
    [
        (GROWTH, "0.062", "+6.2%"),
        (GROWTH, "-0.017", "−1.7%"),
        (GROWTH, "0.0005", "+0.1%"),
        (GROWTH, "-0.0005", "−0.1%"),
        (GROWTH, "-0.00049", "0.0%"),
        (GROWTH, "0", "0.0%"),
        (GROWTH, "12.5", "+1,250.0%"),
        (MARGIN, "0.0205", "2.1%"),
        (MARGIN, "-0.0205", "−2.1%"),
        (PRODUCTIVITY, "612499.99", "612千円"),
        (PRODUCTIVITY, "612500", "613千円"),
        (PRODUCTIVITY, "-499.9", "0千円"),
        (PRODUCTIVITY, "-1234567", "−1,235千円"),
        (MULTIPLE, "14.75", "14.8倍"),
        (MONTHS, "-1.25", "−1.3か月"),
        (EQUITY, "0.2427586306", "24.3%"),
    ],
)
def test_a_value_as_people_read_it(indicator, value, text):
    assert shown(indicator, Decimal(value)) == text
    assert shown(indicator, Fraction(value)) == text


@given(indicator=st.sampled_from(Indicator), value=st.fractions(-1, 1))
def test_no_negative_zero(indicator, value):
    text = shown(indicator, value)
    assert "-" not in text
    assert text[0] not in "+−" or any(digit in text for digit in "123456789")


def test_every_shipped_median_can_be_shown():
    assert not any(shown(key[2], norm.median).startswith(("−0.0%", "-")) for key, norm in shipped_norms())


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        (48_000_500, YenUnit.THOUSAND, "48,001千円"),
        (-48_000_000, YenUnit.YEN, "−48,000,000円"),
        (0, YenUnit.THOUSAND, "0千円"),
        (None, YenUnit.THOUSAND, "未入力"),
    ],
)
def test_yen_as_people_read_them(amount, unit, text):
    assert shown_yen(amount, unit) == text


@pytest.mark.parametrize(
    ("indicator", "changes", "text"),
    [
        (MULTIPLE, {"cash": 27_200_000}, "実質無借金（−0.8倍）"),
        (MULTIPLE, {"operating_profit": -850_000}, "算出不可（EBITDA≦0）"),
        (MULTIPLE, {"depreciation": None}, "算出不可（減価償却費が未入力です）"),
        (MONTHS, {"inventory": None, "notes_payable": None}, "算出不可（棚卸資産などが未入力です）"),
        (MARGIN, {"sales": 0}, "算出不可（売上高がゼロ以下です）"),
        (EQUITY, {"total_assets": 0}, "算出不可（総資産がありません）"),
        (EQUITY, {"net_assets": -2_000_000}, "−5.0%"),
    ],
)
def test_a_result_says_its_value_or_why_there_is_none(indicator, changes, text):
    scored = assess(firm(**changes), norms=norms_for_tests(), industry_code="0304", size=BusinessSize.SMALL)
    assert scored.results[indicator].shown == text
    assert scored.results[GROWTH].median_shown == "+2.5%"


def test_indicators_carry_what_a_card_shows():
    assert "".join(one.sign for one in Indicator) == "①②③④⑤⑥"
    assert [one for one in Indicator if one.lower_is_better] == [MULTIPLE, MONTHS]
    assert [one.unit for one in Indicator] == ["%", "%", "千円", "倍", "か月", "%"]
    assert all(one.formula and one.category for one in Indicator)
    assert Indicator.of_label("売上高増加率") is GROWTH
    assert Indicator.of_label("自己資本利益率") is None


@pytest.mark.parametrize("note", Note)
def test_a_note_on_our_rule_says_so(note):
    assert ("当方の規則" in note.sentence) is note.is_our_rule
    assert note.code == note.value


def test_every_special_case_of_ours_stands_on_the_page_of_rules():
    headings = {rule.heading: rule.mark for rule in STANDING_RULES}
    assert len(headings) == len(STANDING_RULES)
    assert headings["区切りとちょうど同じ値"] is RuleMark.OUR_RULE
    assert headings["割引手形・裏書手形"] is RuleMark.OUR_RULE
    assert headings["従業員数"] is RuleMark.ONE_SOURCE
    assert headings["月商"] is RuleMark.CONFIRMED
    assert [rule.mark.label for rule in STANDING_RULES[:1]] == ["確認済み"]
