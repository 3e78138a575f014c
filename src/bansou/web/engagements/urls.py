from django.http import HttpRequest, HttpResponse
from django.urls import path


def placeholder(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("guidance/", placeholder, name="guidance"),
    path("karte/<str:business_id>/", placeholder, name="karte"),
]
