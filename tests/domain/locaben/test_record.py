import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bansou.domain.locaben import (
    COUNTABLE_DEBT,
    FIGURE_FIELDS,
    BusinessSize,
    Figures,
    Indicator,
    Norms,
    Note,
    assess,
    shipped_norms,
)
from bansou.domain.locaben.record import BLANK, DIFFERENT_BASIS, BoxText, Difference, SheetRecord, compare

FULL = Figures(
    fiscal_year_end=date(2026, 3, 31),
    sales=48_000_000, previous_sales=45_000_000, operating_profit=1_000_000, depreciation=500_000,
    employees=3,
    cash=5_000_000, notes_receivable=0, accounts_receivable=4_000_000, inventory=2_000_000,
    borrowings=20_000_000, notes_payable=0, accounts_payable=1_500_000,
    net_assets=3_000_000, total_assets=30_000_000,
)  # fmt: skip
BLANKS = Figures(fiscal_year_end=date(2025, 3, 31), months=9, sales=Decimal("45000000.5"))
LOSS = replace(FULL, fiscal_year_end=date(2027, 3, 31), operating_profit=-900_000, net_assets=-1)


def scored(year, *, norms=None, industry="0304", size=BusinessSize.SMALL):
    return assess(year, norms=norms or shipped_norms(), industry_code=industry, size=size)


def record(*years, **given):
    settings = {
        "industry_code": "0304", "size": "small", "size_reason": "従業員3人", "edition": "2022", "unit": 1000,
        "years": years, "results": tuple(scored(year) for year in years),
    }  # fmt: skip
    return SheetRecord(**{**settings, **given})


def again(sheet):
    return SheetRecord.from_json(json.loads(json.dumps(sheet.as_json(), allow_nan=False)))


def other_edition():
    rows = shipped_norms()
    edition = replace(rows.edition, code="own", label="当所の表", official=False)
    keys = {
        ("0304", BusinessSize.SMALL, one): rows.norm("0304", BusinessSize.SMALL, one) for one in Indicator
    }
    return Norms(edition, keys)


# --- as JSON and back ---------------------------------------------------------------------------------------


def test_a_record_comes_back_as_it_was():
    sheet = record(
        BLANKS,
        replace(FULL, bonds=100, counted_debt=frozenset({"bonds"})),
        LOSS,
        counted_debt=("bonds",),
        boxes={"views.strengths": BoxText("試作が早い", "firm", "港 一郎", "2026-06-01")},
        evidence={"views.strengths": ["a1", "b2"]},
    )
    back = again(sheet)
    assert back == sheet
    assert again(back).as_json() == sheet.as_json()


AMOUNTS = (
    st.none() | st.integers(-(10**16), 10**16) | st.decimals(-(10**30), 10**30, allow_nan=False, places=4)
)


@settings(max_examples=60, deadline=None)
@given(
    year=st.builds(
        Figures,
        fiscal_year_end=st.none() | st.dates(),
        months=st.integers(1, 24),
        previous_months=st.integers(1, 24),
        counted_debt=st.frozensets(st.sampled_from(COUNTABLE_DEBT)),
        unofficial_aid=st.booleans(),
        **{field.key: AMOUNTS for field in FIGURE_FIELDS},
    )
)
def test_a_fiscal_year_comes_back_as_it_was(year):
    assert again(SheetRecord(years=(year,))).years == (year,)


def test_growth_after_a_short_year_is_for_reference_in_the_record_as_well():
    after_nine = replace(FULL, previous_months=9)
    [back] = again(record(after_nine)).years
    assert back.previous_months == 9
    assert scored(back) == scored(after_nine) != scored(FULL)


@pytest.mark.parametrize(
    "written", ["1e31", "-1E+999", "1e-999", "0e-500", "NaN", "Infinity", 1e300, "9" * 40]
)
def test_an_amount_no_firm_has_is_blank(written):
    assert SheetRecord.from_json({"years": [{"sales": written, "cash": 5}]}).years == (Figures(cash=5),)


def test_results_keep_the_exact_value_the_basis_and_what_was_printed():
    kept = record(FULL).as_json()["results"][0]
    assert kept["edition"]["code"] == "2022"
    assert kept["edition"]["source"].startswith("出典")
    growth = kept["results"]["sales_growth"]
    median = shipped_norms().norm("0304", BusinessSize.SMALL, Indicator.SALES_GROWTH).median
    assert (growth["value"], growth["value_float"], growth["norm"]["median"]) == (
        "1/15", 1 / 15, format(median, "f"),
    )  # fmt: skip
    [back], [fresh] = again(record(FULL)).results, record(FULL).results
    assert (kept["total"], kept["grade"]) == (back.total, back.grade) == (fresh.total, fresh.grade)
    assert [one.shown for one in back.results.values()] == [one.shown for one in fresh.results.values()]


def test_points_that_were_given_stay_though_the_rule_may_change():
    page = record(FULL).as_json()
    page["results"][0]["results"]["equity_ratio"]["points"] = 5
    assert SheetRecord.from_json(page).results[0].results[Indicator.EQUITY_RATIO].points == 5


@pytest.mark.parametrize(
    "page", [None, {}, [], "x", {"years": 3, "settings": [], "boxes": None, "results": {}}]
)
def test_nothing_readable_is_an_empty_sheet(page):
    assert SheetRecord.from_json(page) == SheetRecord()


def test_unknown_keys_are_passed_over_and_missing_ones_left_blank():
    page = {
        "format": 9,
        "mood": "fine",
        "settings": {"unit": 7, "counted_debt": ["bonds", 3], "size": "small"},
        "years": [
            {
                "sales": 10,
                "cash": "12.5",
                "bonds": True,
                "inventory": "x",
                "profit": 1,
                "months": 0,
                "previous_months": "9",
            },
            None,
        ],
        "boxes": {"views.luck": {"text": "よい"}, "region.note": None},
        "results": [None, {"size": "huge"}, {"size": "small", "results": {"sales_growth": {}}}],
    }
    sheet = SheetRecord.from_json(page)
    assert (sheet.unit, sheet.size, sheet.counted_debt) == (1000, "small", ("bonds",))
    assert sheet.years == (Figures(sales=10, cash=Decimal("12.5")), Figures())
    assert sheet.boxes == {"views.luck": BoxText("よい"), "region.note": BoxText("")}
    assert sheet.results == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("points", 6),
        ("points", "x"),
        ("value", "1/0"),
        ("value", "x"),
        ("norm", None),
        ("norm", {"median": "x"}),
    ],
)
def test_a_result_that_cannot_be_shown_is_left_out(key, value):
    page = record(FULL).as_json()
    page["results"][0]["results"]["equity_ratio"][key] = value
    assert SheetRecord.from_json(page).results == ()


def test_a_note_of_another_release_is_passed_over():
    page = record(LOSS).as_json()
    page["results"][0]["notes"].append("moon_phase")
    page["results"][0]["results"]["ebitda_debt_multiple"]["notes"] = ["moon_phase"]
    back = SheetRecord.from_json(page)
    assert Note.INSOLVENT in back.results[0].notes
    words = {one.label: one.after for one in compare(SheetRecord(), back)}
    assert words["2027年3月期 ④EBITDA有利子負債倍率"] == "算出不可・1点"


# --- side by side --------------------------------------------------------------------------------


def test_equal_sheets_do_not_differ():
    assert compare(record(FULL), again(record(FULL))) == []
    assert compare(SheetRecord(), SheetRecord.from_json({})) == []


def test_settings_differ_in_words():
    after = record(
        industry_code="0601",
        size="medium",
        edition="own",
        unit=1,
        counted_debt=("lease_obligations", "bonds"),
    )
    assert [(one.label, one.before, one.after) for one in compare(record(size=""), after)] == [
        ("業種", "0304 金属製品製造業", "0601 飲食業"),
        ("規模", BLANK, "中規模事業者"),
        ("基準の版", "2022", "own"),
        ("入力の単位", "千円", "円"),
        ("借入金に含めるもの", BLANK, "社債、リース債務"),
    ]


def test_amounts_differ_in_the_unit_and_blank_is_not_zero():
    before = record(
        results=(), years=(replace(FULL, sales=48_000_000, cash=None, employees=3, inventory=1000),)
    )
    after = record(
        results=(), years=(replace(FULL, sales=51_000_000, cash=0, employees=4, inventory=1400, months=6),)
    )
    assert [(one.key, one.label, one.before, one.after) for one in compare(before, after)] == [
        ("years.2026-03-31.months", "2026年3月期 月数", "12か月", "6か月"),
        ("years.2026-03-31.sales", "2026年3月期 売上高", "48,000千円", "51,000千円"),
        ("years.2026-03-31.employees", "2026年3月期 従業員数（正社員）", "3人", "4人"),
        ("years.2026-03-31.cash", "2026年3月期 現金・預金", BLANK, "0千円"),
        ("years.2026-03-31.inventory", "2026年3月期 棚卸資産", "1,000円", "1,400円"),
    ]


def test_a_year_that_came_or_went_is_named():
    year = Figures(fiscal_year_end=date(2024, 3, 31), sales=1000)
    came = compare(SheetRecord(), SheetRecord(years=(year,)))
    went = compare(SheetRecord(years=(year,)), SheetRecord())
    assert [(one.label, one.before, one.after) for one in came] == [
        ("2024年3月期の決算", "なし", "あり"), ("2024年3月期 売上高", BLANK, "1千円"),
    ]  # fmt: skip
    assert (went[0].before, went[0].after) == ("あり", "なし")


def test_boxes_differ_with_who_wrote_them():
    before = SheetRecord(boxes={"summary.goal": BoxText("守る", "supporter", "佐野", "2026-04-01")})
    after = SheetRecord(
        boxes={
            "summary.goal": BoxText("医療を3割に", "firm", "港 一郎", "2026-06-01"),
            "flow.1.name": BoxText("相談", "firm"),
            "views.luck": BoxText("?"),
        }
    )
    assert compare(before, after) == [
        Difference(
            key="flow.1.name", part="業務フロー", label="業務① 名前",
            before=BLANK, after="相談", after_signature="経営者",
        ),
        Difference(
            key="summary.goal", part="対話内容の総括", label="将来目標",
            before="守る", before_signature="佐野（支援者） 2026-04-01",
            after="医療を3割に", after_signature="港 一郎（経営者） 2026-06-01",
        ),
        Difference(key="views.luck", part="そのほか", label="views.luck", before=BLANK, after="?"),
    ]  # fmt: skip


def test_the_same_words_signed_anew_are_no_difference():
    boxes = [{"summary.goal": BoxText("守る", side)} for side in ("supporter", "firm")]
    assert compare(SheetRecord(boxes=boxes[0]), SheetRecord(boxes=boxes[1])) == []


def test_evidence_differs_by_what_came_and_went():
    before = SheetRecord(evidence={"views.strengths": ["a", "b"]})
    after = SheetRecord(evidence={"views.strengths": ["b", "c", "d"], "summary.goal": []})
    [one] = compare(before, after)
    assert (one.before, one.after, one.note) == ("2件", "3件", "加えた言葉2件、外した言葉1件")


def test_scores_on_one_basis_are_compared_without_a_warning():
    before, after = record(FULL, years=()), record(replace(FULL, operating_profit=3_000_000), years=())
    found = {one.key: one for one in compare(before, after)}
    margin = found["results.2026-03-31.operating_margin"]
    assert (margin.before, margin.note) == ("2.1%・3点", "")
    assert found["results.2026-03-31.total"].before.endswith(f"点（{before.results[0].grade}）")
    assert "results.2026-03-31.sales_growth" not in found


@pytest.mark.parametrize(
    "basis",
    [{"norms": other_edition()}, {"industry": "0601"}, {"size": BusinessSize.MEDIUM}],
    ids=["edition", "industry", "size"],
)
def test_scores_on_another_basis_are_never_compared_silently(basis):
    before, after = record(FULL), record(FULL, results=(scored(FULL, **basis),))
    found = compare(before, after)
    total = next(one for one in found if one.key.endswith(".total"))
    assert {one.note for one in found if one.key.startswith("results.")} == {DIFFERENT_BASIS}
    assert "2022年度版" in total.before
    assert total.before != total.after


def test_a_result_without_a_total_says_so():
    [total] = [one for one in compare(SheetRecord(), record(BLANKS)) if one.key.endswith(".total")]
    assert (total.before, total.after) == (BLANK, "参考 0点（総合評価なし）")
