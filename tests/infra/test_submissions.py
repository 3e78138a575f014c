"""Nothing typed is lost, nothing sent is done twice."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from bansou.apps.audit.models import AccessLogEntry, AuditEntry
from bansou.domain.access import Role
from bansou.infra.submissions.keeping import (
    ONCE,
    WHO,
    as_form_input,
    fingerprint,
    forget_old,
    guard_fields,
    keep,
)
from bansou.infra.submissions.models import KeptInput
from tests.support.factories import an_account, an_organisation

pytestmark = pytest.mark.django_db

KEEP = "/typing/keep"


@pytest.fixture
def adviser():
    return an_account(organisation=an_organisation())


def _guard(html: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', html)[1]


def test_typed_text_is_kept_for_its_author_and_thrown_away_when_asked(client_as, adviser):
    client = client_as(adviser)
    answer = client.post(KEEP, {"_path": "/dialogues/new/x/", "note": "段取りの話"})
    assert answer.json()["kept"] is True
    assert KeptInput.objects.get().account_key == adviser.pk
    client.post(KEEP, {"_path": "/dialogues/new/x/", "note": "段取りの話、続き"})
    assert as_form_input(KeptInput.objects.get().fields)["note"] == "段取りの話、続き"
    client.post(reverse("forget-input"), {"_path": "/dialogues/new/x/"})
    assert not KeptInput.objects.exists()


@pytest.mark.parametrize("where", ["", "https://elsewhere.example/", "//elsewhere.example/x", "x"])
def test_only_addresses_of_this_house_are_kept(client_as, adviser, where):
    assert client_as(adviser).post(KEEP, {"_path": where, "note": "言葉"}).status_code == 400
    assert not KeptInput.objects.exists()


def test_passwords_and_tokens_are_never_kept(client_as, adviser):
    client_as(adviser).post(KEEP, {"_path": "/x/", "note": "言葉", "password": "secret", "_who": "x"})
    assert set(KeptInput.objects.get().fields) == {"note"}


def test_text_sent_after_the_session_ended_waits_for_its_author(rf, client, adviser):
    form = rf.get("/dialogues/new/x/")
    form.user = adviser
    who = _guard(guard_fields(form), WHO)
    answer = client.post("/dialogues/new/x/", {WHO: who, "note": "書きかけの言葉"})
    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]
    assert KeptInput.objects.get(account_key=adviser.pk, path="/dialogues/new/x/").fields["note"] == [
        "書きかけの言葉"
    ]


def test_nobody_keeps_text_in_another_persons_name(client, adviser):
    client.post("/dialogues/new/x/", {WHO: str(adviser.pk), "note": "なりすまし"})
    assert not KeptInput.objects.exists()


def test_what_nobody_came_back_for_is_forgotten(client_as, adviser, settings):
    client_as(adviser).post(KEEP, {"_path": "/x/", "note": "言葉"})
    assert forget_old() == 0
    KeptInput.objects.update(kept_at="2020-01-01T00:00:00+09:00")
    assert forget_old() == 1


def test_taking_the_trail_out_as_a_file_leaves_its_mark_although_no_page_follows(client_as):
    administrator = an_account(organisation=an_organisation(), roles=(Role.ADMINISTRATOR,))
    before = AccessLogEntry.objects.count() + AuditEntry.objects.count()
    answer = client_as(administrator).post(reverse("staff-audit-export"), {ONCE: "once"})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert AccessLogEntry.objects.count() + AuditEntry.objects.count() == before + 1


def test_what_a_page_sends_while_typing_is_kept_although_it_carries_the_key_of_the_form(client_as, adviser):
    """The fields as a rendered form has them, sent as autosave sends them."""
    fields = {"_path": "/dialogues/new/x/", "note": "段取りの話", ONCE: "once", WHO: "signed"}
    assert client_as(adviser).post(KEEP, fields).json()["kept"] is True
    assert KeptInput.objects.get().fields == {"note": ["段取りの話"]}


def test_an_autosave_after_the_session_ended_waits_at_the_page_it_speaks_for(rf, client, adviser):
    form = rf.get("/dialogues/new/x/")
    form.user = adviser
    client.post(KEEP, {WHO: _guard(guard_fields(form), WHO), "_path": "/dialogues/new/x/", "note": "言葉"})
    assert KeptInput.objects.get().path == "/dialogues/new/x/"


def test_a_file_of_the_same_name_and_size_is_another_sending_and_stays_readable(rf):
    def sent(content: bytes) -> HttpRequest:
        return rf.post("/x/", {ONCE: "once", "file": SimpleUploadedFile("list.csv", content)})

    first = sent(b"abc")
    assert fingerprint(first) == fingerprint(sent(b"abc"))
    assert fingerprint(first) != fingerprint(sent(b"abd"))
    assert first.FILES["file"].read() == b"abc"


def test_the_latest_fifty_forms_of_a_person_are_kept(adviser):
    post = QueryDict("note=x")
    keep(account_key=adviser.pk + 1, path="/0/", post=post)
    for number in range(52):
        keep(account_key=adviser.pk, path=f"/{number}/", post=post)
    own = KeptInput.objects.filter(account_key=adviser.pk)
    assert own.count() == 50
    assert not own.filter(path__in=["/0/", "/1/"]).exists()
    assert KeptInput.objects.filter(account_key=adviser.pk + 1).exists()
