"""Pasted, from a file, or by the aid for 個人事業主: shown first, laid into the grid, saved by a person."""

from pathlib import Path

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bansou.apps.sheets.files import reading_of
from bansou.apps.sheets.models import AccountLayout, FiscalYearAccounts, SheetFile
from bansou.domain.locaben import FIGURE_FIELDS
from bansou.infra.submissions.models import KeptInput
from bansou.infra.tabular import write_xlsx
from tests.web.sheets.conftest import a_year, page_of

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "accounting"
TABLE = "\t2025年3月期\t2026年3月期\n売上高\t300,000\t320,000\n営業利益\t△1,200\t11,016\n会費\t1\t2\n"


def saved(office) -> bool:
    return FiscalYearAccounts.objects.exists()


def test_a_pasted_table_is_shown_as_it_was_read(office, adviser):
    page = page_of(adviser.post(office.url("locaben-paste"), {"pasted": TABLE, "unit": "1000", "read": "1"}))
    assert "300,000,000円" in page
    assert "△1,200,000円" in page
    assert "4行目「会費 1 2」：どの項目にあたるか分かりませんでした。" in page
    assert 'value="2026-03-31"' in page
    assert 'value="2025-03-31"' in page
    assert not saved(office)


def test_what_was_pasted_waits_in_the_grid_until_somebody_saves(office, adviser):
    office.keep(a_year(2024))
    ends = {"end_0": "2025-03-31", "end_1": "2026-03-31"}
    answer = adviser.post(
        office.url("locaben-paste"), {"pasted": TABLE, "unit": "1000", "carry": "1"} | ends, follow=True
    )
    page = page_of(answer)
    assert "まだ保存していません" in page
    assert 'value="△1,200"' in page
    assert 'value="11,016"' in page
    assert 'name="20240331_sales" value="320,000"' in page
    assert FiscalYearAccounts.objects.count() == 1
    adviser.post(office.url("locaben-accounts"), fields_of(answer))
    kept = FiscalYearAccounts.objects.get(fiscal_year_end="2025-03-31")
    assert (kept.sales, kept.operating_profit, kept.cash) == (300_000_000, -1_200_000, None)
    assert FiscalYearAccounts.objects.count() == 3


def test_a_paste_takes_nothing_away_that_was_typed_before(office, adviser):
    office.keep(a_year(2026))
    KeptInput.objects.create(
        account_key=office.adviser.pk,
        path=office.url("locaben-accounts"),
        fields={
            "columns": ["20260331"],
            "unit": ["1"],
            "revision": ["1"],
            "20260331_end": ["2026-03-31"],
            "20260331_cash": ["書きかけ"],
        },
    )
    sent = {"pasted": "売上高\t320", "unit": "1000", "carry": "1", "end_0": "2026-03-31"}
    page = page_of(adviser.post(office.url("locaben-paste"), sent, follow=True))
    assert 'value="書きかけ"' in page
    assert 'name="20260331_sales" value="320,000"' in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"pasted": ""}, "表を貼り付けてください。"),
        ({"pasted": "こんにちは"}, "売上高や現金・預金などの行が見つかりませんでした。"),
        ({"pasted": "売上高\n営業利益"}, "金額の列が見つかりませんでした。"),
        ({"pasted": "売上高\t" + "\t".join("1" * 40)}, "金額の列が12より多くあります。"),
        ({"pasted": "あ" * 100_001}, "10万文字まで"),
        ({"pasted": "売上高\t320", "carry": "1", "end_0": ""}, "どの列がどの期か、決算日を入れてください。"),
        ({"pasted": TABLE, "carry": "1", "end_0": "2026-03-31", "end_1": "2026-03-31"}, "同じ決算日の列"),
        ({"pasted": "売上高\t9" + "9" * 60}, ""),
        ({"pasted": '売上高\t"320'}, ""),
        ({"pasted": TABLE, "unit": "abc"}, ""),
    ],
)
def test_a_paste_that_cannot_be_read_gets_a_sentence(office, adviser, sent, sentence):
    answer = adviser.post(office.url("locaben-paste"), {"unit": "1000"} | sent)
    assert answer.status_code in (200, 422)
    assert sentence in page_of(answer)
    assert not saved(office)
    assert not KeptInput.objects.exists()


def fields_of(answer) -> dict[str, str]:
    """What a browser would post from the grid."""
    tree = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    form = next(one for one in tree.iter("form") if one.get("id") == "accounts-form")
    inputs = [one for one in form.iter("input") if one.get("name")]
    sent = [one for one in inputs if one.get("type") != "checkbox" or one.get("checked") is not None]
    return {
        one.get("name"): one.get("value") or ("on" if one.get("type") == "checkbox" else "") for one in sent
    }


def bring(client, office, name: str, content: bytes):
    file = SimpleUploadedFile(name, content)
    return client.post(office.url("locaben-upload"), {"file": file})


def reading_form(answer) -> dict[str, list[str]]:
    tree = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    form = next(one for one in tree.iter("form") if one.get("id") == "reading-form")
    sent: dict[str, list[str]] = {}
    for one in form.iter("input"):
        ticked = one.get("type") not in ("radio", "checkbox") or one.get("checked") is not None
        if one.get("name") and ticked:
            sent.setdefault(one.get("name"), []).append(one.get("value", "on"))
    for select in form.iter("select"):
        chosen = [o.get("value", "") for o in select.iter("option") if o.get("selected") is not None]
        sent[select.get("name")] = chosen[-1:] or [""]
    return sent


def test_a_trial_balance_is_confirmed_once_and_then_read_by_itself(office, adviser, client_as):
    content = (FIXTURES / "yayoi_minato_seiki_cp932.csv").read_bytes()
    there = bring(adviser, office, "試算表.csv", content).headers["Location"]
    first = adviser.get(there)
    page = page_of(first)
    assert "はじめての書式です" in page
    assert "弥生会計" in page
    assert "科目の対応" in page
    answer = adviser.post(there, reading_form(first) | {"carry": "1"}, follow=True)
    grid = fields_of(answer)
    assert grid["20260331_sales"] == "186,200"
    assert grid["20260331_employees"] == ""
    assert not saved(office)
    assert not SheetFile.objects.exists()
    assert AccountLayout.objects.get().vendor == "弥生会計"
    again = bring(client_as(office.second), office, "別の年.csv", content).headers["Location"]
    assert "この書式の読み方は確かめてあります" in page_of(client_as(office.second).get(again))


def test_a_mapping_can_be_changed_and_is_remembered(office, adviser):
    content = "科目,期末残高\n売上高,320000\n雑費,500\n現金,40\n".encode()
    there = bring(adviser, office, "b.csv", content).headers["Location"]
    sent = reading_form(adviser.get(there))
    place = {"売上高": "account_0", "雑費": "account_1", "現金": "account_2"}
    sent |= {place["雑費"]: ["depreciation:+"], place["現金"]: [""], "unit": ["1000"]}
    looked = page_of(adviser.post(there, sent | {"read": ["1"]}))
    assert "500,000円" in looked
    assert not AccountLayout.objects.exists()
    grid = fields_of(adviser.post(there, sent | {"carry": ["1"]}, follow=True))
    assert [value for name, value in grid.items() if name.endswith("_depreciation") and value] == ["500"]
    assert not any(value for name, value in grid.items() if name.endswith("_cash"))
    kept = AccountLayout.objects.get()
    assert "現金" in kept.mapping["ignored"]
    assert reading_of(office.engagement.organisation, kept.signature) == kept


def test_what_cannot_be_laid_into_the_grid_stays_a_file_nobody_confirmed(office, adviser, monkeypatch):
    there = bring(adviser, office, "b.csv", "科目,期末残高\n売上高,320000\n".encode()).headers["Location"]
    sent = reading_form(adviser.get(there))

    def broken(*_given: object) -> None:
        raise ConnectionError("the grid could not be kept")

    monkeypatch.setattr("bansou.web.sheets.upload.carry_into_grid", broken)
    with pytest.raises(ConnectionError):
        adviser.post(there, sent | {"carry": ["1"]})
    assert SheetFile.objects.exists()
    assert not AccountLayout.objects.exists()


def test_balance_sheet_and_income_statement_come_one_after_the_other(office, adviser):
    for name in ("freee_minato_seiki_balance.csv", "freee_minato_seiki_income.csv"):
        there = bring(adviser, office, name, (FIXTURES / name).read_bytes()).headers["Location"]
        answer = adviser.post(there, reading_form(adviser.get(there)) | {"carry": ["1"]}, follow=True)
    grid = fields_of(answer)
    assert grid["20260331_sales"] == "186,200"
    assert grid["20260331_cash"] == "28,287"


UNDATED = "科目,期末残高\n売上高,320000\n現金,40\n".encode()
GUESSED = "ファイルに決算日がないため、"


def test_a_file_without_a_day_says_that_its_year_end_is_a_guess(office, adviser):
    there = bring(adviser, office, "b.csv", UNDATED).headers["Location"]
    first = adviser.get(there)
    assert GUESSED in page_of(first)
    assert "科目名と金額の列を見つけて読みました" in page_of(first)
    other = reading_form(first) | {"end": ["2023-03-31"], "read": ["1"]}
    assert GUESSED not in page_of(adviser.post(there, other))
    dated = "科目,2025年3月期,2026年3月期\n売上高,5,6\n".encode()
    page = page_of(adviser.get(bring(adviser, office, "c.csv", dated).headers["Location"]))
    assert GUESSED not in page
    assert 'value="2026-03-31"' in page


def test_figures_of_a_standing_year_are_replaced_only_when_they_were_seen(office, adviser):
    office.keep(a_year(2026))
    there = bring(adviser, office, "b.csv", UNDATED).headers["Location"]
    sent = reading_form(adviser.get(there)) | {"carry": ["1"]}
    away = sent | {"end": ["2025-03-31"]}
    assert "置きかわる数字" not in page_of(adviser.post(there, away | {"carry": [], "read": ["1"]}))
    unseen = adviser.post(there, away | {"end": ["2026-03-31"], "seen_replaced": [""]})
    page = page_of(unseen)
    assert unseen.status_code == 422
    assert "もう一度押してください" in page
    assert "320,000,000円" in page
    assert "320,000円" in page
    assert SheetFile.objects.exists()
    assert not KeptInput.objects.exists()
    answer = adviser.post(there, reading_form(unseen) | {"carry": ["1"]}, follow=True)
    assert fields_of(answer)["20260331_sales"] == "320"


def test_what_waits_unsaved_in_the_grid_counts_as_standing(office, adviser):
    sent = {"pasted": "売上高\t320", "unit": "1000", "end_0": "2026-03-31", "carry": "1"}
    adviser.post(office.url("locaben-paste"), sent)
    again = adviser.post(office.url("locaben-paste"), sent | {"pasted": "売上高\t330"})
    assert again.status_code == 422
    cells = again.context["replaced"].cells
    assert [(one.label, one.before, one.after) for one in cells] == [("売上高", "320,000円", "330,000円")]
    seen = {"seen_replaced": again.context["replaced"].seal}
    answer = adviser.post(office.url("locaben-paste"), sent | {"pasted": "売上高\t330"} | seen, follow=True)
    assert fields_of(answer)["20260331_sales"] == "330"
    assert adviser.post(office.url("locaben-paste"), sent | {"pasted": "売上高\t330"}).status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.csv", b"", "ファイルが空です。"),
        ("絵.csv", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "画像のようです。"),
        ("壊.xlsx", b"PK\x03\x04" + b"x" * 200, "Excel"),
        ("壊2.xlsx", b"nonsense", "Excel ファイルが壊れているようです。"),
        ("文.csv", "こんにちは\nさようなら\n".encode(), "勘定科目と金額の行が見つかりませんでした。"),
        ("零.csv", b"\x00" * 500, ""),
        ("長.csv", ("科目,残高\n" + "売上高,1\n" * 5_100).encode(), "5,000行まで"),
        ("式.csv", '=cmd|calc,残高\n"=1+1",x\n'.encode(), "勘定科目と金額の行が見つかりませんでした。"),
    ],
)
def test_a_file_that_is_no_accounts_gets_a_sentence_and_is_not_kept(office, adviser, name, content, sentence):
    answer = bring(adviser, office, name, content)
    assert answer.status_code == 422
    assert sentence in page_of(answer)
    assert not SheetFile.objects.exists()


def test_a_workbook_is_read_like_a_list(office, adviser):
    content = write_xlsx(["科目", "期末残高"], [["売上高", "320000000"], ["現金", "35000000"]])
    there = bring(adviser, office, "b.xlsx", content).headers["Location"]
    assert "320,000,000円" in page_of(adviser.get(there))


def test_names_in_a_file_are_words_and_nothing_else(office, adviser):
    content = "科目,期末残高\n<script>alert(1)</script>,5\n売上高,320000\n".encode()
    there = bring(adviser, office, "<b>x</b>.csv", content).headers["Location"]
    assert b"<script>alert(1)" not in adviser.get(there).content


def test_a_file_can_be_let_go_and_belongs_to_who_brought_it(office, adviser, client_as):
    content = "科目,期末残高\n売上高,320000\n現金,5\n".encode()
    there = bring(adviser, office, "b.csv", content).headers["Location"]
    assert client_as(office.second).get(there).status_code == 404
    adviser.post(there, {"discard": "1"})
    assert not SheetFile.objects.exists()


def test_the_aid_shows_every_term_and_says_that_it_is_unofficial(office, adviser):
    url = office.url("locaben-proprietor")
    entries = {
        "difference": "4,000,000",
        "interest": "100,000",
        "transfers": "1,200,000",
        "sales": "20,000,000",
    }
    page = page_of(adviser.post(url, {"tax_year": "2025", "derive": "1"} | entries))
    assert page.count("非公式（計算補助）") >= 2
    assert "㉝ 差引金額" in page
    assert "2,900,000円" in page
    assert "空欄" in page
    grid = fields_of(adviser.post(url, {"tax_year": "2025", "carry": "1"} | entries, follow=True))
    assert (grid["20251231_sales"], grid["20251231_operating_profit"]) == ("20,000", "2,900")
    assert grid["20251231_net_assets"] == ""
    assert not saved(office)


def test_an_amount_that_may_fall_below_zero_gets_keys_with_a_minus(office, adviser):
    page = html5lib.parse(adviser.get(office.url("locaben-proprietor")).content, namespaceHTMLElements=False)
    keypads = {cell.get("name"): cell.get("inputmode") for cell in page.iter("input")}
    assert {name: keypads[name] for name in ("capital", "difference", "borrowings")} == {
        "capital": None, "difference": None, "borrowings": "decimal",
    }  # fmt: skip


def test_figures_from_the_aid_say_so_wherever_they_are_shown(office, adviser):
    office.settle()
    entries = {"tax_year": "2025", "difference": "4,000,000", "interest": "0", "transfers": "1,200,000"}
    answer = adviser.post(office.url("locaben-proprietor"), entries | {"carry": "1"}, follow=True)
    adviser.post(office.url("locaben-accounts"), fields_of(answer))
    year = FiscalYearAccounts.objects.get()
    assert (year.unofficial_aid, year.operating_profit) == (True, 2_800_000)
    said = "個人事業主の計算補助（非公式）"
    assert said in page_of(adviser.get(office.url("locaben")))


@pytest.mark.parametrize(
    "sent",
    [
        {"tax_year": "1999"},
        {"tax_year": "abc"},
        {"tax_year": "2025", "sales": "たくさん"},
        {"tax_year": "2025", "sales": "9" * 60},
        {"tax_year": "2025", "carry": "1"},
    ],
)
def test_the_aid_refuses_with_a_sentence(office, adviser, sent):
    answer = adviser.post(office.url("locaben-proprietor"), sent)
    assert answer.status_code == 422
    assert "見直していただきたいところ" in page_of(answer)
    assert not KeptInput.objects.exists()


def test_every_figure_has_a_row_in_the_grid(office, adviser):
    keys = {name.partition("_")[2] for name in fields_of(adviser.get(office.url("locaben-accounts")))}
    assert {field.key for field in FIGURE_FIELDS} <= keys
