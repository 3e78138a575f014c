import pytest

from bansou.domain.method import Step


def test_the_seven_steps_stand_in_official_order_with_official_headings():
    assert [(step.mark, step.label, step.subtitle) for step in Step] == [
        ("①", "事業者と接する前", "支援対象について"),
        ("②", "事業者・支援者双方の理解", "伴走支援に入る前に"),
        ("③", "伴走支援の開始", "信頼関係の構築"),
        ("④", "気づき・腹落ちの促進", "本質的な課題へのアプローチ"),
        ("⑤", "内発的動機づけ", "オーナーシップの発揮"),
        ("⑥", "課題解決", "行動変容・成功体験の蓄積"),
        ("⑦", "フォローアップ", "自走化、自己変革の実現"),
    ]


def test_a_step_is_found_by_its_number_and_by_its_code():
    assert [Step.from_number(step.number) for step in Step] == list(Step)
    assert Step("trust_building") is Step.TRUST_BUILDING


@pytest.mark.parametrize("number", [0, 8, -1])
def test_there_is_no_step_outside_one_to_seven(number):
    with pytest.raises(ValueError, match="no step"):
        Step.from_number(number)
