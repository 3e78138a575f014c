"""Workbooks for the tests: what goes into one, and what a person or a program does to it."""

import io
import random
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bansou.apps.sheets.workbook import WorkbookContent
from bansou.domain.locaben import COUNTABLE_DEBT, FIGURE_FIELDS, Figures, shipped_norms
from bansou.domain.locaben.boxes import BOXES
from bansou.domain.locaben.record import BoxText
from bansou.domain.method import BusinessSize
from bansou.domain.shared.written_figures import YenUnit

WHOLE = {
    "sales": 148_000_000, "operating_profit": 3_100_000, "depreciation": 5_400_000, "employees": 11,
    "cash": 21_000_000, "notes_receivable": 4_000_000, "accounts_receivable": 19_500_000,
    "inventory": 8_200_000, "borrowings": 92_000_000, "notes_payable": 3_000_000,
    "accounts_payable": 9_800_000, "net_assets": 16_400_000, "total_assets": 121_000_000,
}  # fmt: skip


def a_year(end, **figures):
    return Figures(fiscal_year_end=end, **{**WHOLE, **figures})


def a_content(**facts):
    return WorkbookContent(
        **{
            "business": "株式会社みなと精機",
            "made_on": date(2026, 11, 22),
            "industry_code": "0304",
            "size": BusinessSize.SMALL,
            "size_reason": "従業員11人。",
            "edition_code": "2022",
            "norms": shipped_norms(),
            "revision": 3,
            "years": [a_year(date(2025, 3, 31)), a_year(date(2026, 3, 31), sales=157_176_000)],
            **facts,
        }
    )


ODD_TEXTS = (
    "", "普通の言葉。", "一行目\n二行目\n\n四行目", "=1+1", "+81-3", "-5%", "@SUM(A1)", "'引用", "＝全角",
    "👩‍👩‍👧 と𠮷野家",
    "_x000D_ と _x005F_", "<b>&amp;</b>", "1234", "2026/3/31", "TRUE", "#N/A", "ﾊﾝｶｸ　全角", "tab\tここ",
    '"quoted", comma', "=HYPERLINK(\"http://x\")", "\x0b制御", "終わりの\ufffe", "「」" * 20,
)  # fmt: skip


def odd_boxes(seed):
    """Every box with some odd text, as long as it may be at most."""
    dice = random.Random(seed)
    found = {}
    for box in BOXES:
        text = dice.choice([*ODD_TEXTS, "長" * box.max_length])[: box.max_length].strip()
        if text:
            found[box.key] = BoxText(text, dice.choice(("firm", "supporter")), "佐野 恵", "2026-06-18")
    return found


def odd_years(seed, count, unit):
    """So many years with blanks, zeros, losses, odd months, and amounts to the single 円."""
    dice = random.Random(seed)
    years = []
    for place in range(count):
        figures = {
            field.key: dice.choice((None, 0, dice.randint(-(10**9), 10**12), dice.randint(-(10**14), 10**14)))
            for field in FIGURE_FIELDS
        }
        figures["employees"] = dice.choice((None, 0, 1, 350))
        end = date(2017 + place, *dice.choice(((3, 31), (12, 31), (2, 28), (9, 20))))
        years.append(Figures(fiscal_year_end=end, months=dice.choice((12, 12, 6, 15)), **figures))
    return {"years": years, "unit": unit, "counted_debt": frozenset(dice.sample(COUNTABLE_DEBT, k=seed % 4))}


def special_years():
    """Each line of the table of special cases as a year; two years apart, so that none follows another."""
    blanks = [{field.key: None} for field in FIGURE_FIELDS if field.key in WHOLE]
    cases = [
        {"previous_sales": 139_400_000}, {"previous_sales": 0}, {"previous_sales": -5}, {},
        {"sales": 0}, {"sales": -1}, {"sales": None, "operating_profit": None}, {"employees": 0},
        {"total_assets": 0}, {"net_assets": -3_000_000}, {"cash": 92_000_000}, {"cash": 95_000_000},
        {"cash": 92_400_000}, {"operating_profit": -5_400_000}, {"operating_profit": -9_000_000},
        {"operating_profit": -9_000_000, "cash": 92_000_000}, {"months": 6},
        {"officer_loans": 3_000_000}, {"officer_loans": 0, "bonds": 5_000_000},
        {"electronic_receivables": 1_234_567, "electronic_payables": 89}, {"accounts_payable": 60_000_000},
        {"employees": None, "operating_profit": None, "cash": None}, {"operating_profit": -40_000},
    ]  # fmt: skip
    years = []
    for place, case in enumerate([*cases, *blanks]):
        figures = {"previous_sales": None, **case}
        years.append(a_year(date(1951 + 2 * place, 3, 31), **figures))
    # One pair of years that do follow another: the year after a short one.
    last = years[-1].fiscal_year_end
    return [*years[:-1], a_year(last.replace(year=last.year - 1), months=6), years[-1], *short_years()]


def short_years():
    """The closing month moves to December, then come half-years: 前期 ended 9 or 6 months earlier."""
    return [
        a_year(date(2035, 3, 31), sales=120_000_000),
        a_year(date(2035, 12, 31), sales=90_000_000, months=9, previous_sales=1),
        a_year(date(2036, 6, 30), sales=60_000_000, months=6, previous_sales=1),
        a_year(date(2036, 12, 31), sales=66_000_000, months=6, previous_sales=1),
    ]


def at_the_cuts():
    """Years whose operating margin is exactly a cut, or one 円 of profit below it."""
    norm = shipped_norms().norm("0304", BusinessSize.SMALL, _margin())
    years = []
    for cut in norm.cuts:
        scale = 10 ** -cut.as_tuple().exponent
        for below in (0, 1):
            profit = int(cut * scale) - below
            years.append(
                a_year(
                    date(2001 + 2 * len(years), 3, 31),
                    sales=scale,
                    operating_profit=profit,
                    previous_sales=None,
                )
            )
    return years


def _margin():
    from bansou.domain.locaben import Indicator

    return Indicator.OPERATING_MARGIN


def edited(content, change):
    """What Excel leaves after a person typed: `change` gets the workbook and the place of each name."""
    workbook = load_workbook(io.BytesIO(content))
    places = {}
    for name, defined in workbook.defined_names.items():
        if "!" in defined.attr_text:
            title, cell = defined.attr_text.rsplit("!", 1)
            places[name] = workbook[title.strip("'")][cell.replace("$", "")]
    change(workbook, places)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def without_values(content):
    """The formulas alone, so that whoever opens the file has to calculate."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if "worksheets/sheet" in entry.filename and entry.filename.endswith(".xml"):
                part = re.sub(rb'( t="(?:str|e)")?>(<f>.*?</f>)<v>[^<]*</v>', rb">\2", part)
            new.writestr(entry, part)
    return out.getvalue()


def formula_values(content):
    """Sheet and cell → saved value, of every cell with a formula."""
    values, formulas = (load_workbook(io.BytesIO(content), data_only=only) for only in (True, False))
    return {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def saved_by_libreoffice(files, folder):
    """Every file as LibreOffice calculates and saves it, in one call. Skips without LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (folder / "out").mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    subprocess.run(  # noqa: S603 - our own files
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"),
         *(str(folder / name) for name in files)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {name: Path(folder / "out" / name).read_bytes() for name in files}


def exact(figures):
    """A year without what the file keeps elsewhere."""
    return Figures(
        fiscal_year_end=figures.fiscal_year_end,
        months=figures.months,
        **{field.key: getattr(figures, field.key) for field in FIGURE_FIELDS},
    )


THOUSAND, YEN = YenUnit.THOUSAND, YenUnit.YEN
