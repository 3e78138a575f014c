"""結果: every odd value has a clear sentence, every score its basis, every figure its question."""

from datetime import date

import pytest
from django.urls import reverse

from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.models import ChangeDecision, LocalBenchmark, NoticedChange, Side
from bansou.apps.sheets.operations import open_to_leader, write_boxes
from bansou.domain.locaben import FIGURE_FIELDS, Indicator
from tests.support.norms import own_norms
from tests.support.queries import at_most
from tests.web.sheets.conftest import a_year, page_of

NOTHING = {field.key: None for field in FIGURE_FIELDS if field.key != "previous_sales"}


@pytest.fixture
def url(office):
    return office.url("locaben")


def test_an_empty_sheet_says_what_to_do_next(office, adviser, url):
    page = page_of(adviser.get(url))
    assert "業種をえらぶ" in page
    assert "決算を入れる" in page
    assert "業務フローや商流は、数字がなくても先に描けます。" in page
    assert not LocalBenchmark.objects.exists()


def test_figures_without_an_industry_are_shown_without_a_score(office, adviser, url):
    office.keep(a_year())
    page = page_of(adviser.get(url))
    assert "320,000千円" in page
    assert "/ 30" not in page
    assert "業種をえらぶ" in page


def test_a_score_stands_with_its_basis_its_norms_and_a_question_each(office, adviser, url):
    office.settle()
    office.keep(a_year(2025, sales=301_000_000), a_year(2026))
    page = page_of(adviser.get(url))
    for words in (
        "2026年3月期",
        "基準：2022年度版 0304 金属製品製造業・小規模事業者",
        "出典：経済産業省ローカルベンチマーク（2022年度版）を加工して作成",
        "+6.3%",
        "中央値 −1.6%",
        "612千円",
        "中央値 315千円",
        "7.2倍",
        "20点",
        "点数は話のきっかけで、会社の成績ではありません。",
    ):
        assert words in page, words
    assert page.count('class="ask"') == 6
    assert page.count('class="point-bar"') == 6


@pytest.mark.parametrize(
    ("figures", "shown", "sentence"),
    [
        ({"employees": 0}, "11,016千円", "正社員が0人のため、1人として労働生産性を計算しました。"),
        (
            {"employees": None},
            "算出不可（従業員数（正社員）が未入力です）",
            "従業員数（正社員）が未入力のため",
        ),
        ({"previous_sales": None}, "算出不可（前期の売上高がありません）", "0%とはみなしません。"),
        ({"previous_sales": 0}, "算出不可（前期の売上高がありません）", "0%とはみなしません。"),
        ({"sales": 0}, "算出不可（売上高がゼロ以下です）", "売上高がゼロ以下のため"),
        ({"sales": -5}, "算出不可（売上高がゼロ以下です）", "売上高がゼロ以下のため"),
        ({"total_assets": 0}, "算出不可（総資産がありません）", "負債・純資産合計がゼロ以下のため"),
        ({"cash": 900_000_000}, "実質無借金（−36.0倍）", "実質的に無借金です。"),
        ({"operating_profit": -20_000_000}, "算出不可（EBITDA≦0）", "倍率は計算しません。"),
        ({"operating_profit": -9_000_000}, "算出不可（EBITDA≦0）", "倍率は計算しません。"),
        (
            {"operating_profit": -20_000_000, "borrowings": 0},
            "算出不可（EBITDA≦0）",
            "合計と総合評価は出しません",
        ),
        ({"net_assets": -10_000_000}, "−3.8%", "純資産がマイナス（債務超過）です。"),
        ({"accounts_payable": 200_000_000}, "−4.8か月", "計算のしかた"),
        ({"months": 6}, "参考値", "12か月ではないため"),
        (NOTHING, "算出不可", "空欄をゼロとはみなしません。"),
        ({"sales": 10**15 - 1, "previous_sales": 1}, "%", "計算のしかた"),
    ],
)
def test_odd_values_have_a_clear_sentence(office, adviser, url, figures, shown, sentence):
    office.settle()
    office.keep(a_year(**{"previous_sales": 301_000_000, **figures}))
    page = page_of(adviser.get(url))
    assert shown in page
    assert sentence in page
    assert "-0.0" not in page
    assert "−0.0" not in page
    assert "None" not in page
    assert page.count('class="ask"') == 6


def test_the_year_with_figures_is_shown_and_others_can_be(office, adviser, url):
    office.settle()
    office.keep(a_year(2025, sales=111_000_000), a_year(2026, **NOTHING))
    assert "2025年3月期 ・ 基準" in page_of(adviser.get(url))
    assert "2026年3月期 ・ 基準" in page_of(adviser.get(f"{url}?year=2026-03-31"))
    assert "2025年3月期 ・ 基準" in page_of(adviser.get(f"{url}?year=<script>"))


def test_norms_that_are_gone_are_said(office, adviser, url):
    office.settle()
    office.keep(a_year())
    LocalBenchmark.objects.update(edition="2031")
    page = page_of(adviser.get(url))
    assert "選ばれている版の業種基準値が見つかりません。" in page
    assert "320,000千円" in page


def test_own_norms_are_no_score_of_the_benchmark(office, adviser, url):
    office.settle()
    office.keep(a_year(2025), a_year())
    assert 'class="score-grade"' in page_of(adviser.get(url))
    own_norms(office.sheet, office.adviser)
    page = page_of(adviser.get(url))
    assert "ローカルベンチマークの点数ではありません" in page
    assert 'class="score-grade"' not in page


def test_words_stand_whole_and_with_a_word_for_who_wrote_them(office, adviser, url):
    open_to_leader(actor=actor_for(office.adviser), engagement=office.engagement, opened=True)
    long = "あ" * 300 + "最後まで読める"
    for who, side, texts in (
        (office.leader, Side.FIRM, {"views.strengths": long, "summary.goal": "若い人が決める工場"}),
        (office.adviser, Side.SUPPORTER, {"views.weaknesses": "図面が紙のまま"}),
    ):
        seen = office.sheet.revision
        write_boxes(actor=actor_for(who), engagement=office.engagement, texts=texts, side=side, seen=seen)
    page = page_of(adviser.get(url))
    for words, side, label in (
        (long, "firm", "経営者"),
        ("若い人が決める工場", "firm", "経営者"),
        ("図面が紙のまま", "supporter", "支援者"),
    ):
        assert f'{words}</span> <span class="box-writer" data-side="{side}">{label}</span>' in page


def test_pictures_and_words_stand_beside_the_figures(office, adviser, url):
    write_boxes(
        actor=actor_for(office.adviser),
        engagement=office.engagement,
        texts={
            "flow.1.name": "見積",
            "chain.suppliers.1.name": "鋼材商社",
            "views.strengths": "試作を翌日に返せる",
            "summary.goal": "若い人が決める工場",
        },
        side=Side.SUPPORTER,
        seen=0,
    )
    page = page_of(adviser.get(url))
    for words in ("見積", "鋼材商社", "試作を翌日に返せる", "若い人が決める工場", "60分の対話の進め方"):
        assert words in page


def test_the_page_asks_the_same_questions_for_one_year_and_for_thirty(office, adviser, url, query_snapshot):
    office.settle()
    office.keep(a_year())
    with query_snapshot():
        adviser.get(url)
    office.keep(*(a_year(year) for year in range(1998, 2026)))
    with query_snapshot():
        adviser.get(url)


def test_a_lever_moves_the_indicators_and_says_what_it_assumes(office, adviser):
    office.settle()
    office.keep(a_year())
    url = office.url("locaben-what-if")
    page = page_of(adviser.get(url, {"lever": "idle_time", "change": "18", "was": "0", "assumed": "2000"}))
    assert "手待ちが一人一日18分減ると" in page
    assert "612千円 → 756千円" in page
    assert "粗い試算です。" in page
    assert "240日分" in page
    part = adviser.get(url, {"lever": "price", "change": "3", "was": "0"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "値段を3%上げる" in page_of(part)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"lever": "price", "change": "900"}, "-5から10までの数字で動かしてください。"),
        ({"lever": "price", "change": "x" * 500}, "までの数字で動かしてください。"),
        ({"lever": "idle_time", "change": "6", "assumed": "9999999"}, "までで入れてください。"),
        ({"lever": "nothing"}, "手待ち"),
        ({"lever": "price", "change": "3", "was": "3", "exact": "5"}, "値段を5%上げる"),
    ],
)
def test_a_lever_pulled_too_far_says_so(office, adviser, asked, sentence):
    office.settle()
    office.keep(a_year())
    answer = adviser.get(office.url("locaben-what-if"), asked)
    assert answer.status_code == 200
    assert sentence in page_of(answer)


def test_without_figures_there_is_nothing_to_move(office, adviser):
    assert "まだ試算できません" in page_of(adviser.get(office.url("locaben-what-if")))
    office.settle()
    office.keep(a_year(**NOTHING))
    assert "まだ試算できません" in page_of(adviser.get(office.url("locaben-what-if")))


def test_the_rules_stand_with_how_well_they_are_known(office, adviser):
    page = page_of(adviser.get(office.url("locaben-how")))
    for indicator in Indicator:
        assert indicator.formula in page
    assert "当方の規則" in page
    assert "確認済み" in page
    assert "一つの出典" in page
    office.settle()
    page = page_of(adviser.get(office.url("locaben-how")))
    assert "0304 金属製品製造業・小規模事業者の基準値" in page
    assert "315千円" in page
    assert "8.8倍" in page


def change_address(office, **named: str) -> str:
    ends = {"key": "sales", "from": "2025-03-31", "to": "2026-03-31"} | named
    query = "&".join(f"{name}={value}" for name, value in ends.items())
    return f"{office.url('locaben-change')}?{query}"


def test_a_marked_change_is_decided_once_and_asked_no_more(office, adviser, url):
    office.keep(a_year(2025, sales=200_000_000), a_year(2026))
    assert change_address(office) in page_of(adviser.get(url))
    sent = {"decision": "recorded", "words": "新しい取引先ができた"}
    assert adviser.post(change_address(office), sent).headers["Location"] == url
    noticed = NoticedChange.objects.get()
    assert (noticed.decision, noticed.words) == (ChangeDecision.RECORDED, "新しい取引先ができた")
    assert noticed.to_end == date(2026, 3, 31)
    assert "決算に表れた変化" not in page_of(adviser.get(url))
    assert adviser.get(change_address(office)).headers["Location"] == url


@pytest.mark.parametrize("named", [{"key": "cash"}, {"from": "x"}, {"to": "2030-03-31"}, {"key": "<b>"}])
def test_a_change_nobody_marked_leads_back(office, adviser, url, named):
    office.keep(a_year(2025, sales=200_000_000), a_year(2026))
    answer = adviser.post(change_address(office, **named), {"decision": "recorded"})
    assert answer.headers["Location"] == url
    assert not NoticedChange.objects.exists()


def test_a_decision_has_to_be_made(office, adviser):
    office.keep(a_year(2025, sales=200_000_000), a_year(2026))
    answer = adviser.post(change_address(office), {"decision": "maybe", "words": "覚え書き"})
    assert answer.status_code == 422
    assert "覚え書き" in page_of(answer)
    assert not NoticedChange.objects.exists()


PAGES = (
    "locaben",
    "locaben-settings",
    "locaben-accounts",
    "locaben-paste",
    "locaben-upload",
    "locaben-proprietor",
    "locaben-what-if",
    "locaben-how",
    "locaben-change",
)


@pytest.mark.parametrize("name", PAGES)
def test_the_sheet_is_for_the_team(office, client_as, name):
    url = office.url(name)
    assert client_as(office.stranger).get(url).status_code == 404
    assert client_as(office.stranger).post(url, {}).status_code in (404, 405)
    assert client_as(office.colleague).get(url).status_code == 403
    assert client_as(office.leader).get(url).status_code in (403, 404)
    assert client_as(None).get(url).status_code == 302
    assert client_as(office.adviser).get(reverse(name, args=["nobody"])).status_code == 404


@pytest.mark.parametrize("name", [name for name in PAGES if name != "locaben-change"])
def test_pages_ask_few_questions(office, adviser, name):
    office.settle()
    office.keep(*(a_year(year) for year in range(2020, 2027)))
    with at_most(16):
        assert adviser.get(office.url(name)).status_code == 200
