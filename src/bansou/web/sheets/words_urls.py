"""The words of the sheet: flow, views, what they rest on, versions, and who may see it."""

from django.urls import path

from . import evidence, flow, sharing, versions, views

_SHEET = "engagements/<str:engagement_id>/locaben"

urlpatterns = [
    path(f"{_SHEET}/flow/", flow.flow, name="locaben-flow"),
    path(f"{_SHEET}/views/", views.views, name="locaben-views"),
    path(f"{_SHEET}/evidence/<str:key>/", evidence.evidence, name="locaben-evidence"),
    path(f"{_SHEET}/versions/", versions.versions, name="locaben-versions"),
    path(f"{_SHEET}/versions/compare/", versions.compare_versions, name="locaben-compare"),
    path(f"{_SHEET}/share/", sharing.share, name="locaben-share"),
]
