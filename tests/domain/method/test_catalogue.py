import json

import pytest

from bansou.domain.method import (
    Audience,
    ConsultationMode,
    Element,
    ProblemKind,
    Step,
    StepText,
    Wall,
    as_text,
    checklist_catalogue,
    load_guidance,
    steps_catalogue,
    walls_catalogue,
)


@pytest.mark.parametrize(
    ("catalogue", "size"), [(steps_catalogue, 7), (checklist_catalogue, 5), (walls_catalogue, 5)]
)
def test_catalogues_survive_json_and_read_as_text(catalogue, size):
    entries = catalogue()
    assert len(entries) == size
    assert json.loads(json.dumps(entries, ensure_ascii=False)) == entries
    text = as_text(entries)
    assert text.endswith("\n")
    assert all(str(entry["label"]) in text for entry in entries)


def test_the_steps_as_text_show_every_audience_with_its_lists():
    text = as_text(steps_catalogue())
    assert text.startswith("① 事業者と接する前 ～支援対象について～\n  【共通】\n  目的：")
    assert text.count("【事業承継】") == 7
    assert text.count("  避けるべき\n") == 7 * len(Audience)


def test_the_steps_can_be_listed_from_an_edited_guidance():
    edited = load_guidance().with_edits({(Step.INSIGHT, Audience.ALL): StepText(purpose="新しい目的")})
    assert "新しい目的" in as_text(steps_catalogue(edited))
    assert "新しい目的" not in as_text(steps_catalogue())


def test_walls_name_their_steps():
    assert [wall.label for wall in Wall] == [
        "見えない",
        "向き合わない",
        "実行できない",
        "付いてこない",
        "足りない",
    ]
    assert "・⑤内発的動機づけ" in as_text(walls_catalogue())
    assert all(wall.sign and wall.task and wall.means and wall.question and wall.steps for wall in Wall)


def test_the_three_elements_carry_official_labels_and_our_meaning():
    assert [(element.heading, element.label) for element in Element] == [
        ("要素１", "対話と傾聴による信頼関係の構築"),
        ("要素２", "気づきを促す課題設定型コンサルテーション"),
        ("要素３", "経営者の「自走化」のための「内発的動機づけ」と「潜在力」の引き出し"),
    ]
    assert all(element.meaning and element.practice for element in Element)


def test_theory_enums_keep_official_labels():
    assert [kind.label for kind in ProblemKind] == ["技術的問題", "適応課題"]
    assert [mode.label for mode in ConsultationMode] == [
        "専門家型（情報－購入型）",
        "医師－患者型",
        "プロセス・コンサルテーション型",
    ]
