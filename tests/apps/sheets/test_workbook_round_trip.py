"""The workbook goes out and comes back: nothing lost, and its formulas say what the domain says."""

import io
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from bansou.apps.sheets.workbook import read_workbook, write_workbook
from bansou.apps.sheets.workbook.formulas import MARKS
from bansou.apps.sheets.workbook.notes import LEAD
from bansou.apps.sheets.workbook.places import Finance
from bansou.domain.locaben import Figures, Indicator, Norms, Note, shipped_norms

from .workbooks import (
    THOUSAND,
    YEN,
    a_content,
    at_the_cuts,
    exact,
    formula_values,
    odd_boxes,
    odd_years,
    saved_by_libreoffice,
    short_years,
    special_years,
    without_values,
)


def assert_same(taken, content, *, texts=None):
    assert taken.years == tuple(exact(year) for year in content.years)
    found = {key: text for key, text in taken.texts.items() if text}
    assert found == (texts or {key: box.text for key, box in content.boxes.items()})
    assert taken.settings.industry_code == content.industry_code
    assert taken.settings.size == content.size
    assert taken.settings.size_reason == content.size_reason
    assert taken.settings.unit == content.unit
    assert taken.settings.counted_debt == content.counted_debt
    assert taken.settings.edition == content.edition_code
    assert (taken.business, taken.revision) == (content.business, content.revision)
    assert taken.doubts == ()


@pytest.mark.parametrize("seed", range(8))
def test_a_round_trip_loses_nothing(seed):
    unit = (THOUSAND, YEN)[seed % 2]
    content = a_content(**odd_years(seed, seed + 1, unit), boxes=odd_boxes(seed))
    assert_same(read_workbook(write_workbook(content)), content)


def test_an_empty_sheet_goes_out_and_comes_back():
    content = a_content(years=[], industry_code="", norms=None, edition_code="")
    taken = read_workbook(write_workbook(content))
    assert_same(taken, content)
    assert set(taken.texts.values()) == {""}


def test_libreoffice_calculates_what_the_domain_says_and_saves_every_word(tmp_path):
    special = a_content(years=special_years(), counted_debt=frozenset({"officer_loans"}))
    unscored = a_content(industry_code="", years=special_years()[:4])
    contents = {
        "special.xlsx": special,
        "cuts.xlsx": a_content(years=at_the_cuts(), unit=YEN),
        "unscored.xlsx": unscored,
        "odd.xlsx": a_content(**odd_years(5, 8, THOUSAND), boxes=odd_boxes(11)),
    }
    written = {name: write_workbook(content) for name, content in contents.items()}
    saved = saved_by_libreoffice({name: without_values(file) for name, file in written.items()}, tmp_path)
    for name, content in contents.items():
        expected, found = formula_values(written[name]), formula_values(saved[name])
        assert differing(expected, found) == {}, name
        # LibreOffice itself takes _x000D_ in a text for the sign it stands for, and drops control signs.
        taken = read_workbook(saved[name])
        assert taken.years == tuple(exact(year) for year in content.years)
        for key, box in content.boxes.items():
            if not any(sign in box.text for sign in ("_x", "\x0b", "\ufffe")):
                assert taken.texts[key] == box.text
        assert taken.doubts == ()
        assert (taken.settings.unit, taken.settings.counted_debt) == (content.unit, content.counted_debt)
        assert (taken.business, taken.revision) == (content.business, content.revision)


def test_short_years_grow_from_the_period_that_adjoins():
    growth = [
        found.results[Indicator.SALES_GROWTH].value for found in a_content(years=short_years()).assessments
    ]
    assert growth == [None, Fraction(-1, 4), Fraction(-1, 3), Fraction(1, 10)]


def differing(expected, found):
    assert set(expected) <= set(found)
    return {
        place: (value, found[place]) for place, value in expected.items() if not _alike(value, found[place])
    }


def _alike(one, other):
    one, other = ("" if value is None else value for value in (one, other))
    if isinstance(one, datetime | date):
        return one == other
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return one == pytest.approx(other, rel=1e-12, abs=1e-12)


def test_the_file_holds_the_values_before_anybody_calculates():
    content = a_content()
    values = formula_values(write_workbook(content))
    newest = content.assessments[-1]
    assert values["6つの指標", "D22"] == newest.total
    assert values["6つの指標", "D23"] == newest.grade


def test_own_norms_lead_to_no_score_of_the_benchmark():
    shipped = shipped_norms()
    own = Norms(replace(shipped.edition, code="own-2026", official=False), dict(shipped))
    content = a_content(norms=own, edition_code="own-2026")
    file = write_workbook(content)
    assert load_workbook(io.BytesIO(file))["6つの指標"]["A3"].value == own.edition.caution
    values = formula_values(file)
    assert (values["6つの指標", "D22"], values["6つの指標", "D23"]) == (content.assessments[-1].total, "―")
    assert "ローカルベンチマーク" not in load_workbook(io.BytesIO(file))["6つの指標"]["A1"].value


def test_a_year_of_fewer_figures_than_an_indicator_needs_has_its_reason_in_the_cell():
    content = a_content(years=[Figures(fiscal_year_end=date(2026, 3, 31), sales=100)])
    values = formula_values(write_workbook(content))
    assert "算出不可（営業利益など" in " ".join(str(value) for value in values.values())


def test_notes_speak_of_a_period_only_under_the_condition_of_its_mark():
    """They stand in every file, whatever its figures; no sentence about one result may be among them."""
    sheet = load_workbook(io.BytesIO(write_workbook(a_content())))["6つの指標"]
    at = Finance(2)
    notes = [sheet.cell(row, 1).value for row in range(at.notes_row + 1, sheet.max_row + 1)]
    assert notes[0] == LEAD
    assert [words for _, words in MARKS] == [
        note[1:].partition("：")[0] for note in notes[1 : len(MARKS) + 1]
    ]
    assert not {note.sentence for note in Note} & {note[1:] for note in notes}
    for fact in ("実質的に無借金です", "（債務超過）です", "正社員が0人のため"):
        assert fact not in "".join(notes)
    assert sheet.print_area.endswith(f"${at.notes_row + len(notes)}")


def test_a_print_of_the_whole_workbook_is_not_thirty_pages_of_norms():
    sheet = load_workbook(io.BytesIO(write_workbook(a_content())))["業種基準値"]
    assert (sheet.sheet_state, sheet.print_area) == ("visible", "'業種基準値'!$A$1:$K$3")
