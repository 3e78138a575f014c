"""Signing in with a real browser: a passkey under the strict policy, and how the pages look."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.urls import reverse

from bansou.apps.accounts.operations import open_account
from bansou.domain.access import Role
from tests.support.browser import DESK, PHONE, axe_findings, overflow, picture
from tests.support.factories import PASSWORD, PROGRAM, an_account, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _attempts_are_forgotten(transactional_db):
    yield
    cache.clear()


@pytest.fixture
def adviser():
    return an_account(organisation=an_organisation("港商工会議所"), roles=(Role.ADVISER, Role.ADMINISTRATOR))


def with_device(page):
    """Plug a device into the browser that knows its person, and can be told not to."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device = session.send("WebAuthn.addVirtualAuthenticator", {"options": kind})["authenticatorId"]
    return lambda known: session.send(
        "WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": known}
    )


def judged(page, name):
    picture(page, f"account-{name}")
    return axe_findings(page) + overflow(page)


def test_a_passkey_is_added_and_signs_in_without_a_password(visit, adviser):
    page = visit("/account/", account=adviser)
    set_known = with_device(page)
    page.get_by_role("link", name="パスキーを追加する").click()
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="確かめる").click()
    page.get_by_label("名前").fill("窓口のパソコン")
    page.get_by_role("button", name="追加する").click()
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")

    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="サインアウト").click()
    page.goto("/account/login/?next=/account/2fa/webauthn/")
    set_known(False)
    page.get_by_role("button", name="パスキーでサインイン").click()
    page.get_by_text("パスキーを使えませんでした").wait_for()
    assert judged(page, "passkey-refused") == []

    set_known(True)
    page.get_by_role("button", name="パスキーでサインイン").click()
    page.get_by_text("窓口のパソコン").first.wait_for()
    assert "最後に使ったのは" in page.inner_text("main")

    # After a password it serves as the second proof.
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="サインアウト").click()
    page.get_by_label("メールアドレス").fill(adviser.email)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインイン", exact=True).click()
    assert judged(page, "second-proof-passkey") == []
    page.get_by_role("button", name="パスキーで確かめる").click()
    page.wait_for_url("**/today/")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_pages_of_a_visitor(visit, adviser, width):
    open_account(actor=PROGRAM, email="shien@demo.example", name="試す人", password=PASSWORD)
    page = visit(width=width)
    for name in ("login", "signup", "reset_password", "reset_password_done"):
        page.goto(reverse(f"account_{name}"))
        assert judged(page, name) == []
    page.goto("/account/login/?next=/today/&kept=1")
    page.get_by_label("メールアドレス").fill(adviser.email)
    page.get_by_label("パスワード").fill("wrong")
    page.get_by_role("button", name="サインイン", exact=True).click()
    assert judged(page, "login-refused") == []


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_pages_of_ones_own(visit, adviser, width):
    page = visit("/account/", account=adviser, width=width)
    assert judged(page, "overview-bare") == []
    page.goto(reverse("mfa_activate_totp"))
    assert judged(page, "reauthenticate") == []
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="確かめる").click()
    assert judged(page, "totp") == []
    TOTP.activate(adviser, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(adviser)
    for name in (
        "account",
        "account_change_password",
        "account_logout",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
    ):
        page.goto(reverse(name))
        assert judged(page, name) == []
