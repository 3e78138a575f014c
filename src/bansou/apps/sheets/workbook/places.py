"""What stands where in the workbook. Cells are named, so that they are found again after rows moved.

Documented in docs/how-to/locaben-workbook.md: `bansou_locaben` marks the file as ours, `set__…` are the
settings, `row__…` the lines of figures (a fiscal year is a column), `count__…` what counts as 借入金 and
`box__…` the boxes, with `__` for the dot of a key.
"""

from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import get_column_letter

from bansou.domain.locaben import FIGURE_FIELDS, Indicator

FINANCE, WORDS_FLOW, WORDS_VIEWS, NORMS = "6つの指標", "商流・業務フロー", "4つの視点", "業種基準値"

MARK, MARK_VALUE, REVISION, SHEET = "bansou_locaben", "1", "bansou_revision", "bansou_sheet"
SETTING_NAMES = ("industry", "size", "size_reason", "unit", "edition")

FIRST_YEAR = 3
FEWEST_YEAR_COLUMNS = 5
COUNTED, NOT_COUNTED = "含める", "含めない"

NORM_HEAD_ROW = 4
RADAR_COLUMN = 33  # far right of the norms, out of sight


def box_name(key: str) -> str:
    return "box__" + key.replace(".", "__")


def row_name(key: str) -> str:
    return f"row__{key}"


@dataclass(frozen=True)
class Finance:
    """Rows and columns of 「6つの指標」 for so many fiscal years, one free column included."""

    years: int

    @property
    def columns(self) -> int:
        return max(FEWEST_YEAR_COLUMNS, self.years + 1)

    def letter(self, place: int) -> str:
        """The column of the year at `place`, counted from 0, oldest first."""
        return str(get_column_letter(FIRST_YEAR + place))

    @property
    def first(self) -> str:
        return self.letter(0)

    @property
    def last(self) -> str:
        return self.letter(self.columns - 1)

    @property
    def last_column(self) -> int:
        return FIRST_YEAR + self.columns - 1

    def across(self, row: int) -> str:
        """The cells of every year in one row."""
        return f"${self.first}${row}:${self.last}${row}"

    # Facts of the firm and what the score is measured against.
    facts_row = 4
    edition_row, source_row = 11, 12
    industry, size, unit, edition = "$B$8", "$B$9", "$F$8", "$F$9"

    # The newest year with the radar beside it.
    newest_row = 14
    newest_head = 15

    def newest(self, indicator: Indicator) -> int:
        return self.newest_head + 1 + _ORDER[indicator]

    newest_total, newest_grade, newest_partial = 22, 23, 24

    # Every year.
    course_row, course_head = 27, 28

    def shown(self, indicator: Indicator) -> int:
        return self.course_head + 1 + _ORDER[indicator]

    def points(self, indicator: Indicator) -> int:
        return self.course_head + 7 + _ORDER[indicator]

    total, grade, partial = 41, 42, 43
    first_mark = 44

    # What is typed.
    input_row = 53
    year_end, months = 55, 56

    @cached_property
    def figures(self) -> dict[str, int]:
        """Key of a figure → its row. Every group begins with a heading of its own."""
        rows, row, group = {}, self.months, ""
        for field in FIGURE_FIELDS:
            row += 1 if field.group == group else 2
            rows[field.key], group = row, field.group
        return rows

    @cached_property
    def groups(self) -> dict[int, str]:
        """Row → heading of the group that begins below."""
        found: dict[str, int] = {}
        for field in FIGURE_FIELDS:
            found.setdefault(field.group, self.figures[field.key] - 1)
        return {row: group for group, row in found.items()}

    @property
    def last_input(self) -> int:
        return max(self.figures.values())

    # What lies between the figures and the values, in 円.
    @property
    def working_row(self) -> int:
        return self.last_input + 2

    @cached_property
    def working(self) -> dict[str, int]:
        return {key: self.working_row + 1 + place for place, key in enumerate(WORKING)}

    def exact(self, indicator: Indicator) -> int:
        return self.working_row + 1 + len(WORKING) + _ORDER[indicator]

    @property
    def newest_place(self) -> int:
        """The row that holds which column is the newest."""
        return self.working_row + 7 + len(WORKING)

    @property
    def unit_place(self) -> int:
        """The row that holds how many 円 one unit is."""
        return self.newest_place + 1

    # The norms of the chosen industry and size.
    @property
    def norms_row(self) -> int:
        return self.unit_place + 2

    @property
    def norms_head(self) -> int:
        return self.norms_row + 1

    def norm(self, indicator: Indicator) -> int:
        return self.norms_head + 1 + _ORDER[indicator]

    @property
    def notes_row(self) -> int:
        return self.norms_head + 8

    def figure(self, letter: str, key: str) -> str:
        return f"{letter}{self.figures[key]}"

    def step(self, letter: str, key: str) -> str:
        return f"{letter}{self.working[key]}"


WORKING = (
    "month_end", "sales", "previous_sales", "previous_months", "operating_profit", "ebitda", "net_debt",
    "working_capital", "heads", "net_assets", "total_assets",
)  # fmt: skip
WORKING_LABELS = {
    "month_end": "決算月の末日",
    "sales": "売上高",
    "previous_sales": "前期の売上高（ひとつ前の列、なければ入力した額）",
    "previous_months": "前期の決算期間（ひとつ前の列）",
    "operating_profit": "営業利益",
    "ebitda": "EBITDA（営業利益＋減価償却費）",
    "net_debt": "差引の借入金（借入金−現金・預金）",
    "working_capital": "営業運転資本（売上債権＋棚卸資産−買入債務）",
    "heads": "従業員数（0人は1人として計算）",
    "net_assets": "純資産",
    "total_assets": "総資産（負債・純資産合計）",
}

_ORDER = {indicator: place for place, indicator in enumerate(Indicator)}
