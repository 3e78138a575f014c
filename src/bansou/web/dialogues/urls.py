from django.urls import path

from . import note, reading, transcript, words

urlpatterns = [
    path("new/<str:engagement_id>/", note.write, name="dialogue-new"),
    path("transcript/<str:engagement_id>/", transcript.bring, name="transcript-new"),
    path(
        "transcript/<str:engagement_id>/<str:upload_id>/",
        transcript.name_speakers,
        name="transcript-speakers",
    ),
    path("statements/<str:public_id>/keep/", words.keep, name="statement-keep"),
    path("statements/<str:public_id>/let-go/", words.let_go, name="statement-let-go"),
    path("statements/<str:public_id>/share/", words.share, name="statement-share"),
    path("promises/<str:public_id>/settle/", words.settle, name="promise-settle"),
    path("<str:public_id>/", reading.show, name="dialogue"),
    path("<str:public_id>/edit/", note.edit, name="dialogue-edit"),
    path("<str:public_id>/withdraw/", note.withdraw, name="dialogue-withdraw"),
]
