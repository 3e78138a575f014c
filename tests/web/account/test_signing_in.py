"""Who comes in, who is stopped, and how calmly."""

import re
from datetime import timedelta
from http.cookies import Morsel

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from bansou.apps.accounts.operations import open_account
from bansou.infra.submissions.keeping import WHO, guard_fields
from tests.support.client import StrictClient
from tests.support.factories import PASSWORD, PROGRAM, an_account, an_organisation

pytestmark = pytest.mark.django_db

LOGIN = "/account/login/"


@pytest.fixture
def adviser():
    return an_account(organisation=an_organisation())


def sign_in(client, account, password=PASSWORD, query="", **extra):
    return client.post(f"{LOGIN}{query}", {"login": account.email, "password": password}, **extra)


def words(response):
    return response.content.decode()


def test_the_right_password_leads_to_the_first_page_and_a_wrong_one_says_so(client, adviser):
    refused = sign_in(client, adviser, "not-this-one")
    assert "メールアドレスかパスワードが違います" in words(refused)
    assert adviser.email in words(refused)
    assert "not-this-one" not in words(refused)
    assert sign_in(client, adviser).headers["Location"] == reverse("home")


def test_an_empty_form_names_both_fields(client):
    answer = words(client.post(LOGIN, {}))
    assert "「メールアドレス」を入力してください。" in answer
    assert "「パスワード」を入力してください。" in answer


def test_an_account_that_was_stopped_stays_outside(client, adviser):
    adviser.is_active = False
    adviser.save()
    answer = sign_in(client, adviser)
    assert answer.headers["Location"] == reverse("account_inactive")
    assert "いま使えません" in words(client.get(answer.headers["Location"]))


def test_the_sixth_wrong_password_is_stopped_for_this_account_and_not_for_others(client, adviser):
    for _ in range(5):
        assert sign_in(client, adviser, "wrong").status_code == 200
    stopped = sign_in(client, adviser, "wrong")
    assert stopped.status_code == 429
    assert "少し待ってからお試しください" in words(stopped)
    assert sign_in(client, adviser).status_code == 429
    assert sign_in(StrictClient(), an_account("別の人")).status_code == 302


def test_the_limit_of_an_account_holds_from_another_place_too(client, adviser):
    for number in range(5):
        sign_in(client, adviser, "wrong", REMOTE_ADDR=f"192.0.2.{number}")
    assert sign_in(client, adviser, "wrong", REMOTE_ADDR="192.0.2.77").status_code == 429


def test_one_place_cannot_try_many_accounts(client):
    tried = [
        client.post(LOGIN, {"login": f"somebody{number}@example.jp", "password": "wrong"}).status_code
        for number in range(11)
    ]
    assert tried == [200] * 10 + [429]


def test_a_session_that_ended_leads_to_sign_in_and_back(client, adviser):
    sign_in(client, adviser)
    assert client.get("/account/").status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    led = client.get("/account/?from=here")
    assert led.headers["Location"] == f"{LOGIN}?next=/account/%3Ffrom%3Dhere"
    page = client.get(led.headers["Location"])
    assert "続けるにはサインインしてください" in words(page)
    back = client.post(led.headers["Location"], {"login": adviser.email, "password": PASSWORD})
    assert back.headers["Location"] == "/account/?from=here"


def test_text_typed_after_the_session_ended_is_announced_at_sign_in(rf, client, adviser):
    request = rf.get("/account/")
    request.user = adviser
    who = re.search(rf'name="{WHO}" value="([^"]+)"', guard_fields(request))[1]
    led = client.post("/account/", {WHO: who, "name": "佐野 めぐみ"})
    assert "入力した内容は保管しています" in words(client.get(led.headers["Location"]))
    back = sign_in(client, adviser, query="?next=/account/&kept=1")
    assert 'value="佐野 めぐみ"' in words(client.get(back.headers["Location"]))


def test_sign_in_never_leads_to_another_house(client, adviser):
    assert sign_in(client, adviser, query="?next=https://elsewhere.example/").headers["Location"] == "/"


def test_nobody_signs_up_alone(client):
    assert "アカウントは招待で作られます" in words(client.get("/account/signup/"))
    client.post("/account/signup/", {"email": "new@example.jp", "password1": PASSWORD, "password2": PASSWORD})
    assert sign_in(client, an_account()).status_code == 302
    assert "new@example.jp" not in words(client.get("/account/"))


def test_signing_out_ends_the_session(client_as, adviser):
    client = client_as(adviser)
    assert "サインアウトしますか" in words(client.get("/account/logout/"))
    assert client.post("/account/logout/").status_code == 302
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("is_https", [True, False])
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, adviser, settings, is_https):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = is_https
    client.get(LOGIN)
    sign_in(client, adviser)
    cookies: list[Morsel] = [client.cookies["sessionid"], client.cookies["csrftoken"]]
    assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in cookies)
    assert [bool(cookie["secure"]) for cookie in cookies] == [is_https] * 2
    assert client.cookies["sessionid"]["max-age"] == ""


@pytest.fixture
def demo(db):
    return open_account(actor=PROGRAM, email="shien@demo.example", name="試す人", password=PASSWORD)


def test_the_demo_introduces_its_accounts_on_ones_own_machine_only(client, demo, settings):
    settings.ALLOWED_HOSTS = ["localhost", "bansou.example"]
    own = {"HTTP_HOST": "localhost:8000"}
    page = words(client.get(LOGIN, **own))
    assert "shien@demo.example" in page
    assert "kanri@demo.example" not in page
    assert 'value="shien@demo.example"' in words(client.get(f"{LOGIN}?as=shien@demo.example", **own))
    assert "demo.example" not in words(client.get(LOGIN, HTTP_HOST="bansou.example"))
    settings.DEMO = False
    assert "demo.example" not in words(client.get(LOGIN, **own))


def test_an_empty_installation_introduces_nobody(client):
    assert "demo.example" not in words(client.get(LOGIN, HTTP_HOST="localhost"))
