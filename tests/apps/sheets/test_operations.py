"""ローカルベンチマーク as it is kept: versions, two people at once, evidence, the 経営者, norms."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from bansou.apps.audit.models import AuditEntry
from bansou.apps.audit.verification import verify
from bansou.apps.dialogues.models import Excerpt
from bansou.apps.dialogues.operations import DialogueEntry, revise_dialogue
from bansou.apps.dialogues.words import let_go_of_words, share_with_leader
from bansou.apps.engagements.operations import change_status
from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.files import KEPT_FOR, keep_file
from bansou.apps.sheets.models import ChangeDecision, SheetFile, Side
from bansou.apps.sheets.operations import (
    Settings,
    decide_on_change,
    open_to_leader,
    point_to,
    save_settings,
    save_years,
    take_in,
    write_boxes,
)
from bansou.apps.sheets.reading import (
    assessments_of,
    boxes_of,
    evidence_of,
    open_changes,
    sheet_of,
    version_of,
    years_of,
)
from bansou.cli.working import tidy
from bansou.domain.locaben import Figures
from bansou.domain.locaben.record import SheetRecord
from bansou.domain.method import BusinessSize, EngagementStatus
from bansou.domain.shared import Refusal
from bansou.infra.db import EditedMeanwhile
from tests.support.factories import (
    a_business,
    a_dialogue,
    a_leader,
    an_account,
    an_engagement,
    an_organisation,
)

pytestmark = pytest.mark.django_db

YEARS = [date(2024, 3, 31), date(2025, 3, 31), date(2026, 3, 31)]
METAL = Settings("0304", BusinessSize.SMALL, "従業員18人", "2022")


def figures(end: date, **changes) -> Figures:
    amounts = {
        "sales": 250_000_000, "operating_profit": 5_000_000, "depreciation": 8_000_000, "employees": 18,
        "cash": 30_000_000, "notes_receivable": 0, "accounts_receivable": 40_000_000,
        "inventory": 12_000_000, "borrowings": 120_000_000, "notes_payable": 0,
        "accounts_payable": 15_000_000, "net_assets": 60_000_000, "total_assets": 230_000_000,
    }  # fmt: skip
    return Figures(fiscal_year_end=end, **(amounts | changes))


@pytest.fixture
def lead():
    return an_account(organisation=an_organisation())


@pytest.fixture
def engagement(lead):
    return an_engagement(a_business(lead.memberships.get().organisation), lead)


@pytest.fixture
def actor(engagement, lead):
    return actor_for(lead)


@pytest.fixture
def filled(actor, engagement):
    save_settings(actor=actor, engagement=engagement, settings=METAL, seen=0)
    years = [figures(end, sales=250_000_000 + 1_000_000 * at) for at, end in enumerate(YEARS)]
    return save_years(actor=actor, engagement=engagement, years=years, seen=1)


def write(actor, engagement, seen, side=Side.SUPPORTER, **texts):
    keys = {key.replace("__", "."): text for key, text in texts.items()}
    return write_boxes(actor=actor, engagement=engagement, texts=keys, side=side, seen=seen)


def test_every_save_is_a_version_with_the_scores_and_their_edition(actor, engagement, filled):
    assert filled.revision == 2
    record = SheetRecord.from_json(version_of(filled, 2).content)
    assert [result.edition.code for result in record.results] == ["2022"] * 3
    assert record.results[-1].total == assessments_of(filled, years_of(filled))[-1].total
    assert SheetRecord.from_json(version_of(filled, 1).content).years == ()


def test_a_year_takes_its_previous_sales_from_the_year_before(filled):
    years = years_of(filled)
    assert [year.previous_sales for year in years] == [None, 250_000_000, 251_000_000]


def test_a_cell_that_only_a_colleague_changed_stays_and_the_same_cell_is_a_conflict(
    actor, engagement, filled
):
    save_years(actor=actor, engagement=engagement, years=[figures(YEARS[0], cash=1)], seen=filled.revision)
    mine = figures(YEARS[0], inventory=7)
    sheet = save_years(actor=actor, engagement=engagement, years=[mine], seen=filled.revision)
    assert (years_of(sheet)[0].cash, years_of(sheet)[0].inventory) == (1, 7)
    with pytest.raises(EditedMeanwhile):
        save_years(
            actor=actor, engagement=engagement, years=[figures(YEARS[0], cash=2)], seen=filled.revision
        )


def test_years_that_cannot_be_are_refused_and_a_removed_one_stays_in_the_versions(actor, engagement, filled):
    for end in (date(1900, 3, 31), date(2090, 3, 31)):
        with pytest.raises(Refusal, match="決算日"):
            save_years(actor=actor, engagement=engagement, years=[figures(end)], seen=2)
    with pytest.raises(Refusal, match="二つ"):
        save_years(actor=actor, engagement=engagement, years=[figures(YEARS[0]), figures(YEARS[0])], seen=2)
    sheet = save_years(actor=actor, engagement=engagement, years=[], removed=[YEARS[0]], seen=2)
    assert [year.fiscal_year_end for year in years_of(sheet)] == YEARS[1:]
    assert len(SheetRecord.from_json(version_of(sheet, 2).content).years) == 3


def test_a_box_names_its_writer_and_two_pens_in_one_box_meet(actor, engagement, lead):
    leader = actor_for(a_leader(engagement.business))
    write(actor, engagement, 0, views__philosophy="人を育てる", views__motivation="伸ばしたい")
    open_to_leader(actor=actor, engagement=engagement, opened=True)
    sheet = write(leader, engagement, 1, Side.FIRM, views__philosophy="人を育てて残る")
    texts = boxes_of(sheet)
    assert (texts["views.philosophy"].side, texts["views.motivation"].side) == ("firm", "supporter")
    with pytest.raises(EditedMeanwhile):
        write(actor, engagement, 1, views__philosophy="ものづくり")
    # Left as it was when the page opened: the leader's words stay.
    sheet = write(actor, engagement, 1, views__philosophy="人を育てる", views__motivation="守りたい")
    assert boxes_of(sheet)["views.philosophy"].text == "人を育てて残る"
    assert boxes_of(sheet)["views.motivation"].text == "守りたい"


@pytest.mark.parametrize(
    ("opened", "box", "code"),
    [(False, "views__philosophy", "sheet_closed"), (True, "views__banks", "box_not_for_owner")],
)
def test_the_leader_writes_only_in_an_open_sheet_and_in_the_boxes_offered(
    actor, engagement, opened, box, code
):
    leader = actor_for(a_leader(engagement.business))
    write(actor, engagement, 0, views__motivation="伸ばしたい")
    open_to_leader(actor=actor, engagement=engagement, opened=opened)
    with pytest.raises(Refusal) as refused:
        write(leader, engagement, 1, Side.FIRM, **{box: "メインは信用金庫"})
    assert refused.value.code == code
    assert sheet_of(engagement).revision == 1


def test_an_emptied_box_goes_and_saving_nothing_new_makes_no_version(actor, engagement):
    sheet = write(actor, engagement, 0, views__philosophy="人を育てる")
    assert write(actor, engagement, 1, views__philosophy="人を育てる").revision == 1
    sheet = write(actor, engagement, sheet.revision, views__philosophy="  ")
    assert boxes_of(sheet) == {}
    with pytest.raises(Refusal):
        write(actor, engagement, 2, views__secret="x")


def test_a_box_rests_on_words_and_words_in_use_are_not_let_go(actor, engagement, lead):
    dialogue = a_dialogue(engagement, lead)
    excerpt = Excerpt.objects.get()
    sheet = point_to(actor=actor, engagement=engagement, key="views.strengths", add=[excerpt])
    assert [words.words for words in evidence_of(sheet, actor)["views.strengths"]] == [
        "それを誰にも渡してなかった。"
    ]
    with pytest.raises(Refusal, match="よりどころ"):
        let_go_of_words(actor=actor, statement=excerpt.statement)
    without = DialogueEntry(held_on=dialogue.held_on, method=dialogue.method, note="段取り")
    with pytest.raises(Refusal, match="よりどころ"):
        revise_dialogue(actor=actor, dialogue=dialogue, revision=1, meeting=without)
    with pytest.raises(ProtectedError):
        excerpt.delete()
    point_to(actor=actor, engagement=engagement, key="views.strengths", remove=[excerpt])
    let_go_of_words(actor=actor, statement=excerpt.statement)


def test_words_of_another_engagement_are_refused(actor, engagement, lead):
    other = an_engagement(a_business(engagement.organisation, "別の会社"), lead)
    a_dialogue(other, lead)
    with pytest.raises(Refusal, match="この支援の対話"):
        point_to(actor=actor, engagement=engagement, key="views.strengths", add=[Excerpt.objects.get()])


def test_the_leader_reads_only_own_words_that_were_shared(actor, engagement, lead):
    leader = a_leader(engagement.business)
    dialogue = a_dialogue(engagement, lead)
    sheet = point_to(actor=actor, engagement=engagement, key="views.strengths", add=[Excerpt.objects.get()])
    open_to_leader(actor=actor, engagement=engagement, opened=True)
    assert evidence_of(sheet, actor_for(leader)) == {}
    statement = dialogue.statements.get()
    person = engagement.business.people.get()
    statement.person = person
    statement.save()
    share_with_leader(actor=actor, statement=statement, shared=True)
    assert list(evidence_of(sheet, actor_for(leader))) == ["views.strengths"]


def test_a_marked_change_is_decided_once(actor, engagement, filled):
    save_years(actor=actor, engagement=engagement, years=[figures(YEARS[2], sales=400_000_000)], seen=2)
    change = next(each for each in open_changes(filled, years_of(filled)) if each.key == "sales")
    facts = {"key": "sales", "from_end": change.from_end, "to_end": change.to_end}
    decided = decide_on_change(
        actor=actor, engagement=engagement, **facts, decision=ChangeDecision.RECORDED, words="新しい得意先"
    )
    assert (decided.before, decided.after) == (251_000_000, 400_000_000)
    assert "sales" not in {each.key for each in open_changes(filled, years_of(filled))}
    with pytest.raises(Refusal, match="すでに"):
        decide_on_change(
            actor=actor, engagement=engagement, **facts, decision=ChangeDecision.DISMISSED, words=""
        )


def test_an_unknown_edition_or_industry_is_refused(actor, engagement):
    for settings in (
        Settings("9999", BusinessSize.SMALL, "", "2022"),
        Settings("0304", BusinessSize.SMALL, "", "1999"),
    ):
        with pytest.raises(Refusal):
            save_settings(actor=actor, engagement=engagement, settings=settings, seen=0)


def test_a_workbook_is_taken_in_as_one_version(actor, engagement, filled):
    sheet = take_in(
        actor=actor,
        engagement=engagement,
        settings=None,
        years=[figures(date(2023, 3, 31), cash=5)],
        texts={"views.philosophy": "人を育てる"},
        written_from=0,
        seen=filled.revision,
    )
    assert sheet.revision == filled.revision + 1
    assert len(years_of(sheet)) == 4


def test_a_closed_engagement_is_read_only_and_the_trail_holds(actor, engagement, filled):
    change_status(actor=actor, engagement=engagement, target=EngagementStatus.CLOSED, reason="自走")
    with pytest.raises(Refusal, match="終了"):
        write(actor, engagement, 2, views__philosophy="x")
    assert AuditEntry.objects.filter(verb="benchmark_years_saved").exists()
    assert verify().is_sound
    filled.years.filter(fiscal_year_end=YEARS[0]).update(sales=Decimal(1))
    assert not verify().is_sound


def test_a_sheet_nobody_saved_is_no_row(engagement):
    assert sheet_of(engagement).pk is None
    assert years_of(sheet_of(engagement)) == []


def test_a_year_taken_away_meanwhile_stays_away_unless_it_was_changed(actor, engagement, filled):
    save_years(actor=actor, engagement=engagement, years=[], removed=[YEARS[0]], seen=filled.revision)
    as_opened = figures(YEARS[0], sales=250_000_000)
    sheet = save_years(actor=actor, engagement=engagement, years=[as_opened], seen=filled.revision)
    assert [year.fiscal_year_end for year in years_of(sheet)] == YEARS[1:]
    with pytest.raises(EditedMeanwhile):
        save_years(
            actor=actor, engagement=engagement, years=[replace(as_opened, cash=9)], seen=filled.revision
        )


def test_a_year_somebody_changed_meanwhile_is_not_removed_unseen(actor, engagement, filled):
    changed = figures(YEARS[0], sales=250_000_000, cash=9)
    save_years(actor=actor, engagement=engagement, years=[changed], seen=filled.revision)
    with pytest.raises(EditedMeanwhile):
        save_years(actor=actor, engagement=engagement, years=[], removed=[YEARS[0]], seen=filled.revision)


def test_an_untouched_workbook_brings_no_old_words_back(actor, engagement):
    before = write(actor, engagement, 0, views__philosophy="支援者の言葉", views__motivation="伸ばす")
    leader = actor_for(a_leader(engagement.business))
    open_to_leader(actor=actor, engagement=engagement, opened=True)
    now = write(leader, engagement, before.revision, Side.FIRM, views__philosophy="経営者の言葉")
    file = {"views.philosophy": "支援者の言葉", "views.motivation": "守る"}
    kept = {"settings": None, "years": [], "texts": file, "written_from": before.revision}
    with pytest.raises(EditedMeanwhile):
        take_in(actor=actor, engagement=engagement, **kept, seen=before.revision)
    sheet = take_in(actor=actor, engagement=engagement, **kept, seen=now.revision)
    texts = {key: (box.text, box.side) for key, box in boxes_of(sheet).items()}
    assert texts == {
        "views.philosophy": ("経営者の言葉", "firm"),
        "views.motivation": ("守る", "supporter"),
    }


def test_two_who_choose_words_lose_none(actor, engagement, lead):
    a_dialogue(engagement, lead, leader_words=["ひとつ目の言葉。", "ふたつ目の言葉。"])
    first, second = Excerpt.objects.order_by("pk")
    point_to(actor=actor, engagement=engagement, key="views.strengths", add=[first])
    sheet = point_to(actor=actor, engagement=engagement, key="views.strengths", add=[second])
    assert len(evidence_of(sheet, actor)["views.strengths"]) == 2


def test_the_sheet_is_taken_back_also_after_the_end(actor, engagement, filled):
    open_to_leader(actor=actor, engagement=engagement, opened=True)
    change_status(actor=actor, engagement=engagement, target=EngagementStatus.CLOSED, reason="自走")
    assert not open_to_leader(actor=actor, engagement=engagement, opened=False).is_open_to_leader
    with pytest.raises(Refusal, match="終了"):
        open_to_leader(actor=actor, engagement=engagement, opened=True)


def test_a_corrected_year_asks_again(actor, engagement, filled):
    save_years(actor=actor, engagement=engagement, years=[figures(YEARS[2], sales=400_000_000)], seen=2)
    facts = {"key": "sales", "from_end": YEARS[1], "to_end": YEARS[2]}
    decide_on_change(actor=actor, engagement=engagement, **facts, decision=ChangeDecision.DISMISSED, words="")
    save_years(actor=actor, engagement=engagement, years=[figures(YEARS[2], sales=500_000_000)], seen=3)
    assert "sales" in {each.key for each in open_changes(filled, years_of(filled))}


def test_what_cannot_be_is_refused(actor, engagement, filled):
    with pytest.raises(Refusal, match="読めない文字"):
        write(actor, engagement, 2, views__philosophy="a\0b")
    with pytest.raises(Refusal, match="同じ月"):
        save_years(actor=actor, engagement=engagement, years=[figures(date(2026, 3, 30))], seen=2)
    with pytest.raises(EditedMeanwhile):
        write(actor, engagement, 99, views__philosophy="見たことのない版")


def test_at_most_five_files_wait_and_the_worker_forgets_old_ones(actor, engagement):
    for number in range(7):
        keep_file(actor=actor, engagement=engagement, filename=f"{number}.csv", content=b"x")
    assert set(SheetFile.objects.values_list("filename", flat=True)) == {f"{n}.csv" for n in range(2, 7)}
    SheetFile.objects.update(uploaded_at=timezone.now() - KEPT_FOR - timedelta(hours=1))
    tidy()
    assert not SheetFile.objects.exists()
