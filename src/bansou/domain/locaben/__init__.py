"""ローカルベンチマーク: six indicators, points and grade; the talk around them; one firm and a million firms.

The batch (``many``, with polars) is imported by its own name, so that this stays light.
"""

from bansou.domain.locaben.assessment import Assessment, IndicatorResult, assess, grade_of
from bansou.domain.locaben.boxes import BOXES, Box, Part, box
from bansou.domain.locaben.changes import MARKED_CHANGE_RULE, MarkedChange, marked_changes
from bansou.domain.locaben.display import shown, shown_yen
from bansou.domain.locaben.figures import COUNTABLE_DEBT, FIGURE_FIELDS, FIGURE_LABELS, FigureField, Figures
from bansou.domain.locaben.indicators import Indicator
from bansou.domain.locaben.industries import INDUSTRIES, Industry, propose_firm_size, search_industries
from bansou.domain.locaben.norms import NORM_COLUMNS, Edition, Norm, Norms, shipped_editions, shipped_norms
from bansou.domain.locaben.norms_reading import read_norms
from bansou.domain.locaben.norms_tables import read_norms_table, read_norms_workbook
from bansou.domain.locaben.notes import STANDING_RULES, Note, RuleMark, RuleNote
from bansou.domain.method.sizes import BusinessSize, SizeProposal

__all__ = [
    "BOXES",
    "COUNTABLE_DEBT",
    "FIGURE_FIELDS",
    "FIGURE_LABELS",
    "INDUSTRIES",
    "MARKED_CHANGE_RULE",
    "NORM_COLUMNS",
    "STANDING_RULES",
    "Assessment",
    "Box",
    "BusinessSize",
    "Edition",
    "FigureField",
    "Figures",
    "Indicator",
    "IndicatorResult",
    "Industry",
    "MarkedChange",
    "Norm",
    "Norms",
    "Note",
    "Part",
    "RuleMark",
    "RuleNote",
    "SizeProposal",
    "assess",
    "box",
    "grade_of",
    "marked_changes",
    "propose_firm_size",
    "read_norms",
    "read_norms_table",
    "read_norms_workbook",
    "search_industries",
    "shipped_editions",
    "shipped_norms",
    "shown",
    "shown_yen",
]
