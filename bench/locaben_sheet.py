"""The same rules as formulas of a spreadsheet: one row a firm, the norms on a sheet of their own."""

from pathlib import Path

import polars as pl
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from bansou.domain.locaben import Indicator, Norms
from bansou.domain.locaben.many import POINTS_COLUMNS
from bansou.domain.locaben.written_firms import REQUIRED_COLUMNS

_CUTS = ("cut_iv", "cut_iii", "cut_ii", "cut_i")
_VALUES = tuple(indicator.value for indicator in Indicator)
_RESULTS = ("firm_size", "norm_row", *_VALUES, *POINTS_COLUMNS, "total", "grade")
_COLUMNS = (*REQUIRED_COLUMNS, *_RESULTS)
_LETTERS = {name: get_column_letter(place) for place, name in enumerate(_COLUMNS, start=1)}
_NORM_LETTERS = {
    (indicator, cut): get_column_letter(2 + 4 * place + number)
    for place, indicator in enumerate(Indicator)
    for number, cut in enumerate(_CUTS)
}
_TOLERANCE = 1e-12


def write_sheet(firms: pl.DataFrame, norms: Norms, path: Path) -> None:
    """Formulas without results: whoever opens the file has to calculate them."""
    book = Workbook()
    sheet = book.active
    sheet.title = "firms"
    sheet.append(_COLUMNS)
    for row, firm in enumerate(firms.iter_rows(), start=2):
        sheet.append([*firm, *_formulas(row)])
    _append_norms(book.create_sheet("norms"), norms)
    book.save(path)


def _append_norms(sheet, norms: Norms) -> None:
    by_firm = {}
    for (code, size, indicator), norm in norms:
        by_firm.setdefault(code + size.value, {})[indicator] = norm
    sheet.append(["key", *(f"{indicator.value} {cut}" for indicator in Indicator for cut in _CUTS)])
    for key, found in sorted(by_firm.items()):
        cuts = (float(getattr(found[indicator], cut)) for indicator in Indicator for cut in _CUTS)
        sheet.append([key, *cuts])


def _formulas(row: int) -> list[str]:
    at = {name: f"{letter}{row}" for name, letter in _LETTERS.items()}
    size = (
        f'=IF({at["size"]}<>"auto",{at["size"]},IF({at["employees"]}<=IF(ISNUMBER(MATCH(LEFT('
        f'{at["industry_code"]},2),{{"04";"05";"06";"10"}},0)),5,20),"small","medium"))'
    )
    norm_row = f"=MATCH({at['industry_code']}&{at['firm_size']},norms!$A$2:$A$100,0)"
    points = [_points(indicator, at) for indicator in Indicator]
    sixfold = f"{at[POINTS_COLUMNS[0]]}:{at[POINTS_COLUMNS[-1]]}"
    total = f'=IF(COUNT({sixfold})=6,SUM({sixfold}),"")'
    grade = f'=IF({at["total"]}="","",LOOKUP({at["total"]},{{6;12;18;24}},{{"D";"C";"B";"A"}}))'
    return [size, norm_row, *_values(at), *points, total, grade]


def _values(at: dict[str, str]) -> list[str]:
    heads = f"IF({at['employees']}=0,1,{at['employees']})"
    bound = f"({at['notes_receivable']}+{at['accounts_receivable']}+{at['inventory']}"
    formulas = (
        (("sales", "previous_sales"), f"{at['previous_sales']}>0", f"{at['sales']}/{at['previous_sales']}-1"),
        (("sales", "operating_profit"), f"{at['sales']}>0", f"{at['operating_profit']}/{at['sales']}"),
        (("operating_profit", "employees"), "TRUE", f"{at['operating_profit']}/{heads}"),
        (
            ("borrowings", "cash", "operating_profit", "depreciation"),
            f"{_ebitda(at)}>0",
            f"{_net_debt(at)}/{_ebitda(at)}",
        ),
        (
            (
                "sales",
                "notes_receivable",
                "accounts_receivable",
                "inventory",
                "notes_payable",
                "accounts_payable",
            ),
            f"{at['sales']}>0",
            f"{bound}-{at['notes_payable']}-{at['accounts_payable']})/({at['sales']}/12)",
        ),
        (
            ("net_assets", "total_assets"),
            f"{at['total_assets']}>0",
            f"{at['net_assets']}/{at['total_assets']}",
        ),
    )
    return [
        f'=IF(COUNT({",".join(at[name] for name in needed)})<{len(needed)},"",IF({condition},{value},""))'
        for needed, condition, value in formulas
    ]


def _ebitda(at: dict[str, str]) -> str:
    return f"({at['operating_profit']}+{at['depreciation']})"


def _net_debt(at: dict[str, str]) -> str:
    return f"({at['borrowings']}-{at['cash']})"


def _points(indicator: Indicator, at: dict[str, str]) -> str:
    value = at[indicator.value]
    # The norms have 労働生産性 in yen.
    compared = f"{value}*1000" if indicator is Indicator.LABOR_PRODUCTIVITY else value
    sign = "<=" if indicator.lower_is_better else ">="
    reached = "+".join(
        f"({compared}{sign}INDEX(norms!${letter}$2:${letter}$100,{at['norm_row']}))"
        for letter in (_NORM_LETTERS[indicator, cut] for cut in _CUTS)
    )
    if indicator is not Indicator.EBITDA_DEBT_MULTIPLE:
        return f'=IF({value}="","",1+{reached})'
    known = f"COUNT({at['borrowings']},{at['cash']},{at['operating_profit']},{at['depreciation']})=4"
    hopeless = f"AND({known},{_net_debt(at)}>0)"
    return f'=IF({value}="",IF({hopeless},1,""),IF({value}<=0,5,1+{reached}))'


def differences(path: Path, ours: pl.DataFrame) -> int:
    """Cells of values, points, totals and grades in which the calculated sheet says something else."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("firms").to_python()
    theirs = {name: [row[place] for row in rows[1:]] for place, name in enumerate(rows[0])}
    if theirs["firm_id"] != ours["firm_id"].to_list():
        raise SystemExit("The calculated sheet has other firms.")
    return sum(
        not _agree(their, our)
        for name in (*_VALUES, *POINTS_COLUMNS, "total", "grade")
        for their, our in zip(theirs[name], ours[name], strict=True)
    )


def _agree(their: object, our: object) -> bool:
    if our is None or isinstance(our, str):
        return their == (our or "")
    if not isinstance(their, int | float):
        return False
    return abs(their - our) <= _TOLERANCE * max(1.0, abs(our))
