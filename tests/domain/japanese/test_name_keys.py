import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.japanese import business_name_key, kana_key, phone_key

names = st.one_of(
    st.text(),
    st.text(alphabet="株式会社㈱㈲有限カユドｶﾕ()（）みなとミナト髙橋・ 　ー-NPO法人ガイシャャ"),
)


@pytest.mark.parametrize(
    "written",
    [
        "株式会社みなと精機",
        "みなと精機株式会社",
        "㈱みなと精機",
        "みなと精機㈱",
        "(株)みなと精機",
        "みなと精機（株）",
        "［株］ みなと精機",
        "㍿みなと精機",
        "株　式　会　社　みなと　精機",
        "株式會社みなと精機",
        "みなと・精機 （株）",
        "ﾐﾅﾄ精機",
        "ミナト精機",
        "有限会社みなと精機",
        "㈲みなと精機",
        "合同会社 みなと精機",
        "みなと精機(同)",
        "（株式会社）みなと精機",
    ],
)
def test_one_business_in_many_spellings(written):
    assert business_name_key(written) == business_name_key("みなと精機")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋商店", "高橋商店"),
        ("宮﨑工務店", "宮崎工務店"),
        ("濵田屋", "浜田屋"),
        ("渡邊酒店", "渡辺酒店"),
        ("Ａ＆Ｂ", "a&b"),
    ],
)
def test_variant_characters_are_equal(one, other):
    assert business_name_key(one) == business_name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("みなと精機", "みなと精工"), ("有田屋", "田屋"), ("株木建設", "木建設")]
)
def test_different_names_stay_different(one, other):
    assert business_name_key(one) != business_name_key(other)


@pytest.mark.parametrize("name", ["株式会社", "㈱", "☆☆☆", "-"])
def test_a_name_never_vanishes(name):
    assert business_name_key(name) != ""


@pytest.mark.parametrize(
    "written",
    [
        "みなとせいき",
        "ミナトセイキ",
        "ﾐﾅﾄｾｲｷ",
        "カ)ミナトセイキ",
        "ｶ)ﾐﾅﾄｾｲｷ",
        "ミナトセイキ(カ",
        "ミナトセイキ(カ)",
        "カブシキガイシャ ミナトセイキ",
        "ミナト セイキ カブシキカイシャ",
        "かぶしきがいしゃ　みなとせいき",
    ],
)
def test_one_reading_in_many_spellings(written):
    assert kana_key(written) == kana_key("ミナトセイキ")


@pytest.mark.parametrize(
    ("one", "other"), [("キヤノン", "キャノン"), ("ヱビス", "エビス"), ("カナヅチ", "カナズチ")]
)
def test_small_and_old_kana_are_equal(one, other):
    assert kana_key(one) == kana_key(other)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("027-000-1234", "0270001234"),
        ("０２７（０００）１２３４", "0270001234"),
        ("+81-27-000-1234", "0270001234"),
        ("+81(0)27-000-1234", "0270001234"),
        ("+81 90 0000 1234", "09000001234"),
        ("270001234", "0270001234"),
        ("9000001234", "09000001234"),
        ("027-000-1234 内線12", "0270001234"),
        ("027-000-1234 / 090-0000-0000", "0270001234"),
        ("なし", ""),
        ("", ""),
    ],
)
def test_phone_key(written, digits):
    assert phone_key(written) == digits


@given(names)
def test_keys_of_keys_are_the_same(text):
    for key in (business_name_key, kana_key, phone_key):
        assert key(key(text)) == key(text)
