"""A printed page holds what was given, whatever was typed, and looks the same on every machine."""

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bansou.infra.documents import Drawing, render_pdf

SPECIMEN = "infra/documents/specimen.typ"
A4_POINTS = (595, 842)

HOSTILE = [
    '#import "/infra/documents/fonts/OFL.txt": *',
    '#read("/infra/documents/fonts/OFL.txt")',
    "#panic()",
    "#{",
    "$x^2$",
    "\\",
    "]",
    "[",
    '"',
    "*太字* _斜体_ `等幅` = 見出し - 箇条 + 番号 / 用語: 説明",
    "<label> @label",
    "// 注釈 /* 閉じない",
    "https://a.jp/#panic()",
    "%(content)s {{ content }} {% load %}",
]


def specimen(**changes: Any) -> dict[str, Any]:
    content: dict[str, Any] = {
        "title": "株式会社みなと精機 カルテ",
        "author": "川辺商工会議所",
        "mark": "Bansō",
        "head": "2026年11月22日 印刷",
        "foot": "経営者と支援者の控え",
        "labels": ["金属製品製造業", "小規模事業者"],
        "sections": ["ことば", "これまで", "見立て", "たしかめること", "数字"],
        "quote": "俺が決めるのをやめるって、決めた。",
        "by": "港社長 11月19日",
        "facts": [["業種", "金属製品製造業"], ["従業員", "18名"]],
        "entries": [
            {
                "when": "11月19日",
                "title": "対話 第14回",
                "note": "巡回・90分",
                "quote": "自分たちで決めていい",
                "by": "現場",
            },
            {"when": "11月5日", "title": "小さな成功", "tone": "warm"},
            {"when": "6月18日", "title": "気づき", "tone": "insight"},
        ],
        "private-label": "支援者だけ",
        "private": "専務の不安が先かもしれない。",
        "ticks": ["段取り表の案", "次の日程"],
        "heads": ["指標", "値", "点"],
        "rows": [["労働生産性", "612千円", "4"], ["営業利益率", "3.1%", "3"]],
    }
    return content | changes


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in opened(pdf).pages)


def test_a_page_can_be_searched_for_the_japanese_it_shows():
    text = text_of(render_pdf(SPECIMEN, specimen()))
    for shown in [
        "株式会社みなと精機",
        "俺が決めるのをやめるって、決めた。",
        "港社長",
        "小さな成功",
        "支援者だけ",
        "段取り表",
        "612千円",
    ]:
        assert shown in text


def test_every_page_is_a4_and_says_which_of_how_many():
    long = specimen(
        entries=[{"when": f"{n}日", "title": f"対話 第{n}回", "note": "巡回"} for n in range(1, 60)]
    )
    pages = opened(render_pdf(SPECIMEN, long)).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4_POINTS
        assert f"{number} / {len(pages)}" in page.extract_text()


def test_the_fonts_are_ours_and_embedded():
    fonts = [
        descendant.get_object()
        for page in opened(render_pdf(SPECIMEN, specimen())).pages
        for font in page["/Resources"]["/Font"].values()
        for descendant in font.get_object()["/DescendantFonts"]
    ]
    assert fonts
    for font in fonts:
        assert "BIZUDPGothic" in font["/BaseFont"]
        descriptor = font["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_the_file_names_itself_its_author_and_its_language_and_no_time():
    reader = opened(render_pdf(SPECIMEN, specimen()))
    assert reader.metadata.title == "株式会社みなと精機 カルテ"
    assert reader.metadata.author == "川辺商工会議所"
    assert reader.metadata.creation_date is None
    assert reader.trailer["/Root"]["/Lang"].startswith("ja")


def test_the_file_is_tagged_for_screen_readers():
    assert opened(render_pdf(SPECIMEN, specimen())).trailer["/Root"]["/MarkInfo"]["/Marked"] is not None


def test_equal_content_gives_equal_bytes_and_other_content_other_bytes():
    assert render_pdf(SPECIMEN, specimen()) == render_pdf(SPECIMEN, specimen())
    assert render_pdf(SPECIMEN, specimen(quote="別のことば")) != render_pdf(SPECIMEN, specimen())


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_looks_like_code_is_printed_as_it_was_typed(typed):
    text = text_of(render_pdf(SPECIMEN, specimen(quote=typed, title=typed, labels=[typed])))
    assert "".join(text.split()).count("".join(typed.split())) >= 2
    assert "SIL OPEN FONT LICENSE" not in text


def test_line_breaks_stay_and_control_characters_go():
    text = text_of(render_pdf(SPECIMEN, specimen(quote="一行目\r\n二行目\r三行目\x00\x07\x1b[31m\x85終わり")))
    assert "一行目\n二行目\n三行目[31m終わり" in text


@pytest.mark.parametrize("letter", ["W", "w", "ｱ", "あ", "/"])
def test_a_very_long_word_stays_on_the_page(letter):
    pages = opened(render_pdf(SPECIMEN, specimen(quote=letter * 400))).pages
    runs = [line for page in pages for line in page.extract_text().splitlines() if letter * 5 in line]
    assert sum(line.count(letter) for line in runs) == 400
    assert max(len(line) for line in runs) < 120


def test_a_character_the_font_lacks_is_drawn_as_a_box_and_harms_nothing_else():
    text = text_of(render_pdf(SPECIMEN, specimen(quote="よかった😀です")))
    assert "よかった" in text
    assert "です" in text


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_any_text_at_all_becomes_a_page(typed):
    assert render_pdf(SPECIMEN, specimen(quote=typed, by=typed, facts=[[typed, typed]])).startswith(b"%PDF-")


def test_empty_lists_leave_an_empty_place():
    assert opened(render_pdf(SPECIMEN, specimen(facts=[], entries=[], labels=[], ticks=[], rows=[]))).pages


def test_a_drawing_reaches_the_page_untouched():
    path = "M0,0" + "L10,10L20,0" * 20
    svg = Drawing(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        f'<path d="{path}" stroke="#0017c1"/>'
        '<text x="2" y="15" font-size="5" font-family="sans-serif">軌跡</text></svg>'
    )
    pdf = render_pdf(SPECIMEN, specimen(picture=svg, **{"picture-about": "ふたりの軌跡"}))
    assert "軌跡" in text_of(pdf)
    assert pdf != render_pdf(SPECIMEN, specimen())


def test_a_template_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match=r"absent\.typ"):
        render_pdf("web/absent.typ", {})


@pytest.mark.parametrize("wrong", [{1, 2}, b"bytes", object(), float("nan")])
def test_content_that_has_no_printed_form_is_refused(wrong):
    with pytest.raises((TypeError, ValueError)):
        render_pdf(SPECIMEN, specimen(quote=wrong))
