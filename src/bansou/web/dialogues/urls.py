from django.http import HttpRequest, HttpResponse
from django.urls import path


def placeholder(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("new/<str:engagement_id>/", placeholder, name="dialogue-new"),
    path("transcript/<str:engagement_id>/", placeholder, name="transcript-new"),
    path("transcript/<str:engagement_id>/<str:upload_id>/", placeholder, name="transcript-speakers"),
    path("statements/<str:public_id>/keep/", placeholder, name="statement-keep"),
    path("statements/<str:public_id>/let-go/", placeholder, name="statement-let-go"),
    path("statements/<str:public_id>/share/", placeholder, name="statement-share"),
    path("promises/<str:public_id>/settle/", placeholder, name="promise-settle"),
    path("<str:public_id>/", placeholder, name="dialogue"),
    path("<str:public_id>/edit/", placeholder, name="dialogue-edit"),
    path("<str:public_id>/withdraw/", placeholder, name="dialogue-withdraw"),
]
