"""What the 管理者 and an invited person fill in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import Max

from bansou.apps.accounts.models import Account
from bansou.apps.audit.models import AuditEntry
from bansou.apps.organisations.models import SupportOrganisation
from bansou.apps.organisations.operations import may_be_given
from bansou.domain.access import Role
from bansou.ui.forms import BaseForm

_ROLE_WORDS = {
    Role.ADVISER: "事業者の伴走支援をする人",
    Role.ADMINISTRATOR: "所属・引継ぎ・監査記録を見る人",
    Role.REFERRAL_RECIPIENT: "ほかの機関からの橋渡しを受ける人",
    Role.SECRETARIAT: "手引きの言葉を改める人",
}


# Django would repeat what was sent, whatever it was.
_NO_CHOICE = {"invalid_choice": "一覧にあるものから選んでください。"}


class InviteForm(BaseForm, forms.Form):
    email = forms.EmailField(label="メールアドレス")
    name = forms.CharField(label="氏名", max_length=80, required=False)
    role = forms.ChoiceField(label="役割", widget=forms.RadioSelect, initial=Role.ADVISER)
    title = forms.CharField(
        label="肩書", max_length=60, required=False, help_text="例：経営指導員、コーディネーター"
    )

    def __init__(self, *args: Any, organisation: SupportOrganisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [role for role in _ROLE_WORDS if may_be_given(role, organisation)]
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, f"{role.label}（{_ROLE_WORDS[role]}）") for role in roles
        ]


class TitleForm(BaseForm, forms.Form):
    title = forms.CharField(label="肩書", max_length=60, required=False)


class WhyForm(BaseForm, forms.Form):
    why = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class HandoverForm(BaseForm, forms.Form):
    successor = forms.ModelChoiceField(
        label="後任", queryset=Account.objects.none(), to_field_name="public_id", empty_label="選んでください"
    )
    reason = forms.CharField(label="引き継ぐ理由", max_length=500, help_text="例：人事異動、担当地区の見直し")
    message = forms.CharField(
        label="後任への申し送り",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="記録に書ききれないこと（話しやすい時間、気にかけてほしいことなど）。後任の方が最初に読みます。",
    )

    def __init__(self, *args: Any, successors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = successors  # type: ignore[attr-defined]


class LeaderForm(BaseForm, forms.Form):
    email = forms.EmailField(label="経営者のメールアドレス")


class LeaderSearch(BaseForm, forms.Form):
    q = forms.CharField(label="事業者をさがす", required=False, max_length=100)


class JoinForm(BaseForm, forms.Form):
    """Name and password of a new account. The password is judged knowing the name and the address."""

    name = forms.CharField(label="氏名", max_length=80)
    password1 = forms.CharField(
        label="パスワード",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="10文字以上。名前やメールアドレスに似たもの、よくあるものは使えません。",
    )
    password2 = forms.CharField(
        label="パスワード（もう一度）",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "二つのパスワードが違っています。もう一度入力してください。")
        elif first:
            try:
                validate_password(first, Account(email=self.email, name=cleaned.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class TrailFilter(BaseForm, forms.Form):
    """Who, what, about what; nothing is required and nonsense is ignored."""

    who = forms.ChoiceField(label="だれが", required=False, error_messages=_NO_CHOICE)
    verb = forms.ChoiceField(label="なにを", required=False, error_messages=_NO_CHOICE)
    about = forms.CharField(label="対象の名前", required=False, max_length=100)


class ReadingsFilter(BaseForm, forms.Form):
    who = forms.ChoiceField(label="読んだ人", required=False, error_messages=_NO_CHOICE)
    about = forms.CharField(label="事業者の名前", required=False, max_length=100)


def verb_choices(chain: str) -> list[tuple[str, str]]:
    """Every verb the chain knows, in the words of its newest line."""
    newest = AuditEntry.objects.of_organisation(chain).values("verb").annotate(newest=Max("pk"))
    entries = AuditEntry.objects.filter(pk__in=newest.values("newest"))
    return [("", "すべて"), *sorted((entry.verb, entry.verb_label) for entry in entries)]
