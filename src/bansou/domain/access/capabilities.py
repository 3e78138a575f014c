"""Roles a person may hold and capabilities a role may carry."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the world of one organisation or one business."""

    ADVISER = "adviser"
    ADMINISTRATOR = "administrator"
    REFERRAL_RECIPIENT = "referral_recipient"
    SECRETARIAT = "secretariat"
    BUSINESS_LEADER = "business_leader"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.ADVISER: "支援者",
    Role.ADMINISTRATOR: "管理者",
    Role.REFERRAL_RECIPIENT: "橋渡し先の担当",
    Role.SECRETARIAT: "事務局",
    Role.BUSINESS_LEADER: "経営者",
}


class Capability(StrEnum):
    """One thing that may be done, named after the door it opens."""

    # a person's own work
    WORK_AS_ADVISER = "work_as_adviser"
    SEE_OWN_FIRM = "see_own_firm"
    # an organisation
    ADMINISTER_ORGANISATION = "administer_organisation"
    REGISTER_BUSINESS = "register_business"
    # a business
    SEE_BUSINESS = "see_business"
    SEE_KARTE = "see_karte"
    EDIT_BUSINESS = "edit_business"
    # an engagement
    START_ENGAGEMENT = "start_engagement"
    CONDUCT_ENGAGEMENT = "conduct_engagement"
    HAND_OVER = "hand_over"
    SEE_SHEET = "see_sheet"
    # the layers of a dialogue
    SEE_STATEMENTS = "see_statements"
    SEE_HYPOTHESES = "see_hypotheses"
    # the platform
    EDIT_GUIDANCE = "edit_guidance"
    KEEP_NORMS = "keep_norms"
