"""A copy comes back as it was kept, and nothing is overwritten by accident."""

import json
import shutil

import pytest
from django.db import connection

from bansou.apps.accounts.models import Account
from bansou.apps.organisations.models import SupportOrganisation
from bansou.cli.main import main
from bansou.cli.safekeeping import CannotKeep, backup, restore
from tests.support.factories import an_account, an_organisation


@pytest.fixture
def kept(transactional_db, tmp_path, settings):
    """A database with one organisation, and its copy."""
    if connection.vendor == "postgresql" and not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not here")
    settings.DATA_DIR = tmp_path
    an_organisation("川辺商工会議所")
    return backup(tmp_path / "copies")


def test_a_copy_comes_back_with_its_audit_trail(kept, tmp_path, capsys):
    an_account()
    assert main(["restore", str(kept), "--replace"]) == 0
    assert SupportOrganisation.objects.get().name == "川辺商工会議所"
    assert not Account.objects.exists()
    assert "すべてつながっています" in capsys.readouterr().out
    assert len(list((tmp_path / "before-restore").glob("*.json"))) == 1


def test_the_manifest_says_what_was_kept(kept):
    manifest = json.loads(kept.with_name(f"{kept.name}.json").read_text())
    organisation = SupportOrganisation.objects.get()
    assert manifest["engine"] == connection.vendor
    assert manifest["bytes"] == kept.stat().st_size
    assert manifest["audit_heads"][organisation.public_id][0] == 1


def test_records_are_not_overwritten_unasked(kept, capsys):
    assert main(["restore", str(kept)]) == 1
    assert "--replace" in capsys.readouterr().err


def test_a_damaged_copy_is_refused(kept):
    with kept.open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(CannotKeep, match="変わっています"):
        restore(kept, replace=True)


def test_a_copy_without_its_manifest_is_refused(kept):
    kept.with_name(f"{kept.name}.json").unlink()
    with pytest.raises(CannotKeep, match="説明書き"):
        restore(kept, replace=True)
