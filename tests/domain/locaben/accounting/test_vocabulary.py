import pytest

from bansou.domain.locaben.accounting.vocabulary import (
    Role,
    Sign,
    is_total,
    label_key,
    place_of,
    reason_left_out,
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ⅰ 売上高", "sales"), ("【売上高】", "sales"), ("純売上高", "sales"), ("EC売上高", "sales"),
        ("Σ 営業損益金額", "operating_profit"), ("営業利益又は営業損失（△）", "operating_profit"),
        ("減価償却費", "depreciation"), ("現金・預金", "cash"), ("現金及び預金合計", "cash"),
        ("みなと信用金庫普通預金", "cash"), ("受取手形", "notes_receivable"),
        ("売 掛 金", "accounts_receivable"),
        ("完成工事未収入金", "accounts_receivable"), ("電子記録債権", "electronic_receivables"),
        ("たな卸資産", "inventory"), ("仕掛品", "inventory"), ("未成工事支出金", "inventory"),
        ("材料貯蔵品", "inventory"), ("原材料及び貯蔵品", "inventory"), ("材料・貯蔵品", "inventory"),
        ("仕掛品及び半製品", "inventory"), ("在庫", "inventory"),
        ("1年以内返済予定の長期借入金", "borrowings"), ("証書借入金", "borrowings"),
        ("当座借越", "borrowings"),
        ("役員長期借入金", "officer_loans"), ("株主、役員又は従業員からの借入金", "officer_loans"),
        ("支払手形", "notes_payable"), ("工事未払金", "accounts_payable"),
        ("電子記録債務", "electronic_payables"),
        ("純資産の部合計", "net_assets"), ("資本の部合計", "net_assets"), ("資産の部 合計", "total_assets"),
        ("負債及び純資産の部合計", "total_assets"), ("負債合計", "total_liabilities"),
        ("従業員数（正社員）", "employees"), ("従業員数（人）", "employees"),
        ("前期売上高", "previous_sales"),
    ],
)  # fmt: skip
def test_where_an_account_belongs(name, key):
    place = place_of(name)
    assert place is not None
    assert place.key == key


@pytest.mark.parametrize(
    "name",
    [
        "未払金", "未払費用", "未払法人税等", "経常利益", "税引前当期純損益金額", "売上総利益", "当期純利益",
        "貸倒引当金", "減価償却累計額", "割引手形", "受取手形（割引）", "裏書手形", "設備支払手形",
        "期末商品棚卸高",
        "うち1年内返済予定長期借入金", "うち減価償却累計額", "売上原価",
    ],
)  # fmt: skip
def test_what_never_enters_a_figure_has_a_reason(name):
    assert place_of(name) is None
    assert reason_left_out(name)


@pytest.mark.parametrize("name", ["預り金", "資本金", "流動資産", "雑収入", "支払利息", "資産の部", ""])
def test_other_accounts_belong_to_none(name):
    assert place_of(name) is None
    assert reason_left_out(name) is None


def test_a_loss_is_taken_off_and_a_line_of_either_is_not():
    assert [place_of(name).sign for name in ("営業損失", "営業損失（△）", "営業利益又は営業損失（△）")] == [
        Sign.LESS,
        Sign.LESS,
        Sign.PLUS,
    ]
    assert place_of("売上値引・戻り高").sign is Sign.LESS


def test_lines_for_two_figures_are_known_as_such():
    assert place_of("受取手形及び売掛金").role is Role.MERGED
    assert place_of("支払手形及び買掛金").role is Role.MERGED


def test_totals():
    assert all(is_total(name) for name in ("流動資産合計", "販売管理費計", "小計", "株主資本 合計"))
    assert not any(is_total(name) for name in ("会計", "現金", "減価償却累計", "設計"))


def test_the_key_of_a_key_is_the_same_key():
    for name in ("【現金及び預金】", "(1) 売掛金", "1年以内返済予定の長期借入金", "負債・純資産の部合計"):
        assert label_key(label_key(name)) == label_key(name)


@pytest.mark.parametrize(
    "name", ["（うち減価償却費）", "うち、減価償却費", "（うち）減価償却費", "内減価償却"]
)
def test_depreciation_within_another_line_is_known_as_such(name):
    place = place_of(name)
    assert (place.key, place.role) == ("depreciation", Role.OF_WHICH)
    assert reason_left_out(name) is None
