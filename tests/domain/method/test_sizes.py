import pytest

from bansou.domain.method import INDUSTRY_DIVISIONS, BusinessSize, industry_choices, propose_size


def test_the_twenty_divisions_run_from_a_to_t():
    assert "".join(INDUSTRY_DIVISIONS) == "ABCDEFGHIJKLMNOPQRST"
    assert industry_choices()[4] == ("E", "E 製造業")


@pytest.mark.parametrize(
    ("division", "limit"),
    [
        ("D", 20),
        ("E", 20),
        ("H", 20),
        ("K", 20),
        ("I", 5),
        ("M", 5),
        ("N", 5),
        ("P", 5),
        ("R", 5),
        (None, 20),
    ],
)
def test_the_headcount_limit_of_the_division_decides(division, limit):
    at_limit = propose_size(industry_division=division, capital_yen=None, headcount=limit)
    above = propose_size(industry_division=division, capital_yen=None, headcount=limit + 1)
    assert (at_limit.size, above.size) == (BusinessSize.SMALL, BusinessSize.MEDIUM)
    assert f"{limit}人以下" in at_limit.reason


def test_headcount_governs_over_capital_and_letters_are_read_in_either_case():
    proposal = propose_size(industry_division=" e ", capital_yen=90_000_000, headcount=3)
    assert proposal.size is BusinessSize.SMALL
    assert "製造業・従業員3人" in proposal.reason


@pytest.mark.parametrize(("headcount", "noted"), [(5, False), (6, True), (20, True), (21, False)])
def test_the_reason_says_when_a_lodging_house_may_count_differently(headcount, noted):
    reason = propose_size(industry_division="M", capital_yen=None, headcount=headcount).reason
    assert ("宿泊業は20人" in reason) is noted


@pytest.mark.parametrize(
    ("capital", "size"),
    [(0, BusinessSize.SMALL), (10_000_000, BusinessSize.SMALL), (10_000_001, BusinessSize.MEDIUM)],
)
def test_capital_speaks_only_when_headcount_is_missing(capital, size):
    proposal = propose_size(industry_division="E", capital_yen=capital, headcount=None)
    assert proposal.size is size
    assert "見直して" in proposal.reason


def test_nothing_known_proposes_nothing():
    proposal = propose_size(industry_division="E", capital_yen=None, headcount=None)
    assert proposal.size is None
    assert proposal.reason


@pytest.mark.parametrize(
    "figures", [{"headcount": -1, "capital_yen": None}, {"headcount": None, "capital_yen": -1}]
)
def test_negative_figures_are_a_mistake_of_the_caller(figures):
    with pytest.raises(ValueError, match="negative"):
        propose_size(industry_division="E", **figures)
