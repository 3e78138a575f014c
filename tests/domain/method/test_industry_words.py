import pytest

from bansou.domain.method import industry_choices
from bansou.domain.method.industry_words import division_of


@pytest.mark.parametrize(
    ("words", "letter"),
    [
        ("E", "E"),
        ("ｅ", "E"),
        ("製造業", "E"),
        ("金属製品製造業", "E"),
        ("E 製造業", "E"),
        ("24", "E"),
        ("2431", "E"),
        ("建設業", "D"),
        ("建築設計", "L"),
        ("飲食店", "M"),
        ("情報サービス業", "G"),
        ("卸売業、小売業", "I"),
        ("その他のサービス業", "R"),
    ],
)
def test_words_of_an_office_name_a_division(words, letter):
    assert division_of(words) == letter


@pytest.mark.parametrize("words", ["", "その他", "00", "ABC", "第一部会"])
def test_words_that_do_not_say_name_none(words):
    assert division_of(words) is None


def test_every_official_name_finds_its_own_division():
    assert {label: division_of(label) for _, label in industry_choices()} == {
        label: letter for letter, label in industry_choices()
    }
