"""Autosave and its undoing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from .keeping import PATH, forget, is_own_path, keep


def _own_path(request: HttpRequest) -> str | None:
    where = request.POST.get(PATH, "")
    return where if is_own_path(where) else None


@require_POST
def keep_input(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form now. Answers with the time it was kept."""
    where = _own_path(request)
    if where is None:
        return JsonResponse({"kept": False}, status=400)
    done = keep(account_key=int(request.user.pk), path=where, post=request.POST)  # type: ignore[arg-type]
    return JsonResponse({"kept": done, "at": f"{timezone.localtime():%H:%M}"})


@require_POST
def forget_input(request: HttpRequest) -> HttpResponse:
    """Throw away what was kept and open the form afresh."""
    where = _own_path(request)
    if where is None:
        return HttpResponse(status=400)
    forget(account_key=int(request.user.pk), path=where)  # type: ignore[arg-type]
    return HttpResponseRedirect(where)


urlpatterns = [
    path("keep", keep_input, name="keep-input"),
    path("forget", forget_input, name="forget-input"),
]
