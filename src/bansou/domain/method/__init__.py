"""The method: seven steps, suitability, walls, elements, the frame of an engagement, and its guidance."""

from bansou.domain.method.audiences import Audience
from bansou.domain.method.catalogue import as_text, checklist_catalogue, steps_catalogue, walls_catalogue
from bansou.domain.method.elements import Element
from bansou.domain.method.engagement import (
    CadencePreset,
    EngagementStatus,
    Pace,
    StatusChange,
    SupportIntensity,
    TeamRole,
    Viewpoint,
    days_quiet,
    is_quiet,
    next_dialogue_due,
    plan_pace,
    plan_status_change,
    quiet_after_days,
)
from bansou.domain.method.guidance import (
    LIST_FIELDS,
    Guidance,
    StepGuidance,
    StepText,
    as_lines,
    load_guidance,
    parse_section,
    plan_guidance_edit,
)
from bansou.domain.method.industries import (
    INDUSTRY_DIVISIONS,
    IndustryDivision,
    TradeKind,
    industry_choices,
)
from bansou.domain.method.moves import Direction, Move, MoveFacts, open_entry_points, plan_move
from bansou.domain.method.preparation import Preparation, prepare
from bansou.domain.method.problems import ConsultationMode, ProblemKind
from bansou.domain.method.sizes import BusinessSize, SizeProposal, propose_size
from bansou.domain.method.steps import Step
from bansou.domain.method.suitability import (
    Answer,
    Assessment,
    Mark,
    NextPath,
    SuitabilityItem,
    Verdict,
    early_judgement_warning,
    judge,
    plan_assessment,
)
from bansou.domain.method.walls import Wall, WallFinding

__all__ = [
    "INDUSTRY_DIVISIONS",
    "LIST_FIELDS",
    "Answer",
    "Assessment",
    "Audience",
    "BusinessSize",
    "CadencePreset",
    "ConsultationMode",
    "Direction",
    "Element",
    "EngagementStatus",
    "Guidance",
    "IndustryDivision",
    "Mark",
    "Move",
    "MoveFacts",
    "NextPath",
    "Pace",
    "Preparation",
    "ProblemKind",
    "SizeProposal",
    "StatusChange",
    "Step",
    "StepGuidance",
    "StepText",
    "SuitabilityItem",
    "SupportIntensity",
    "TeamRole",
    "TradeKind",
    "Verdict",
    "Viewpoint",
    "Wall",
    "WallFinding",
    "as_lines",
    "as_text",
    "checklist_catalogue",
    "days_quiet",
    "early_judgement_warning",
    "industry_choices",
    "is_quiet",
    "judge",
    "load_guidance",
    "next_dialogue_due",
    "open_entry_points",
    "parse_section",
    "plan_assessment",
    "plan_guidance_edit",
    "plan_move",
    "plan_pace",
    "plan_status_change",
    "prepare",
    "propose_size",
    "quiet_after_days",
    "steps_catalogue",
    "walls_catalogue",
]
