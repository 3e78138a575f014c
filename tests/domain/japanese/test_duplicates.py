import pytest

from bansou.domain.japanese import DuplicateKeys, DuplicateReason, match_reason

KNOWN = DuplicateKeys.of(
    name="株式会社みなと精機", kana="ミナトセイキ", phone="027-000-1234", corporate_number="8700110005901"
)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (
            DuplicateKeys.of(name="別の名前", corporate_number="8700110005901"),
            DuplicateReason.CORPORATE_NUMBER,
        ),
        (DuplicateKeys.of(name="ﾐﾅﾄ精機㈱", phone="0270001234"), DuplicateReason.NAME),
        (DuplicateKeys.of(name="港精機", kana="みなとせいき", phone="0270001234"), DuplicateReason.KANA),
        (DuplicateKeys.of(name="別の名前", phone="０２７−０００−１２３４"), DuplicateReason.PHONE),
        (DuplicateKeys.of(name="別の名前", kana="ベツ", phone="027-000-9999"), None),
        (DuplicateKeys.of(name="みなと精機", phone="027-000-1234", corporate_number="7000012050002"), None),
        (DuplicateKeys.of(name="", kana="", phone=""), None),
    ],
)
def test_the_strongest_reason_is_named(typed, reason):
    assert match_reason(typed, KNOWN) is reason
    assert match_reason(KNOWN, typed) is reason


def test_what_nobody_knows_never_matches():
    assert match_reason(DuplicateKeys(), DuplicateKeys()) is None


def test_a_stub_of_a_telephone_number_never_matches():
    assert match_reason(DuplicateKeys(phone_key="0"), DuplicateKeys(phone_key="0")) is None


def test_reasons_speak_japanese():
    assert [reason.label for reason in DuplicateReason] == [
        "法人番号が同じです",
        "名称が同じです",
        "名称の読みが同じです",
        "電話番号が同じです",
    ]
