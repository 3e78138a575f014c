"""業種基準値の版: an office's own norms beside the shipped ones, never in their name."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bansou.apps.engagements.policies import actor_for
from bansou.apps.sheets.models import NormEdition
from bansou.apps.sheets.norm_editions import norms_named
from bansou.apps.sheets.operations import Settings, save_settings
from bansou.apps.sheets.reading import assessments_of, years_of
from bansou.domain.access import Role
from bansou.domain.locaben import shipped_norms
from bansou.domain.method import BusinessSize
from bansou.web.norms import views
from tests.support.factories import a_benchmark, a_business, an_account, an_engagement, an_organisation

pytestmark = pytest.mark.django_db
URL = reverse("norm-edition-load")


def a_table(**changes: str) -> bytes:
    """The shipped table under another name, with `changes` in its first row."""
    rows = [row | {"edition": "own-2026"} for row in shipped_norms().as_rows()]
    rows[0] |= changes
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode("cp932")


def typed(audience: str, **changes: object) -> dict[str, object]:
    facts = {"label": "県の独自基準 2026", "source": "県の中小企業実態調査", "dated": "2026年度"}
    return {"code": "own-2026", **facts, "provenance": "", "audience": audience} | changes


def file(content: bytes, name: str = "基準.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def office():
    return an_organisation()


@pytest.fixture
def administrator(office):
    return an_account("管野 学", organisation=office, roles=(Role.ADMINISTRATOR,))


def load(client, audience, content, **changes):
    shown = client.post(URL, typed(audience, file=file(content), **changes))
    table = shown.context.get("table")
    return shown, (client.post(URL, typed(audience, table=table, keep="1", **changes)) if table else None)


def test_an_office_loads_its_own_norms_after_a_preview(client_as, administrator, office):
    client = client_as(administrator)
    shown, kept = load(client, office.public_id, a_table())
    assert "324行" in shown.content.decode()
    assert kept.status_code == 302
    edition = NormEdition.objects.get()
    assert (edition.organisation, edition.official) == (office, False)
    assert "ロカベンの公式の基準ではありません" in client.get(reverse("norm-editions")).content.decode()


def test_a_score_by_own_norms_says_so_and_other_offices_do_not_have_them(client_as, administrator, office):
    load(client_as(administrator), office.public_id, a_table())
    assert norms_named("own-2026", office.pk).edition.official is False
    assert norms_named("own-2026", an_organisation().pk) is None
    lead = an_account(organisation=office)
    engagement = an_engagement(a_business(office), lead)
    sheet = a_benchmark(engagement, lead)
    settings = Settings("0304", BusinessSize.SMALL, "", "own-2026")
    sheet = save_settings(
        actor=actor_for(lead), engagement=engagement, settings=settings, seen=sheet.revision
    )
    assert not assessments_of(sheet, years_of(sheet))[-1].is_official


def test_only_the_secretariat_loads_for_all_and_calls_an_edition_official(client_as, administrator):
    body = an_organisation("推進室")
    client = client_as(an_account("事務 局子", organisation=body, roles=(Role.SECRETARIAT,)))
    content = a_table().replace(b"own-2026", b"2026")
    load(client, "all", content, official="on", code="2026")
    edition = NormEdition.objects.get()
    assert (edition.organisation, edition.official) == (None, True)
    assert norms_named("2026", an_organisation().pk).edition.official
    answer = client_as(administrator).post(URL, typed("all", file=file(a_table()), official="on"))
    assert "選択" in answer.content.decode() or "選んで" in answer.content.decode()
    assert NormEdition.objects.count() == 1


def test_an_edition_is_never_overwritten_and_stands_in_for_no_other(client_as, administrator, office):
    client = client_as(administrator)
    load(client, office.public_id, a_table())
    _shown, kept = load(client, office.public_id, a_table())
    assert "上書きできません" in kept.content.decode()
    assert NormEdition.objects.count() == 1
    load(client, office.public_id, a_table().replace(b"own-2026", b"2022"), code="2022")
    assert norms_named("2022", office.pk).edition.official
    assert not norms_named("own-2022", office.pk).edition.official


@pytest.mark.parametrize(
    ("code", "said"), [("2022", "上書きできません"), ("own-2026", "独自の基準に使います")]
)
def test_the_house_takes_no_code_of_others(client_as, code, said):
    body = an_organisation("推進室")
    client = client_as(an_account("事務 局子", organisation=body, roles=(Role.SECRETARIAT,)))
    _shown, kept = load(client, "all", a_table().replace(b"own-2026", code.encode()), code=code)
    assert said in kept.content.decode()
    assert not NormEdition.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (a_table(cut_iv="0.9"), "2行目"),
        (a_table(median="9"), "2行目"),
        (b"", "空です"),
        (b"a,b\n1,2\n", "読めませんでした"),
        (b"PK\x03\x04broken", "壊れている"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused_by_line(client_as, administrator, office, content, said):
    answer, kept = load(client_as(administrator), office.public_id, content)
    assert said in answer.content.decode()
    assert kept is None
    assert not NormEdition.objects.exists()


def test_a_file_that_is_too_large_is_not_even_read(client_as, administrator, office, monkeypatch):
    monkeypatch.setattr(views, "_MOST_BYTES", len(a_table()) - 1)
    monkeypatch.setattr(views, "read_cells", None)
    answer, kept = load(client_as(administrator), office.public_id, a_table())
    assert "MBまでです" in answer.content.decode()
    assert kept is None


def test_an_adviser_reads_the_editions_and_loads_none(client_as, office):
    client = client_as(an_account(organisation=office))
    assert "2022年度版" in client.get(reverse("norm-editions")).content.decode()
    assert client.get(URL).status_code == 403
