from django.http import HttpRequest, HttpResponse
from django.urls import path


def placeholder(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("new/<str:engagement_id>/", placeholder, name="dialogue-new"),
    path("<str:public_id>/", placeholder, name="dialogue"),
]
