"""The edition that ships: complete, in order, in our units (domain page §4)."""

from decimal import Decimal
from itertools import pairwise

import pytest

from bansou.domain.locaben import (
    INDUSTRIES,
    NORM_COLUMNS,
    BusinessSize,
    Indicator,
    read_norms,
    shipped_editions,
    shipped_norms,
)
from bansou.domain.shared import Refusal
from tests.domain.locaben.norms_for_tests import norms_for_tests, round_norm

SHIPPED = list(shipped_norms())
EVERY_KEY = {(code, size, one) for code in INDUSTRIES for size in BusinessSize for one in Indicator}


def test_the_edition_says_where_it_comes_from():
    (edition,) = shipped_editions()
    assert (edition.code, edition.label, edition.official) == ("2022", "2022年度版", True)
    assert edition.source == "出典：経済産業省ローカルベンチマーク（2022年度版）を加工して作成"
    assert "照合はまだ" in edition.provenance
    assert shipped_norms().edition is shipped_norms("2022").edition


def test_an_edition_we_do_not_have_is_refused():
    with pytest.raises(Refusal, match="2019") as refused:
        shipped_norms("2019")
    assert refused.value.code == "unknown_edition"


def test_27_industries_in_two_sizes_with_six_indicators():
    assert len(SHIPPED) == 324
    assert {key for key, _ in SHIPPED} == EVERY_KEY


@pytest.mark.parametrize("indicator", Indicator)
def test_cuts_run_from_worst_to_best_and_hold_the_median(indicator):
    for (_, _, one), norm in SHIPPED:
        if one is not indicator:
            continue
        rising = norm.cuts[::-1] if indicator.lower_is_better else norm.cuts
        assert all(low < high for low, high in pairwise(rising))
        assert rising[1] < norm.median < rising[2] or rising[2] > norm.median > rising[1]
        assert norm.points(round_norm(indicator).median * 0 + norm.median, indicator) == 3


def test_the_best_multiple_is_never_negative_and_medicine_has_one_size():
    best = [norm.cut_i for (_, _, one), norm in SHIPPED if one is Indicator.EBITDA_DEBT_MULTIPLE]
    assert Decimal("0.19") < min(best) < max(best) < Decimal("3.70")
    norms = shipped_norms()
    for one in Indicator:
        assert norms.norm("1101", BusinessSize.SMALL, one) == norms.norm("1101", BusinessSize.MEDIUM, one)


def test_negative_cuts_stand_as_they_are():
    equity = [norm.cut_iv for (_, _, one), norm in SHIPPED if one is Indicator.EQUITY_RATIO]
    months = [norm.cut_i for (_, _, one), norm in SHIPPED if one is Indicator.WORKING_CAPITAL_MONTHS]
    assert sum(cut < 0 for cut in equity) == 38
    assert sum(cut < 0 for cut in months) == 23


def test_the_shipped_edition_passes_the_checks_of_any_edition():
    again = read_norms(shipped_norms().as_rows(), shipped_norms().edition)
    assert list(again) == SHIPPED


def test_rows_carry_our_columns():
    row = norms_for_tests().as_rows()[0]
    assert tuple(row) == NORM_COLUMNS
    assert (row["industry_minor"], row["size"], row["cut_iv"]) == ("金属製品製造業", "medium", "-0.1")
