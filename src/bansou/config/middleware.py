"""The doors of the house: who comes in, what a refusal looks like, what a browser may remember."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject

from bansou.apps.engagements.policies import actor_for
from bansou.domain.access import Actor, NotAllowed, NotVisible
from bansou.infra.submissions.keeping import form_path, keep, typed_by
from bansou.web.home.views import forbidden, not_found


class Doors(LoginRequiredMiddleware):
    """Every page asks for a signed-in person unless its view says otherwise.

    Text sent after the session ended is kept for the person whose page it came from, and waits at the form.
    NotVisible is answered like a page that does not exist, NotAllowed like one that is closed.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            # PostgreSQL knows no such character; nothing here can have such an address.
            return not_found(request)
        return self.get_response(request)  # type: ignore[return-value]  # served without async

    def handle_no_permission(  # type: ignore[override]  # a piece of a page is answered without a redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        is_kept = False
        if request.method == "POST" and (account_key := typed_by(request.POST)) is not None:
            is_kept = keep(account_key=account_key, path=form_path(request), post=request.POST)
        if request.headers.get("HX-Request"):
            # A piece of a page is left as it is; what stands in the form is kept when it is sent.
            return HttpResponse(status=401)
        come_back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
        words = "&kept=1" if is_kept else ""
        return HttpResponseRedirect(f"{resolve_url('account_login')}?next={quote(come_back)}{words}")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, NotVisible):
            return not_found(request)
        if isinstance(exception, NotAllowed):
            return forbidden(request)
        return None


def _actor(request: HttpRequest) -> Actor:
    return actor_for(request.user) if request.user.is_authenticated else Actor.visitor()


class BodyLimit:
    """A request larger than any form of ours is turned away before a byte of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.LARGEST_REQUEST:
            return HttpResponse(
                "送られたものが大きすぎます。25MBより小さいファイルにして、もう一度お試しください。",
                status=413,
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)


class NeverCacheRecords:
    """What a signed-in person sees stays out of every cache and out of other sites' frames."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        )
        return response
