"""The sheet as files: the workbook out and in, and the paper for the talk."""

from django.urls import path

from . import importing, paper

_SHEET = "engagements/<str:engagement_id>/locaben"

urlpatterns = [
    path(f"{_SHEET}/xlsx/", paper.xlsx, name="locaben-xlsx"),
    path(f"{_SHEET}/pdf/", paper.pdf, name="locaben-pdf"),
    path(f"{_SHEET}/import/", importing.bring, name="locaben-import"),
    path(f"{_SHEET}/import/<str:file_id>/", importing.preview, name="locaben-import-preview"),
]
