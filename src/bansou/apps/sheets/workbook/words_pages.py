"""「商流・業務フロー」 and 「4つの視点」: the boxes as one would lay them out on a sheet of A4."""

from itertools import groupby

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bansou.domain.locaben.boxes import CHAIN_PLACES, FLOW_STEPS, Box, Part, box, boxes_of
from bansou.domain.locaben.record import SIDES, BoxText

from .content import WorkbookContent
from .look import (
    HEAD,
    LABEL,
    QUIET,
    TITLE,
    WORDS,
    Look,
    bar,
    changed,
    dress,
    make_room,
    margins,
    name_cell,
    note,
    put,
    span,
)
from .places import WORDS_FLOW, WORDS_VIEWS, box_name

_FLOW_ROOM, _VIEW_ROOM = 36.0, 28.0
_TALL = {"name": 24, "content": 84, "distinction": 58}
_COLUMNS = ("suppliers", "partners", "own", "customers", "end_users")


class _Page:
    """A sheet with its boxes. `written` counts what each row has to hold."""

    def __init__(self, workbook: Workbook, sheet: Worksheet, content: WorkbookContent) -> None:
        self.workbook, self.sheet, self.content = workbook, sheet, content

    def text(self, key: str) -> str:
        found = self.content.boxes.get(key)
        return found.text if found else ""

    def box(self, one: Box, row: int, first: int, last: int, look: Look = WORDS) -> tuple[str, int]:
        """Write a box into one row. Returns its text and how many columns it has."""
        cell = span(self.sheet, row, first, last, self.text(one.key), look)
        name_cell(self.workbook, box_name(one.key), self.sheet, f"${cell.column_letter}${row}")
        if signature := signed(self.content.boxes.get(one.key)):
            note(cell, signature, wide=190)
        return self.text(one.key), last - first + 1


def signed(written: BoxText | None) -> str:
    """「経営者 港 健一 2026-06-18」: who wrote the words, on which day."""
    if written is None or not written.text:
        return ""
    return " ".join(
        part for part in (SIDES.get(written.side, ""), written.writer, written.written_on) if part
    )


def write_flow(workbook: Workbook, sheet: Worksheet, content: WorkbookContent) -> None:
    page = _Page(workbook, sheet, content)
    sheet.column_dimensions["A"].width = 17
    for column in "BCDEF":
        sheet.column_dimensions[column].width = 31
    _title(sheet, WORDS_FLOW, content, "欄に書いた人は、欄のコメントに示しています。")
    row = _flow(page, 4)
    row = _chain(page, row + 1)
    _paper(sheet, "landscape", f"A1:F{row}")


def _flow(page: _Page, row: int) -> int:
    sheet = page.sheet
    bar(sheet, row, 6, "業務フロー（左から右へ）")
    put(sheet, row + 1, 1, "", HEAD)
    for number in FLOW_STEPS:
        arrow = "　→" if number < FLOW_STEPS[-1] else ""
        put(sheet, row + 1, number + 1, f"{box(f'flow.{number}.name').heading}{arrow}", HEAD)
    row += 2
    for field in ("name", "content", "distinction"):
        put(sheet, row, 1, box(f"flow.1.{field}").label, LABEL)
        look = changed(WORDS, bold=True) if field == "name" else WORDS
        filled = [page.box(box(f"flow.{n}.{field}"), row, n + 1, n + 1, look) for n in FLOW_STEPS]
        make_room(sheet, row, [(text, _FLOW_ROOM) for text, _ in filled], least=_TALL[field])
        row += 1
    for key in ("flow.products", "flow.customer_value"):
        put(sheet, row, 1, box(key).label, LABEL)
        text, columns = page.box(box(key), row, 2, 6)
        make_room(sheet, row, [(text, _FLOW_ROOM * columns)], least=44)
        row += 1
    return row


def _chain(page: _Page, row: int) -> int:
    sheet = page.sheet
    bar(sheet, row, 6, "商流（仕入先 → 自社と協力先 → 得意先 → エンドユーザー）")
    put(sheet, row + 1, 1, "", HEAD)
    for column, kind in enumerate(_COLUMNS, 2):
        put(sheet, row + 1, column, _chain_head(kind, page.content.business), HEAD)
    row += 2
    first = row
    for place in CHAIN_PLACES:
        for field in ("name", "share", "why_chosen_by_us", "why_they_choose_us"):
            _chain_row(page, row, place, field)
            row += 1
    _own(page, first, row - 1)
    return row


def _chain_head(kind: str, business: str) -> str:
    if kind == "own":
        return f"自社（{business}）"
    return box(f"chain.{kind}.1.name").heading.rstrip("1")


def _chain_row(page: _Page, row: int, place: int, field: str) -> None:
    sheet, filled = page.sheet, []
    label = box(f"chain.suppliers.{place}.{field}").label
    put(sheet, row, 1, f"{place}　{label}" if field == "name" else label, LABEL)
    for column, kind in enumerate(_COLUMNS, 2):
        if kind != "own":
            look = changed(WORDS, bold=True) if field == "name" else WORDS
            filled.append(page.box(box(f"chain.{kind}.{place}.{field}"), row, column, column, look)[0])
    make_room(sheet, row, [(text, _FLOW_ROOM) for text in filled])


def _own(page: _Page, first: int, last: int) -> None:
    sheet, own = page.sheet, box("chain.own.strength")
    put(sheet, first, 4, own.label, HEAD)
    for row in range(first + 1, last + 1):
        dress(sheet.cell(row, 4), WORDS)
    page.box(own, first + 1, 4, 4)
    sheet.merge_cells(start_row=first + 1, start_column=4, end_row=last, end_column=4)


def write_views(workbook: Workbook, sheet: Worksheet, content: WorkbookContent) -> None:
    page = _Page(workbook, sheet, content)
    sheet.column_dimensions["A"].width = 27
    for column in "BCDE":
        sheet.column_dimensions[column].width = 24
    sheet.column_dimensions["F"].width = 14
    _title(sheet, WORDS_VIEWS, content, "右の列は、書いた人と日です。すべての欄を埋める必要はありません。")
    row = 4
    for heading, boxes in groupby(boxes_of(Part.VIEWS), key=lambda one: one.heading):
        bar(sheet, row, 6, heading)
        row += 1
        for one in boxes:
            _view(page, one, row)
            row += 1
    row = _summary(page, row + 1)
    _paper(sheet, "portrait", f"A1:F{row}")


def _view(page: _Page, one: Box, row: int) -> None:
    put(page.sheet, row, 1, one.label, LABEL)
    text, columns = page.box(one, row, 2, 5)
    who = signed(page.content.boxes.get(one.key))
    put(page.sheet, row, 6, who, changed(QUIET, framed=True, size=8))
    make_room(page.sheet, row, [(text, _VIEW_ROOM * columns), (one.label, 33), (who, 19)], least=44)


def _summary(page: _Page, row: int) -> int:
    boxes = boxes_of(Part.SUMMARY)
    bar(page.sheet, row, 6, f"{Part.SUMMARY.label}（{' → '.join(one.label for one in boxes)}）")
    for column, one in enumerate(boxes, 2):
        put(page.sheet, row + 1, column, one.label, HEAD)
    put(page.sheet, row + 2, 1, Part.SUMMARY.label, LABEL)
    put(page.sheet, row + 3, 1, "書いた人と日", LABEL)
    filled = []
    for column, one in enumerate(boxes, 2):
        filled.append(page.box(one, row + 2, column, column)[0])
        who = signed(page.content.boxes.get(one.key))
        put(page.sheet, row + 3, column, who, changed(QUIET, framed=True, size=8))
    make_room(page.sheet, row + 2, [(text, _VIEW_ROOM) for text in filled], least=110)
    return row + 3


def _title(sheet: Worksheet, words: str, content: WorkbookContent, hint: str) -> None:
    put(sheet, 1, 1, f"ローカルベンチマーク　{words}", TITLE)
    sheet.row_dimensions[1].height = 26
    made = f"{content.business}　{content.made_on:%Y年%-m月%-d日}に作成　{hint}"
    put(sheet, 2, 1, made, changed(QUIET, wraps=False))


def _paper(sheet: Worksheet, orientation: str, area: str) -> None:
    sheet.freeze_panes = "B4"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, orientation
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_area = area
    margins(sheet)
