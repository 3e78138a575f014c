import pytest

from bansou.domain.shared import PREFECTURES, prefecture_code, prefecture_of_address


def test_forty_seven_in_official_order():
    assert len(PREFECTURES) == 47
    assert next(iter(PREFECTURES)) == "01"
    assert (PREFECTURES["01"], PREFECTURES["13"], PREFECTURES["47"]) == ("北海道", "東京都", "沖縄県")


@pytest.mark.parametrize(
    ("name", "code"), [("群馬県", "10"), ("群馬", "10"), ("京都", "26"), ("北海道", "01")]
)
def test_a_name_has_its_code(name, code):
    assert prefecture_code(name) == code


@pytest.mark.parametrize("name", ["", "北海", "港県", "東京都港区"])
def test_what_is_not_a_prefecture_has_no_code(name):
    assert prefecture_code(name) is None


def test_an_address_begins_with_its_prefecture():
    assert prefecture_of_address("京都府京都市中京区1-1") == "26"
    assert prefecture_of_address("前橋市大手町1-1-1") is None
