"""Keep what was typed, give it back, forget it once it was accepted."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from .models import KeptInput, Submission

ONCE = "_once"
WHO = "_who"
PATH = "_path"
# Set on a redirect that leads back to the form with its text, which is no acceptance.
GIVES_BACK = "gives_back_typed_text"
_OWN_FIELDS = frozenset(
    {ONCE, WHO, PATH, "csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword"}
)
_PASSING = frozenset({WHO, "csrfmiddlewaretoken"})
_WHO_SALT = "bansou.submissions.who"
_WHO_LASTS = timedelta(days=3)
_LARGEST = 500_000  # characters; a three-hour dialogue typed by hand has a tenth of that
_MOST_FORMS = 50
KEPT_FOR = timedelta(days=30)


def guard_fields(request: HttpRequest) -> SafeString:
    """Two hidden fields for a form: a key that lets it be accepted once, and whose typing it is.

    The second is signed, so that text sent after the session ended can wait for the same person.
    """
    if not request.user.is_authenticated or asks_for_secrets(request):
        return SafeString("")
    who = signing.dumps(request.user.pk, salt=_WHO_SALT, compress=True)
    return format_html(
        '<input type="hidden" name="{}" value="{}"><input type="hidden" name="{}" value="{}">',
        ONCE,
        uuid4().hex,
        WHO,
        who,
    )


def asks_for_secrets(request: HttpRequest) -> bool:
    """Whether the view belongs to `settings.SECRET_FORMS`, whose forms are neither guarded nor kept.

    A failed attempt at a password or a code has to be counted for good, while the guard undoes what a form
    that comes back with errors has written.
    """
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return view.__module__.startswith(tuple(settings.SECRET_FORMS))


def fingerprint(request: HttpRequest) -> str:
    """The same form sent again with the same content; one that was changed after going back is another."""
    fields = [(name, values) for name, values in sorted(request.POST.lists()) if name not in _PASSING]
    files = [
        (name, [(file.name, _digest(file)) for file in sent]) for name, sent in sorted(request.FILES.lists())
    ]
    return hashlib.sha256(repr((request.path, fields, files)).encode()).hexdigest()


def _digest(file: "UploadedFile[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def form_path(request: HttpRequest) -> str:
    """Where the form stands that this request came from: itself, or the page an autosave speaks for."""
    named = request.POST.get(PATH, "")
    return named if is_own_path(named) else request.path


def is_own_path(path: str) -> bool:
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


def typed_by(post: QueryDict) -> int | None:
    """The account whose page the form came from, when its signature is good and young enough."""
    try:
        return int(signing.loads(post.get(WHO, ""), salt=_WHO_SALT, max_age=_WHO_LASTS))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def keep(*, account_key: int, path: str, post: QueryDict) -> bool:
    """Keep the fields of a form for its author, the latest 50 forms. False when nothing is worth keeping."""
    fields = {
        name: [value.replace("\0", "") for value in values]
        for name, values in post.lists()
        if name not in _OWN_FIELDS
    }
    size = sum(len(value) for values in fields.values() for value in values)
    if not any(value.strip() for values in fields.values() for value in values) or size > _LARGEST:
        return False
    KeptInput.objects.update_or_create(
        account_key=account_key,
        path=path[:300],
        defaults={"fields": fields, "kept_at": timezone.now()},
    )
    own = KeptInput.objects.filter(account_key=account_key)
    too_many = own.order_by("-kept_at", "-pk").values_list("pk", flat=True)[_MOST_FORMS:]
    if oldest := list(too_many):
        own.filter(pk__in=oldest).delete()
    return True


def kept(request: HttpRequest, path: str = "") -> QueryDict | None:
    """What this person typed at this address (or at `path`) and has not sent, as a form's data; or None."""
    if request.user.pk is None:
        return None
    row = KeptInput.objects.filter(account_key=request.user.pk, path=path or request.path).first()
    return as_form_input(row.fields) if row else None


def as_form_input(fields: dict[str, Any]) -> QueryDict:
    answer = QueryDict(mutable=True)
    for name, values in fields.items():
        answer.setlist(name, values)
    return answer


def forget(*, account_key: int, path: str) -> None:
    KeptInput.objects.filter(account_key=account_key, path=path).delete()


def forget_old() -> int:
    """Drop typed text nobody came back for, and receipts past their use. Returns the rows dropped."""
    before = timezone.now() - KEPT_FOR
    dropped, _ = KeptInput.objects.filter(kept_at__lt=before).delete()
    receipts, _ = Submission.objects.filter(accepted_at__lt=before).delete()
    return dropped + receipts


def form_input(request: HttpRequest, *, initial: dict[str, Any] | None = None) -> dict[str, Any]:
    """Arguments for a form: what was sent; or, on the first look, what was typed earlier and never sent.

    Sets `request.restored`, which the frame of the page turns into a sentence with a way to discard it.
    """
    if request.method == "POST":
        return {"data": request.POST, "files": request.FILES}
    earlier = kept(request) if request.user.is_authenticated else None
    if earlier is None:
        return {"initial": initial or {}}
    request.restored = True  # type: ignore[attr-defined]
    typed = {name: values if len(values) > 1 else values[0] for name, values in earlier.lists() if values}
    return {"initial": (initial or {}) | typed}
