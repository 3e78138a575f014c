"""The sheet as an .xlsx file and back: three sheets as on METI's form, formulas that work, nothing lost."""

from .content import WorkbookContent, content_of
from .reading import TakenSheet, is_own_workbook, read_workbook
from .writing import write_workbook

__all__ = [
    "TakenSheet",
    "WorkbookContent",
    "content_of",
    "is_own_workbook",
    "read_workbook",
    "write_workbook",
]
