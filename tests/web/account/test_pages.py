"""Every page of the account: which are open, what they change, what they refuse."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import NoReverseMatch, reverse

from bansou.apps.audit.verification import verify
from bansou.domain.access import Role
from bansou.infra.submissions.keeping import ONCE
from bansou.infra.submissions.models import KeptInput
from tests.support.factories import PASSWORD, a_business, a_leader, an_account, an_organisation
from tests.support.queries import at_most

pytestmark = pytest.mark.django_db

NEW = "kouhai-to-aruku"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def adviser():
    return an_account(organisation=an_organisation())


@pytest.fixture
def client(client_as, adviser):
    return client_as(adviser)


def words(response):
    return response.content.decode()


def code_of_now(secret=SECRET):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def confirmed(client, path, password=PASSWORD):
    """Follow a page that asks for the password first, and return the page itself."""
    asked = client.get(path)
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert "ご本人の確認" in words(client.get(asked.headers["Location"]))
    answer = client.post(asked.headers["Location"], {"password": password})
    assert answer.headers["Location"] == path
    return client.get(path)


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ],
)
def test_open_to_a_visitor(client_as, name):
    assert client_as(None).get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "account",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_closed_to_a_visitor(client_as, name, method):
    answer = getattr(client_as(None), method)(reverse(name))
    assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["account_email", "account_email_verification_sent", "mfa_signup_webauthn"])
def test_what_is_not_offered_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_overview_says_who_one_is_and_what_one_may(client_as):
    chamber = an_organisation("港商工会議所")
    person = an_account(organisation=chamber, roles=(Role.ADVISER, Role.ADMINISTRATOR))
    client = client_as(person)
    with at_most(20):
        page = words(client.get("/account/"))
    assert "港商工会議所" in page
    assert "支援者・管理者" in page
    assert "10時間" in page
    assert "パスキーを追加する" in page


def test_a_leader_sees_the_own_firm(client_as):
    leader = a_leader(a_business(an_organisation(), "株式会社みなと精機"))
    page = words(client_as(leader).get("/account/"))
    assert "株式会社みなと精機" in page
    assert "代表取締役" in page


def test_a_name_is_changed_on_the_record_and_never_emptied(client, adviser):
    assert "「氏名」を入力してください。" in words(client.post("/account/", {"name": " ", "kana": ""}))
    client.post("/account/", {"name": "佐野 めぐみ", "kana": "さの めぐみ"})
    adviser.refresh_from_db()
    assert (adviser.name, adviser.kana) == ("佐野 めぐみ", "さの めぐみ")
    assert verify().is_sound


def test_a_password_is_changed_and_told_by_mail(client, adviser, mailoutbox):
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    path = reverse("account_change_password")
    assert "10文字以上" in words(client.get(path))
    assert "いまのパスワードが違います" in words(client.post(path, {**typed, "oldpassword": "x"}))
    assert "二つのパスワードが違います" in words(client.post(path, {**typed, "password2": "other"}))
    assert client.post(path, typed).headers["Location"] == "/account/"
    adviser.refresh_from_db()
    assert adviser.check_password(NEW)
    assert mailoutbox[0].subject == "[Bansō] パスワードが変わりました"
    assert "心当たりがないときは" in mailoutbox[0].body
    assert verify().is_sound


@pytest.mark.parametrize("weak", ["mijikai", "password123", "1234567890"])
def test_a_weak_password_is_refused_in_japanese(client, weak):
    typed = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    page = words(client.post(reverse("account_change_password"), typed))
    assert re.search(r"このパスワードは(短すぎ|一般的すぎ)ます", page)


def test_a_forgotten_password_is_set_anew_through_a_link_that_works_once(client_as, adviser, mailoutbox):
    client = client_as(None)
    sent = client.post(reverse("account_reset_password"), {"email": adviser.email})
    assert "メールを送りました" in words(client.get(sent.headers["Location"]))
    assert mailoutbox[0].subject == "[Bansō] パスワードの再設定"
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1]
    form = client.get(link).headers["Location"]
    assert "新しいパスワードを決めてください" in words(client.get(form))
    assert "二つのパスワードが違います" in words(client.post(form, {"password1": NEW, "password2": "x"}))
    done = client.post(form, {"password1": NEW, "password2": NEW})
    assert "パスワードを変えました" in words(client.get(done.headers["Location"]))
    adviser.refresh_from_db()
    assert adviser.check_password(NEW)
    assert "このリンクは使えません" in words(client.get(link))


def test_an_unknown_address_is_answered_alike(client_as, mailoutbox):
    client = client_as(None)
    sent = client.post(reverse("account_reset_password"), {"email": "nobody@example.jp"})
    assert sent.headers["Location"] == reverse("account_reset_password_done")
    assert mailoutbox[0].subject == "[Bansō] このアドレスのアカウントはありません"


def test_an_account_without_a_password_chooses_one(client, adviser):
    adviser.set_unusable_password()
    adviser.save()
    client.force_login(adviser)
    assert "パスワードを決める" in words(client.get("/account/"))
    path = reverse("account_set_password")
    assert "パスワードを決めてください" in words(client.get(path))
    client.post(path, {"password1": NEW, "password2": NEW})
    adviser.refresh_from_db()
    assert adviser.check_password(NEW)


def test_wrong_passwords_are_counted_even_when_the_form_claims_to_be_guarded(client):
    path = reverse("account_reauthenticate")
    for number in range(5):
        page = client.post(path, {"password": "wrong", ONCE: str(number)})
        assert "パスワードが違います" in words(page)
    assert "いったん止めています" in words(client.post(path, {"password": PASSWORD, ONCE: "6"}))


def test_forms_with_secrets_carry_no_guard_and_nothing_of_them_is_kept(client, client_as):
    page = words(client.get(reverse("account_change_password")))
    assert f'name="{ONCE}"' not in page
    assert f'name="{ONCE}"' in words(client.get("/account/"))
    who = re.search(r'name="_who" value="([^"]+)"', words(client.get("/account/")))[1]
    typed = {"_who": who, "oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client_as(None).post(reverse("account_change_password"), typed)
    assert not KeptInput.objects.exists()


def test_an_app_is_set_up_used_at_sign_in_and_taken_away(client, client_as, adviser, mailoutbox):
    page = words(confirmed(client, reverse("mfa_activate_totp")))
    assert "data:image/svg+xml" in page
    secret = client.session["mfa.totp.secret"]
    assert "コードが違います" in words(client.post(reverse("mfa_activate_totp"), {"code": "12"}))
    typed = code_of_now(secret).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    done = client.post(reverse("mfa_activate_totp"), {"code": f"{typed[:3]} {typed[3:]}"})
    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert "残りは <b>10</b> 個" in words(client.get(done.headers["Location"]))
    assert "認証アプリを外す" in words(client.get("/account/"))

    visitor = client_as(None)
    half = visitor.post(reverse("account_login"), {"login": adviser.email, "password": PASSWORD})
    assert half.headers["Location"] == reverse("mfa_authenticate")
    assert "もう一つ、確認させてください" in words(visitor.get(half.headers["Location"]))
    assert visitor.get("/account/").status_code == 302
    assert "コードが違います" in words(visitor.post(half.headers["Location"], {"code": "000000"}))

    assert "外しますか" in words(client.get(reverse("mfa_deactivate_totp")))
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert [mail.subject for mail in mailoutbox] == ["[Bansō] 認証アプリを外しました"]


def test_a_code_of_the_app_or_a_recovery_code_completes_the_sign_in(client_as, adviser):
    TOTP.activate(adviser, SECRET)
    unused = RecoveryCodes.activate(adviser).get_unused_codes()
    for code in (code_of_now(), unused[0]):
        visitor = client_as(None)
        visitor.post(reverse("account_login"), {"login": adviser.email, "password": PASSWORD})
        assert visitor.post(reverse("mfa_authenticate"), {"code": code}).headers["Location"] == "/"
        assert visitor.get("/account/").status_code == 200


def test_wrong_codes_are_stopped(client_as, adviser):
    TOTP.activate(adviser, SECRET)
    visitor = client_as(None)
    visitor.post(reverse("account_login"), {"login": adviser.email, "password": PASSWORD})
    for _ in range(5):
        visitor.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "いったん止めています" in words(visitor.post(reverse("mfa_authenticate"), {"code": code_of_now()}))


def test_recovery_codes_are_shown_saved_and_made_anew(client, adviser):
    TOTP.activate(adviser, SECRET)
    first = RecoveryCodes.activate(adviser).get_unused_codes()
    assert first[0] in words(confirmed(client, reverse("mfa_view_recovery_codes")))
    saved = client.get(reverse("mfa_download_recovery_codes"))
    assert "attachment" in saved.headers["Content-Disposition"]
    assert first[9] in words(saved)
    assert "10 個は使えなくなります" in words(client.get(reverse("mfa_generate_recovery_codes")))
    client.post(reverse("mfa_generate_recovery_codes"))
    assert first[0] not in words(client.get(reverse("mfa_view_recovery_codes")))


def test_a_proof_by_code_is_offered_beside_the_password(client, adviser):
    TOTP.activate(adviser, SECRET)
    page = words(client.get(reverse("account_reauthenticate")))
    assert "認証アプリか回復コードで確かめる" in page
    path = reverse("mfa_reauthenticate")
    assert "コードが違います" in words(client.post(path, {"code": "1"}))
    assert client.post(path, {"code": code_of_now()}).status_code == 302


def test_passkeys_are_listed_and_named_and_only_ones_own(client, client_as, adviser):
    assert "まだパスキーはありません" in words(client.get(reverse("mfa_list_webauthn")))
    key = Authenticator.objects.create(
        user=adviser, type="webauthn", data={"name": "窓口のパソコン", "credential": {}}
    )
    assert "窓口のパソコン" in words(client.get(reverse("mfa_list_webauthn")))
    edit, remove = (reverse(name, args=[key.pk]) for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"))
    assert "「名前」を入力してください" in words(confirmed(client, edit) and client.post(edit, {"name": ""}))
    client.post(edit, {"name": "自分の電話"})
    assert "自分の電話" in words(client.get(remove))

    stranger = client_as(an_account("別の人"))
    stranger.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert [stranger.get(path).status_code for path in (edit, remove)] == [404, 404]
    client.post(remove)
    assert not Authenticator.objects.exists()


def test_a_passkey_cannot_be_made_up(client, client_as):
    page = confirmed(client, reverse("mfa_add_webauthn"))
    assert "パスキー1" in words(page)
    for made_up in ("", "{}", '{"id": "x"}'):
        assert "error-summary" in words(
            client.post(reverse("mfa_add_webauthn"), {"name": "鍵", "credential": made_up})
        )
    visitor = client_as(None)
    for made_up in ("", "{}", '{"response": {"userHandle": "MQ"}}'):
        answer = visitor.post(reverse("mfa_login_webauthn"), {"credential": made_up})
        assert answer.headers["Location"] == reverse("account_login")
    assert "notice" in words(visitor.get(reverse("account_login")))
    assert visitor.get("/account/").status_code == 302


def test_passkeys_are_offered_under_a_name_and_not_under_an_address_of_digits(client_as):
    page = reverse("account_login")
    assert "パスキーでサインイン" in words(client_as(None).get(page, HTTP_HOST="localhost"))
    assert "パスキーでサインイン" not in words(client_as(None).get(page, HTTP_HOST="127.0.0.1:8000"))


def test_ones_own_machine_is_told_the_name_where_passkeys_work(client):
    by_digits = words(client.get("/account/", HTTP_HOST="127.0.0.1:8000"))
    assert 'href="http://localhost:8000/account/"' in by_digits
    assert "パスキーを追加する" not in by_digits
    assert "数字のアドレス" not in words(client.get("/account/", HTTP_HOST="localhost:8000"))
