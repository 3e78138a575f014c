"""An office's own list on its way in: received, mapped once, taken once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bansou.apps.audit.models import AuditEntry
from bansou.apps.businesses.list_columns import Columns, ListColumn
from bansou.apps.businesses.models import Business, BusinessImport
from bansou.apps.businesses.operations import (
    LISTS_KEPT_FOR,
    confirm_columns,
    discard_list,
    forget_old_lists,
    plan_of,
    read_list,
    receive_list,
    take_list,
)
from bansou.apps.engagements.policies import actor_for
from bansou.domain.shared import Refusal
from tests.support.factories import a_business, an_account, an_organisation

pytestmark = pytest.mark.django_db

LIST = "会社名,代表者,TEL\n株式会社青葉食品,青葉 花,0463-22-0000\n㈱みなと精機,,\n,,12\n"


@pytest.fixture
def organisation():
    return an_organisation()


@pytest.fixture
def actor(organisation):
    return actor_for(an_account(organisation=organisation))


def received(actor, organisation, text=LIST, encoding="cp932"):
    return receive_list(
        actor=actor, organisation=organisation, filename="会員.csv", content=text.encode(encoding)
    )


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_good_rows_go_in_with_their_leader_and_one_line_of_audit_each(actor, organisation, encoding):
    a_business(organisation, "みなと精機 株式会社")
    arriving = received(actor, organisation, encoding=encoding)
    taken = take_list(actor=actor, arriving=arriving, without_bad=True)
    assert taken.taken_rows == 1
    business = Business.objects.get(name="株式会社青葉食品")
    assert business.people.get().name == "青葉 花"
    assert AuditEntry.objects.filter(verb="business_imported", subject_id=business.public_id).count() == 1


def test_taking_twice_does_nothing_twice(actor, organisation):
    arriving = received(actor, organisation)
    take_list(actor=actor, arriving=arriving, without_bad=True)
    again = take_list(actor=actor, arriving=arriving, without_bad=True)
    assert (again.taken_rows, Business.objects.count()) == (2, 2)


def test_bringing_the_same_file_again_finds_every_row_known(actor, organisation):
    take_list(actor=actor, arriving=received(actor, organisation), without_bad=True)
    plan = plan_of(received(actor, organisation))
    assert (len(plan.new), len(plan.duplicates), len(plan.bad)) == (0, 2, 1)


def test_bad_rows_stop_the_list_unless_they_are_left_out(actor, organisation):
    arriving = received(actor, organisation)
    with pytest.raises(Refusal, match="1行"):
        take_list(actor=actor, arriving=arriving, without_bad=False)
    assert Business.objects.count() == 0


def test_after_taking_only_the_rows_left_out_are_kept(actor, organisation):
    a_business(organisation, "みなと精機")
    taken = take_list(actor=actor, arriving=received(actor, organisation), without_bad=True)
    kept = bytes(taken.content).decode("utf-8-sig")
    assert "青葉" not in kept
    assert "みなと精機" in kept
    assert "4" in kept.splitlines()[-1]


def test_a_chosen_duplicate_goes_in(actor, organisation):
    a_business(organisation, "みなと精機")
    arriving = received(actor, organisation)
    assert take_list(actor=actor, arriving=arriving, without_bad=True, also=[3]).taken_rows == 2


def test_columns_are_remembered_for_the_layout_and_the_organisation(actor, organisation):
    text = "甲,乙\n青葉食品,花\n"
    first = received(actor, organisation, text)
    assert not first.columns_are_confirmed
    with pytest.raises(Refusal):
        plan_of(first)
    told = Columns((ListColumn.NAME, ListColumn.LEADER))
    confirm_columns(actor=actor, arriving=first, columns=told)
    assert received(actor, organisation, text).columns_are_confirmed
    assert len(plan_of(received(actor, organisation, text)).new) == 1
    elsewhere = an_organisation()
    assert not received(actor, elsewhere, text).columns_are_confirmed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "空"),
        ("会社名,TEL\n", "見出しだけ"),
        ("株式会社みなと,0463-21-0000\n株式会社青葉,0463-22-0000\n", "見出し"),
        ('会社名\n"みなと', "引用符"),
        (",".join(f"列{n}" for n in range(201)) + "\nあ\n", "列が多すぎ"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(actor, organisation, text, words):
    with pytest.raises(Refusal, match=words) as refused:
        received(actor, organisation, text)
    assert refused.value.field == "file"


def test_a_list_thrown_away_is_gone_but_a_taken_one_stays(actor, organisation):
    discard_list(actor=actor, arriving=received(actor, organisation))
    taken = take_list(actor=actor, arriving=received(actor, organisation), without_bad=True)
    discard_list(actor=actor, arriving=taken)
    taken.refresh_from_db()
    assert taken.taken_rows == 2


@pytest.mark.parametrize(
    "words",
    [
        "ミナト",
        "ﾐﾅﾄ精機",
        "㈱みなと精機",
        "みなと精機 株式会社",
        "平塚 みなと",
        "0463-21-0000",
        "７０００012050002",
    ],
)
def test_searching_forgives_width_kana_legal_forms_and_hyphens(organisation, words):
    a_business(
        organisation,
        "株式会社みなと精機",
        address="神奈川県平塚市",
        phone="0463-21-0000",
        corporate_number="7000012050002",
    )
    a_business(organisation, "青葉食品")
    assert [found.name for found in Business.objects.matching(words)] == ["株式会社みなと精機"]


@pytest.mark.parametrize("written", ["ﾐﾅﾄｾｲｷ", "ミナトセイキ", "みなとせいき"])
def test_a_reading_is_kept_in_hiragana_however_it_was_written(actor, organisation, written):
    assert a_business(organisation, kana=written).kana == "みなとせいき"
    arriving = received(actor, organisation, f"会社名,フリガナ\n青葉,{written}ア\n")
    take_list(actor=actor, arriving=arriving, without_bad=False)
    assert Business.objects.get(name="青葉").kana == "みなとせいきあ"


def test_a_list_nobody_came_back_for_is_thrown_away(actor, organisation):
    received(actor, organisation)
    assert forget_old_lists() == 0
    BusinessImport.objects.update(uploaded_at=timezone.now() - LISTS_KEPT_FOR - timedelta(hours=1))
    assert forget_old_lists() == 1
    assert not BusinessImport.objects.exists()


def test_headings_below_a_title_are_found_and_lines_stay_those_of_the_file(actor, organisation):
    text = "令和8年度 会員台帳\n作成：総務課\n\n会員名（屋号）,〒,TEL\n青葉,254-0001,0463-22-0000\n,,12\n"
    arriving = received(actor, organisation, text)
    assert read_list(filename="会員.csv", content=text.encode())[1] == 4
    plan = plan_of(arriving)
    assert ([row.line for row in plan.new], [row.line for row in plan.bad]) == ([5], [6])
    assert plan.new[0].reading.facts["phone"] == "0463-22-0000"
    assert read_list(filename="会員.csv", content=LIST.encode())[1] is None


def test_the_title_of_the_leader_comes_along(actor, organisation):
    arriving = received(
        actor, organisation, "会員名（屋号）,代表者役職,代表者\n青葉食品,取締役社長,青葉 花\n"
    )
    take_list(actor=actor, arriving=arriving, without_bad=False)
    leader = Business.objects.get().people.get()
    assert (leader.name, leader.title) == ("青葉 花", "取締役社長")
