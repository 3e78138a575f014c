from copy import deepcopy

import pytest

from bansou.domain.locaben.boxes import BOX_BY_KEY, BOXES, Part, box, boxes_of, read_boxes
from bansou.domain.locaben.content_files import read_content
from bansou.domain.shared import Refusal

OPENERS = ("何", "どの", "どう", "どなた", "どこ", "どれ", "いつ", "いかが", "誰", "聴かせて")
VIEW_LABELS = [
    "経営理念・ビジョン／経営哲学・考え・方針等",
    "経営意欲（成長志向・現状維持など）",
    "後継者の有無／後継者の育成状況／承継のタイミング・関係",
    "企業及び事業沿革（ターニングポイントの把握）",
    "強み（技術力・販売力等）",
    "弱み（技術力・販売力等）",
    "ITに関する投資・活用の状況",
    "1時間当たり付加価値額（生産性）向上に向けた取組み",
    "市場動向・規模・シェアの把握／競合他社との比較",
    "顧客リピート率・新規開拓率／主な取引先企業の推移／顧客からのフィードバックの有無",
    "従業員定着率／勤続年数・平均給与",
    "取引金融機関数・推移／メインバンクとの関係",
    "組織体制／品質管理・情報管理体制",
    "事業計画・経営計画の有無／従業員との共有状況／社内会議の実施状況",
    "研究開発・商品開発の体制／知的財産権の保有・活用状況",
    "人材育成の取組み状況／人材育成の仕組み",
]


@pytest.fixture
def page():
    return deepcopy(read_content("boxes"))


def test_the_sheet_has_every_box_of_the_form_once():
    assert len(BOX_BY_KEY) == len(BOXES)
    assert {part: len(boxes_of(part)) for part in Part} == {
        Part.FLOW: 5 * 3 + 2,
        Part.CHAIN: 4 * 4 * 4 + 1,
        Part.VIEWS: 16 + 1,
        Part.SUMMARY: 4,
    }


def test_the_four_views_carry_the_labels_of_the_form_in_its_order():
    views = [one for one in boxes_of(Part.VIEWS) if not one.is_our_rule]
    assert [one.label for one in views] == VIEW_LABELS
    counts = {
        heading: [one.heading for one in views].count(heading)
        for heading in dict.fromkeys(one.heading for one in views)
    }
    assert counts == {"①経営者": 3, "②事業": 5, "③企業を取り巻く環境・関係者": 4, "④内部管理体制": 4}


def test_the_dialogue_ends_in_the_order_of_the_form():
    assert [one.label for one in boxes_of(Part.SUMMARY)] == ["現状認識", "将来目標", "課題", "対応策"]


@pytest.mark.parametrize("one", BOXES, ids=lambda one: one.key)
def test_every_box_is_explained_shown_and_asked(one):
    assert one.hint.endswith("。")
    assert one.question.endswith("。")
    assert any(opener in one.question for opener in OPENERS)
    assert len(one.example) <= one.max_length
    assert one.example not in one.hint


def test_the_owner_is_asked_for_what_they_know_and_not_for_the_conclusions():
    asked = {one.key for one in BOXES if one.for_owner}
    assert {
        "views.philosophy", "views.motivation", "views.history", "views.strengths", "views.weaknesses",
        "flow.1.content", "flow.5.distinction",
        "chain.customers.1.name", "chain.customers.4.why_they_choose_us", "summary.present", "summary.goal",
    } <= asked  # fmt: skip
    assert asked.isdisjoint(
        {"summary.issue", "summary.measure", "views.succession", "views.banks", "region.note"}
    )
    assert boxes_of(Part.SUMMARY, for_owner=True) == (box("summary.present"), box("summary.goal"))


def test_a_label_says_where_it_stands_when_read_alone():
    assert box("flow.2.content").full_label == "業務② 実施内容"
    assert box("chain.customers.1.why_they_choose_us").full_label == "得意先1 選ばれている理由"
    assert box("chain.own.strength").full_label == "自社 役割と強み"
    assert box("views.strengths").full_label == "強み（技術力・販売力等）"
    assert box("flow.products").full_label == "製品・商品・サービスの内容"


def test_only_the_note_on_the_region_is_our_own():
    assert [one.key for one in BOXES if one.is_our_rule] == ["region.note"]


def test_an_unknown_box_is_refused():
    with pytest.raises(Refusal) as refused:
        box("views.luck")
    assert refused.value.code == "unknown_box"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda page: page["summary"]["goal"].pop("hint"), "summary.goal: hint"),
        (lambda page: page["views"]["market"].update(example=" "), "views.market: example"),
        (lambda page: page["flow"]["products"].update(max_length=3), "flow.products: the example"),
        (lambda page: page["region"]["note"].update(score=3), "region.note: unknown keys score"),
        (lambda page: page["flow"]["steps"].pop(), "flow: 5 steps"),
    ],
)
def test_a_page_with_a_gap_is_refused_by_name(page, change, words):
    change(page)
    with pytest.raises(ValueError, match=words):
        read_boxes(page)
