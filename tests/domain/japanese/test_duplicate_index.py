from bansou.domain.japanese import DuplicateKeys, DuplicateReason
from bansou.domain.japanese.duplicate_index import DuplicateIndex


def index(**known: DuplicateKeys) -> DuplicateIndex[str]:
    found: DuplicateIndex[str] = DuplicateIndex()
    for name, keys in known.items():
        found.add(keys, name)
    return found


def test_the_strongest_reason_is_found_first():
    known = index(
        by_phone=DuplicateKeys(name_key="アオバ", phone_key="0463210000"),
        by_name=DuplicateKeys(name_key="ミナト"),
    )
    keys = DuplicateKeys(name_key="ミナト", phone_key="0463210000")
    assert known.find(keys) == (DuplicateReason.NAME, "by_name")


def test_two_legal_persons_stay_two_whatever_else_they_share():
    known = index(other=DuplicateKeys(corporate_number="1", name_key="ミナト"))
    assert known.find(DuplicateKeys(corporate_number="2", name_key="ミナト")) is None
    assert known.find(DuplicateKeys(name_key="ミナト")) is not None


def test_what_is_unknown_never_matches():
    assert index(blank=DuplicateKeys()).find(DuplicateKeys()) is None
