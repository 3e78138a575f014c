import pytest

from bansou.domain.locaben import INDUSTRIES, BusinessSize, propose_firm_size, search_industries


def labels(words):
    return [industry.label for industry in search_industries(words)]


def test_14_majors_and_27_minors():
    assert len(INDUSTRIES) == 27
    assert len({industry.major_code for industry in INDUSTRIES.values()}) == 14
    assert (INDUSTRIES["0304"].label, INDUSTRIES["0304"].major_label) == ("金属製品製造業", "製造業")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("0304", "金属製品製造業"),
        ("金属", "金属製品製造業"),
        ("鉄工", "金属製品製造業"),
        ("自動車整備工場", "その他のサービス業"),
        ("旅館", "観光業"),
        ("ラーメン屋", "飲食業"),
        ("小売", "小売業"),
        ("卸売　食料品", "食料品卸売業"),
        ("ｿﾌﾄｳｪｱ", "広告・調査・情報サービス業"),
    ],
)
def test_words_of_the_office_find_the_industry(words, first):
    assert labels(words)[0] == first


def test_a_blank_search_shows_all_and_a_strange_one_none():
    assert labels(" ") == [industry.label for industry in INDUSTRIES.values()]
    assert labels("火星探査") == []


@pytest.mark.parametrize(
    ("code", "limit"),
    [("0304", 20), ("0201", 20), ("0404", 5), ("0501", 5), ("0601", 5), ("1002", 5), ("1301", 20)],
)
def test_the_headcount_decides_the_proposal(code, limit):
    at_limit = propose_firm_size(industry_code=code, employees=limit, capital_yen=10**9)
    above = propose_firm_size(industry_code=code, employees=limit + 1, capital_yen=0)
    assert (at_limit.size, above.size) == (BusinessSize.SMALL, BusinessSize.MEDIUM)
    assert f"{limit}人以下" in at_limit.reason


@pytest.mark.parametrize(
    ("capital", "size"),
    [(10_000_000, BusinessSize.SMALL), (10_000_001, BusinessSize.MEDIUM), (None, None)],
)
def test_capital_decides_only_without_a_headcount(capital, size):
    proposal = propose_firm_size(industry_code="0304", employees=None, capital_yen=capital)
    assert proposal.size is size
    assert "未入力" in proposal.reason


def test_negative_figures_are_refused():
    with pytest.raises(ValueError, match="negative"):
        propose_firm_size(industry_code="0304", employees=-1, capital_yen=None)
