"""The method: seven steps, suitability, walls, elements, the frame of an engagement, and its guidance."""

from bansou.domain.method.audiences import Audience
from bansou.domain.method.elements import Element
from bansou.domain.method.engagement import (
    CadencePreset,
    EngagementStatus,
    StatusChange,
    SupportIntensity,
    TeamRole,
    Viewpoint,
    days_quiet,
    is_quiet,
    next_dialogue_due,
    plan_status_change,
    quiet_after_days,
)
from bansou.domain.method.industries import (
    INDUSTRY_DIVISIONS,
    IndustryDivision,
    TradeKind,
    industry_choices,
)
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
    "Answer",
    "Assessment",
    "Audience",
    "BusinessSize",
    "CadencePreset",
    "ConsultationMode",
    "Element",
    "EngagementStatus",
    "IndustryDivision",
    "Mark",
    "NextPath",
    "ProblemKind",
    "SizeProposal",
    "StatusChange",
    "Step",
    "SuitabilityItem",
    "SupportIntensity",
    "TeamRole",
    "TradeKind",
    "Verdict",
    "Viewpoint",
    "Wall",
    "WallFinding",
    "days_quiet",
    "early_judgement_warning",
    "industry_choices",
    "is_quiet",
    "judge",
    "next_dialogue_due",
    "plan_assessment",
    "plan_status_change",
    "propose_size",
    "quiet_after_days",
]
