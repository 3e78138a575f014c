"""`bansou import businesses FILE`."""

import argparse

import pytest

from bansou.apps.businesses.models import Business
from bansou.cli.business_lists import run
from bansou.cli.imports import add_commands
from tests.support.factories import an_organisation

pytestmark = pytest.mark.django_db

LIST = "会社名,TEL,担当\n株式会社青葉食品,0463-22-0000,青葉\n,12,\n"


@pytest.fixture
def chamber():
    return an_organisation("湊商工会議所")


@pytest.fixture
def bring(chamber, tmp_path):
    file = tmp_path / "会員.csv"
    file.write_bytes(LIST.encode("cp932"))

    def bring(*options, organisation="湊商工会議所"):
        parser = argparse.ArgumentParser()
        add_commands(parser.add_subparsers())
        words = ["import", "businesses", str(file), "--organisation", organisation, *options]
        return run(parser.parse_args(words))

    bring.left_out = tmp_path / "会員.errors.csv"
    return bring


def test_bad_rows_stop_the_list_and_are_written_beside_it(bring, capsys):
    assert bring() == 1
    assert not Business.objects.exists()
    assert "空欄です" in bring.left_out.read_text(encoding="utf-8-sig")
    assert "読み取れない行 1件" in capsys.readouterr().out


def test_good_rows_go_in_without_the_bad_ones_and_only_once(bring, chamber):
    assert bring("--skip-bad") == 0
    assert bring("--skip-bad") == 0
    assert Business.objects.get().organisation == chamber


def test_a_dry_run_changes_nothing(bring):
    bring("--dry-run", "--skip-bad")
    assert not Business.objects.exists()


def test_columns_are_mapped_by_hand_and_by_the_organisations_id(bring, chamber):
    bring("--skip-bad", "--map", "担当=leader", "--map", "TEL=", organisation=chamber.public_id)
    business = Business.objects.get()
    assert business.people.get().name == "青葉"
    assert business.phone == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--map", "なし=name"), "見出しはありません"),
        (("--map", "担当=boss"), "項目はありません"),
        (("--map", "会社名="), "「事業者名」がどの列か"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_in_words(bring, capsys, options, words):
    assert bring("--skip-bad", *options) == 1
    assert words in capsys.readouterr().err


def test_an_organisation_nobody_knows_is_refused_with_those_that_are(bring, capsys):
    assert bring(organisation="どこか商工会") == 1
    assert "湊商工会議所" in capsys.readouterr().err


def test_a_cell_nobody_can_read_is_no_error(bring, tmp_path, capsys):
    (tmp_path / "会員.csv").write_text("会社名,TEL\n青葉食品,でんわなし\n", encoding="utf-8")
    assert bring() == 0
    assert Business.objects.get().phone == ""
    assert "2行目 青葉食品 TEL「でんわなし」" in capsys.readouterr().out
    assert not bring.left_out.exists()
