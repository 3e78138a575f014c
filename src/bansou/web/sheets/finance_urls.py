"""The figures of the sheet: the result, what it is measured against, and the ways figures come in."""

from django.urls import path

from . import accounts, changes, how, paste, proprietor, result, settings, upload, what_if

_SHEET = "engagements/<str:engagement_id>/locaben"

urlpatterns = [
    path(f"{_SHEET}/", result.result, name="locaben"),
    path(f"{_SHEET}/settings/", settings.settings, name="locaben-settings"),
    path(f"{_SHEET}/accounts/", accounts.accounts, name="locaben-accounts"),
    path(f"{_SHEET}/accounts/paste/", paste.paste, name="locaben-paste"),
    path(f"{_SHEET}/accounts/upload/", upload.upload, name="locaben-upload"),
    path(f"{_SHEET}/accounts/upload/<str:file_id>/", upload.reading, name="locaben-upload-reading"),
    path(f"{_SHEET}/accounts/proprietor/", proprietor.proprietor, name="locaben-proprietor"),
    path(f"{_SHEET}/what-if/", what_if.what_if_page, name="locaben-what-if"),
    path(f"{_SHEET}/how/", how.how, name="locaben-how"),
    path(f"{_SHEET}/change/", changes.change, name="locaben-change"),
]
