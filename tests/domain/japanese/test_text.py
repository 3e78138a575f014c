import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.domain.japanese import normalise, search_key, search_words

japanese = st.text(alphabet="みなとァｶﾞｱｰー－‐−-〜ー精髙﨑株㈱ 　・aＡ0０()（）ヶ\u200b\u3099\ufe0f\n")


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("ﾐﾅﾄ精機", "ミナト精機"),
        ("ＡＢＣ１２３", "abc123"),
        ("コンピュ−タ", "コンピュータ"),
        ("コンピュ－タ‐", "コンピューター"),
        ("０２７ー０００ー１２３４", "027-000-1234"),
        ("10〜20人", "10～20人"),
        ("みなと　　精機\n", "みなと 精機"),
        ("葛\U000e0100城", "葛城"),
        ("み\u200bなと", "みなと"),
    ],
)
def test_same_text_in_other_clothes(written, same_as):
    assert normalise(written) == normalise(same_as)


def test_normalise_leaves_kanji_and_kana_alone():
    assert normalise("髙橋みなとミナト") == "髙橋みなとミナト"


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("みなと", "株式会社ミナト精機"),
        ("ﾐﾅﾄ精", "株式会社　みなと 精機"),
        ("高橋", "髙橋商店"),
        ("ジョンスミス", "ジョン・スミス商会"),
        ("茨ケ崎", "茨ヶ﨑"),
        ("らーめん", "ラーーメン"),
    ],
)
def test_a_search_word_is_found(word, text):
    assert search_key(word) in search_key(text)


def test_another_word_is_not_found():
    assert search_key("みなみ") not in search_key("みなと精機")


@given(st.one_of(st.text(), japanese))
def test_keys_of_keys_are_the_same(text):
    assert normalise(normalise(text)) == normalise(text)
    assert search_key(search_key(text)) == search_key(text)
    assert search_key(normalise(text)) == search_key(text)


def test_a_query_is_parted_at_blanks_of_any_width():
    assert search_words("　段取り  値上げ　ＡＢＣ ") == [search_key(w) for w in ("段取り", "値上げ", "abc")]
    assert search_words(" ・　") == []
