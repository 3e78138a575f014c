"""Value objects that every part of the domain speaks of."""

from bansou.domain.shared.calendar import FiscalYear, Period, wareki, wareki_year
from bansou.domain.shared.corporate_number import CorporateNumber, check_digit
from bansou.domain.shared.phone_number import PhoneNumber
from bansou.domain.shared.prefectures import PREFECTURES, prefecture_code, prefecture_of_address
from bansou.domain.shared.refusal import Refusal, Refusals

__all__ = [
    "PREFECTURES",
    "CorporateNumber",
    "FiscalYear",
    "Period",
    "PhoneNumber",
    "Refusal",
    "Refusals",
    "check_digit",
    "prefecture_code",
    "prefecture_of_address",
    "wareki",
    "wareki_year",
]
