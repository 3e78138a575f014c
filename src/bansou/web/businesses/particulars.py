"""What is known of a business, in words for a page."""

from itertools import groupby

from bansou.apps.businesses.models import Business, BusinessPerson
from bansou.domain.method import INDUSTRY_DIVISIONS, Viewpoint
from bansou.domain.shared import PREFECTURES
from bansou.ui.items import Definition


def facts_of(business: Business) -> list[Definition]:
    return [
        Definition("ふりがな", business.kana),
        Definition("法人・個人", business.get_legal_form_display()),
        Definition("法人番号", business.corporate_number),
        Definition("電話番号", business.phone),
        Definition("メールアドレス", business.email),
        Definition("所在地", place_of(business)),
        Definition("業種", industry_words(business.industry, business.industry_detail)),
        Definition("資本金", yen_words(business.capital_yen)),
        Definition("従業員数", "" if business.headcount is None else f"{business.headcount:,}人"),
        Definition("規模", business.get_size_display()),
        Definition("規模の決め方", business.size_reason),
        Definition("決算月", f"{business.closing_month}月" if business.closing_month else ""),
        Definition("創業年", f"{business.founded_year}年" if business.founded_year else ""),
        Definition("事業承継", "論点になっている" if business.succession else "いまは論点になっていない"),
    ]


def place_of(business: Business) -> str:
    """The address, led by its prefecture once."""
    prefecture = PREFECTURES.get(business.prefecture, "")
    return business.address if business.address.startswith(prefecture) else f"{prefecture}{business.address}"


def industry_words(letter: str, detail: str) -> str:
    """製造業（金属製品の切削加工）; only one of the two when the other is unknown or says the same."""
    division = INDUSTRY_DIVISIONS.get(letter)
    words = division.label if division else ""
    return f"{words}（{detail}）" if words and detail and detail != words else words or detail


def yen_words(yen: int | None) -> str:
    """1,000万円, 1億2,000万円, 5,505,000円."""
    if yen is None:
        return ""
    if yen == 0 or yen % 10_000:
        return f"{yen:,}円"
    hundred_millions, rest = divmod(yen // 10_000, 10_000)
    return (f"{hundred_millions:,}億" if hundred_millions else "") + (f"{rest:,}万" if rest else "") + "円"


def people_by_viewpoint(business: Business) -> list[tuple[str, list[BusinessPerson]]]:
    """(viewpoint, people) in the order of the method; those who left stand last in their group."""
    order = list(Viewpoint)
    people = sorted(
        business.people.all(),
        key=lambda person: (order.index(Viewpoint(person.viewpoint)), person.left_on is not None, person.pk),
    )
    return [
        (Viewpoint(viewpoint).label, list(group))
        for viewpoint, group in groupby(people, key=lambda person: person.viewpoint)
    ]
