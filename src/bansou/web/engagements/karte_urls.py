"""カルテ and 準備シート."""

from django.urls import path

from .karte import karte
from .paper import karte_pdf
from .preparation import preparation, preparation_pdf
from .words import karte_words

urlpatterns = [
    path("karte/<str:business_id>/", karte, name="karte"),
    path("karte/<str:business_id>/words/", karte_words, name="karte-words"),
    path("karte/<str:business_id>/pdf/", karte_pdf, name="karte-pdf"),
    path("engagements/<str:engagement_id>/preparation/", preparation, name="preparation"),
    path("engagements/<str:engagement_id>/preparation/pdf/", preparation_pdf, name="preparation-pdf"),
]
