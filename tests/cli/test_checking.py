"""`verify-audit` and `doctor` say what is wrong in words, and by their status."""

import json

import pytest

from bansou.apps.organisations.models import SupportOrganisation
from bansou.cli.checking import examine
from bansou.cli.main import main
from bansou.cli.working import keep_alive
from bansou.infra.worker import last_sign_of_life
from tests.support.factories import an_account, an_organisation

pytestmark = pytest.mark.django_db


def mends() -> set[str]:
    return {symptom.subject for symptom in examine() if symptom.level == "mend"}


def test_a_sound_trail(capsys):
    an_organisation()
    assert main(["verify-audit"]) == 0
    assert "監査記録 1件" in capsys.readouterr().out
    assert main(["verify-audit", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["sound"] is True


def test_a_row_changed_behind_the_programs_back(capsys):
    an_organisation()
    SupportOrganisation.objects.update(name="だれかが書き換えた名前")
    assert main(["verify-audit", "--format", "json"]) == 1
    assert [finding["kind"] for finding in json.loads(capsys.readouterr().out)["findings"]] == ["changed"]
    assert main(["verify-audit"]) == 1
    assert "プログラムを通さずに書き換えられています" in capsys.readouterr().out


def test_a_sound_installation(capsys):
    assert mends() == set()
    assert main(["doctor"]) == 0
    assert "直すところはありません" in capsys.readouterr().out


def test_what_must_be_mended_is_said_with_its_cure(settings, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    settings.DATA_DIR = tmp_path / "file"
    settings.SECRET_KEY = "short"
    settings.BASE_URL = "http://bansou.example.jp"
    assert {"秘密の鍵", "データの置き場", "住所"} <= mends()
    assert main(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "SECRET_KEY" in told
    assert "https://bansou.example.jp" in told


def test_demo_accounts_on_a_public_host(settings):
    account = an_account()
    account.email = "shien@demo.example"
    account.save()
    assert "デモデータ" not in mends()
    settings.BASE_URL, settings.HTTPS = "https://bansou.example.jp", True
    assert "デモデータ" in mends()


class _OnceOnly:
    """A stop signal that is there after the first round."""

    def wait(self, seconds: float) -> bool:
        return True


@pytest.mark.django_db(transaction=True)
def test_the_worker_says_that_it_lives():
    keep_alive(_OnceOnly())
    assert last_sign_of_life() is not None
