from django.http import HttpRequest, HttpResponse
from django.urls import path


def placeholder(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", placeholder, name="staff"),
]
