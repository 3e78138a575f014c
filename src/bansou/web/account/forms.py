"""The forms of signing in, with labels one can see and words one can follow; the checks are allauth's."""

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as accounts
from allauth.mfa.base import forms as second
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.forms.fields import Field

from bansou.ui.forms import BaseForm

_HINT = "10文字以上。よく使われる言葉や、氏名・メールアドレスに近いものは使えません。"
_NEW_PASSWORD = ("新しいパスワード", _HINT)
_AGAIN = ("新しいパスワード（確認）", "同じものを、もう一度入力してください。")
NOT_THE_SAME = "二つのパスワードが違います。同じものを入力してください。"
SCRIPT_NEEDED = (
    "パスキーを使うには、ブラウザーの JavaScript を有効にしてください。パスワードでもサインインできます。"
)

PASSKEY_REFUSED = "パスキーを確かめられませんでした。もう一度お試しください。"


class OurWords:
    """Mixin between `BaseForm` and a form of allauth: label and hint of each field, and no placeholder."""

    fields: dict[str, Field]
    words: Mapping[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.widget.attrs.pop("placeholder", None)


class _TwiceTheSame:
    """Says in our words that the repetition differs."""

    def add_error(self, field: str | None, error: Any) -> None:
        differs = field == "password2" and not isinstance(error, forms.ValidationError)
        super().add_error(field, NOT_THE_SAME if differs else error)  # type: ignore[misc]


class _PasskeyAnswer:
    """Says in our words that a passkey did not fit; an answer no browser would give is one of those."""

    def add_error(self, field: str | None, error: Any) -> None:
        refused = isinstance(error, forms.ValidationError) and "incorrect_code" in _codes(error)
        super().add_error(field, PASSKEY_REFUSED if refused else error)  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        with _malformed_refused():
            return super().clean()  # type: ignore[misc]

    def clean_credential(self) -> Any:
        check = getattr(super(), "clean_credential", None)
        with _malformed_refused():
            return check() if check else self.cleaned_data["credential"]  # type: ignore[attr-defined]


@contextmanager
def _malformed_refused() -> Iterator[None]:
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as malformed:
        raise forms.ValidationError(PASSKEY_REFUSED) from malformed


def _codes(error: forms.ValidationError) -> list[str]:
    return [getattr(single, "code", "") or "" for single in error.error_list]


class _TypedCode:
    """Digits from a Japanese keyboard are digits, and the gaps of a printed code mean nothing."""

    fields: dict[str, Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        self.cleaned_data["code"] = "".join(typed.split()).replace("-", "")
        return super().clean_code()  # type: ignore[misc]


class SignInForm(BaseForm, OurWords, accounts.LoginForm):
    words = {"login": ("メールアドレス", ""), "password": ("パスワード", "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The name password managers look for.
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ChangePasswordForm(BaseForm, OurWords, _TwiceTheSame, accounts.ChangePasswordForm):
    words = {"oldpassword": ("いまのパスワード", ""), "password1": _NEW_PASSWORD, "password2": _AGAIN}


class SetPasswordForm(BaseForm, OurWords, _TwiceTheSame, accounts.SetPasswordForm):
    words = {"password1": _NEW_PASSWORD, "password2": _AGAIN}


class NewPasswordForm(BaseForm, OurWords, _TwiceTheSame, accounts.ResetPasswordKeyForm):
    words = {"password1": _NEW_PASSWORD, "password2": _AGAIN}


class ForgottenPasswordForm(BaseForm, OurWords, accounts.ResetPasswordForm):
    words = {"email": ("メールアドレス", "サインインに使っているメールアドレスです。")}


class ConfirmPasswordForm(BaseForm, OurWords, accounts.ReauthenticateForm):
    words = {"password": ("パスワード", "")}


class CodeForm(BaseForm, OurWords, _TypedCode, second.AuthenticateForm):
    words = {"code": ("コード", "認証アプリの6桁の数字。手もとにないときは、回復コードを一つ入力します。")}


class ConfirmCodeForm(BaseForm, OurWords, _TypedCode, second.ReauthenticateForm):
    words = CodeForm.words


class ActivateAppForm(BaseForm, OurWords, _TypedCode, ActivateTOTPForm):
    words = {"code": ("アプリに出た6桁の数字", "数字は30秒ごとに変わります。")}

    @property
    def spaced_secret(self) -> str:
        """The secret in groups of four, as one types it by hand."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class AddPasskeyForm(BaseForm, OurWords, _PasskeyAnswer, passkeys.AddWebAuthnForm):
    words = {
        "name": ("名前", "どの機器か、あとで分かる名前にします。例: 窓口のパソコン、自分のスマートフォン"),
        "passwordless": (
            "パスワードなしでサインインできるようにする",
            "指紋・顔・暗証番号で本人を確かめる機器なら、これだけでサインインできます。",
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["credential"].error_messages["required"] = SCRIPT_NEEDED


class RenamePasskeyForm(BaseForm, OurWords, passkeys.EditWebAuthnForm):
    words = {"name": ("名前", "どの機器か、あとで分かる名前にします。")}


class PasskeyForm(BaseForm, _PasskeyAnswer, passkeys.AuthenticateWebAuthnForm):
    """After the password, for those who set up a passkey."""


class ConfirmPasskeyForm(BaseForm, _PasskeyAnswer, passkeys.ReauthenticateWebAuthnForm):
    """Once more, before something weighty."""


class PasskeySignInForm(BaseForm, _PasskeyAnswer, passkeys.LoginWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = SCRIPT_NEEDED


class NameForm(BaseForm, forms.Form):
    name = forms.CharField(
        label="氏名", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    kana = forms.CharField(label="ふりがな", max_length=120, required=False)
