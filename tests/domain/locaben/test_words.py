from copy import deepcopy
from dataclasses import replace

import pytest

from bansou.domain.locaben import BusinessSize, Figures, Indicator, Note, assess
from bansou.domain.locaben.content_files import read_content
from bansou.domain.locaben.words import (
    TALK_AGENDA,
    TALK_OPENING,
    card_words,
    check_words,
    indicator_in_words,
)
from tests.domain.locaben.norms_for_tests import firm, norms_for_tests

VERDICTS = (
    "悪", "問題", "優秀", "優良", "良い会社", "劣", "不足", "危険", "警告", "異常", "低すぎ", "高すぎ",
    "合格", "失格", "ダメ", "だめ", "べき", "なければなりません", "改善", "課題", "残念", "素晴らしい",
    "十分", "健全", "安全です", "弱い", "遅れ", "失敗", "平均", "評価",
)  # fmt: skip
OPENERS = ("何", "どの", "どう", "どなた", "どこ", "どれ", "いつ", "いかが", "誰", "聴かせて")


def result(indicator, **changes):
    year = firm(**changes)
    return assess(year, norms=norms_for_tests(), industry_code="0304", size=BusinessSize.SMALL).results[
        indicator
    ]


def sentences(table):
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        for value in table.values():
            yield from sentences(value)
    elif isinstance(table, list):
        for value in table:
            yield from sentences(value)


def question_lists(table, key=""):
    if isinstance(table, list) and "question" in key:
        yield table
    elif isinstance(table, dict):
        for name, value in table.items():
            yield from question_lists(value, key if "question" in key else name)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_nothing_here_judges(verdict):
    assert [text for text in sentences(read_content("words")) if verdict in text] == []


def test_every_question_is_open_and_whole():
    lists = list(question_lists(read_content("words")))
    assert len(lists) > 30
    for questions in lists:
        assert len(set(questions)) == len(questions)
        for question in questions:
            assert question.endswith("。")
            assert any(opener in question for opener in OPENERS), question


@pytest.mark.parametrize("indicator", list(Indicator))
def test_every_indicator_is_explained_in_one_sentence(indicator):
    assert indicator_in_words(indicator).count("。") == 1


@pytest.mark.parametrize(
    ("sales", "meaning"),
    [
        (
            110_000_000,
            "売上は前の期より10.0%増えました。同じ業種・規模の中央値（+2.5%）より高いところにあります。",
        ),
        (101_000_000, "売上は前の期より1.0%増えました。同じ業種・規模のまん中あたり（中央値+2.5%）です。"),
        (100_000_400, "売上は前の期とほぼ同じでした。同じ業種・規模のまん中あたり（中央値+2.5%）です。"),
        (
            80_000_000,
            "売上は前の期より20.0%減りました。同じ業種・規模の中央値（+2.5%）より低いところにあります。",
        ),
    ],
)
def test_growth_is_told_by_its_direction_and_beside_the_median(sales, meaning):
    assert card_words(result(Indicator.SALES_GROWTH, sales=sales)).meaning == meaning


def test_a_fall_smaller_than_that_of_others_is_not_asked_about_as_growth():
    high = replace(result(Indicator.SALES_GROWTH, sales=98_000_000), points=4)
    words = card_words(high)
    assert words.meaning.startswith("売上は前の期より2.0%減りました。")
    assert "増えた" not in "".join(words.questions)
    assert words.question.startswith("まわりも売上を減らす中で")


@pytest.mark.parametrize(
    ("indicator", "changes", "fact"),
    [
        (Indicator.OPERATING_MARGIN, {}, "売上100円につき、3.0円が本業のもうけとして残っています。"),
        (Indicator.OPERATING_MARGIN, {"operating_profit": -2_100_000},
         "売上100円につき、費用が2.0円上回っています。"),
        (Indicator.LABOR_PRODUCTIVITY, {},
         "正社員一人あたりにならすと、この期は630千円の営業利益になります。"),
        (Indicator.EBITDA_DEBT_MULTIPLE, {}, "現金・預金を引いた借入金は、この期の稼ぎの5.0倍にあたります。"),
        (Indicator.WORKING_CAPITAL_MONTHS, {"accounts_payable": 50_000_000},
         "支払いより入金が先になる形で、月の売上の4.4か月分"),
        (Indicator.EQUITY_RATIO, {}, "会社の財産100円のうち、30.0円を自分たちのお金でまかなっています。"),
    ],
)  # fmt: skip
def test_values_are_told_plainly(indicator, changes, fact):
    assert card_words(result(indicator, **changes)).meaning.startswith(fact)


@pytest.mark.parametrize(
    ("indicator", "better", "worse"),
    [(Indicator.EBITDA_DEBT_MULTIPLE, "小さい", "大きい"), (Indicator.WORKING_CAPITAL_MONTHS, "短い", "長い"),
     (Indicator.EQUITY_RATIO, "高い", "低い")],
)  # fmt: skip
def test_where_less_is_better_the_words_follow(indicator, better, worse):
    base = result(indicator)
    for points, word in ((5, better), (4, better), (2, worse), (1, worse)):
        assert f"より{word}ところにあります。" in card_words(replace(base, points=points)).meaning
    assert "まん中あたり" in card_words(replace(base, points=3)).meaning


@pytest.mark.parametrize(
    ("indicator", "changes", "words"),
    [
        (Indicator.SALES_GROWTH, {"previous_sales": None}, "くらべる前の期の売上がない"),
        (Indicator.SALES_GROWTH, {"previous_sales": 0}, "くらべる前の期の売上がない"),
        (Indicator.OPERATING_MARGIN, {"sales": 0}, "売上がゼロ以下なので"),
        (Indicator.WORKING_CAPITAL_MONTHS, {"sales": 0}, "売上がゼロ以下なので"),
        (Indicator.LABOR_PRODUCTIVITY, {"employees": -1}, "従業員数がマイナス"),
        (Indicator.LABOR_PRODUCTIVITY, {"employees": 0}, "正社員が0人のときは、1人として計算しています。"),
        (Indicator.EBITDA_DEBT_MULTIPLE, {"cash": 30_000_000}, "実質的に借入のない状態です。"),
        (Indicator.EBITDA_DEBT_MULTIPLE, {"operating_profit": -9_000_000},
         "借入金が現金・預金を上回っている"),
        (Indicator.EBITDA_DEBT_MULTIPLE, {"operating_profit": -9_000_000, "borrowings": 0},
         "倍率も点も出していません"),
        (Indicator.EBITDA_DEBT_MULTIPLE, {"bonds": 5, "counted_debt": frozenset({"bonds"})}, "選ばれた社債"),
        (Indicator.EQUITY_RATIO, {"net_assets": -2_000_000}, "それより5.0円多い状態（債務超過）"),
        (Indicator.EQUITY_RATIO, {"total_assets": 0}, "ゼロ以下なので"),
        (Indicator.SALES_GROWTH, {"months": 6}, "参考の値です。"),
        (Indicator.EBITDA_DEBT_MULTIPLE, {"cash": None, "depreciation": None},
         "「減価償却費」「現金・預金」がまだ空欄"),
    ],
)  # fmt: skip
def test_every_special_value_gets_a_clear_sentence(indicator, changes, words):
    told = card_words(result(indicator, **changes))
    assert words in told.meaning
    assert told.meaning.endswith("。")
    assert "{" not in told.meaning
    assert 2 <= len(told.questions) <= 3
    assert told.question == told.questions[0]


def test_an_empty_sheet_can_be_talked_over():
    blank = assess(Figures(), norms=norms_for_tests(), industry_code="0304", size=BusinessSize.SMALL)
    for one in blank.results.values():
        assert card_words(one).questions


def test_every_note_has_its_words():
    page = read_content("words")
    told = set(page["asides"]).union(*(page[one.value].get("situations", {}) for one in Indicator))
    untold = [note for note in Note if not note.blank_figure and note.value not in told]
    assert untold == [Note.SIZE_PROPOSED, Note.SIZE_ASSUMED_MEDIUM, Note.UNOFFICIAL_AID]  # not of a card


def test_questions_change_with_the_band():
    base = result(Indicator.EQUITY_RATIO)
    asked = {card_words(replace(base, points=points)).question for points in (1, 2, 3, 4, 5)}
    assert len(asked) == 3


def test_the_talk_fills_an_hour_and_begins_with_the_work_not_the_score():
    assert sum(item.minutes for item in TALK_AGENDA) == 60
    assert len(TALK_AGENDA) == 6
    titles = [item.title for item in TALK_AGENDA]
    assert titles.index("仕事の流れをたどる（業務フロー・商流）") < titles.index(
        "数字が話しかけること（6つの指標）"
    )
    assert "成績表ではありません" in TALK_OPENING[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda page: page["equity_ratio"]["facts"].pop("zero"), "equity_ratio.facts.zero"),
        (lambda page: page["sales_growth"]["relation"].update(about="{mean}です。"), "nothing fills 'mean'"),
        (lambda page: page["labor_productivity"]["questions"].pop("middle"), "_productivity.positive_middle"),
        (lambda page: page["operating_margin"]["questions"].update(low=["ひとつだけ。"]), "two or three"),
        (lambda page: page["talk"]["agenda"].pop(), "55 minutes"),
    ],
)  # fmt: skip
def test_a_page_with_a_gap_is_refused_by_name(change, words):
    page = deepcopy(read_content("words"))
    change(page)
    with pytest.raises(ValueError, match=words):
        check_words(page)
