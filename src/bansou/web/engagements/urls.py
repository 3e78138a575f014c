from django.urls import include, path

from . import changes, checklist, guidance_pages, team, views

urlpatterns = [
    path("", include("bansou.web.engagements.karte_urls")),
    path("engagements/start/<str:business_id>/", views.start, name="engagement-start"),
    path("engagements/<str:engagement_id>/", views.course, name="engagement"),
    path("engagements/<str:engagement_id>/step/", changes.step_move, name="step-move"),
    path("engagements/<str:engagement_id>/intensity/", changes.intensity, name="engagement-intensity"),
    path("engagements/<str:engagement_id>/pace/", changes.pace, name="engagement-pace"),
    path("engagements/<str:engagement_id>/next/", changes.next_dialogue, name="engagement-next"),
    path("engagements/<str:engagement_id>/status/", changes.status, name="engagement-status"),
    path("engagements/<str:engagement_id>/team/", team.team, name="engagement-team"),
    path("engagements/<str:engagement_id>/team/firm/", team.firm_team, name="engagement-firm-team"),
    path(
        "engagements/<str:engagement_id>/team/<str:member_id>/leave/",
        team.team_leave,
        name="engagement-team-leave",
    ),
    path("engagements/<str:engagement_id>/checklist/", checklist.checklist, name="checklist"),
    path(
        "engagements/<str:engagement_id>/checklist/verdict/",
        checklist.checklist_verdict,
        name="checklist-verdict",
    ),
    path(
        "engagements/<str:engagement_id>/checklist/<small:version>/",
        checklist.checklist_version,
        name="checklist-version",
    ),
    path("guidance/", guidance_pages.overview, name="guidance"),
    path("guidance/checklist/", guidance_pages.checklist_page, name="guidance-checklist"),
    path("guidance/walls/", guidance_pages.walls_page, name="guidance-walls"),
    path("guidance/elements/", guidance_pages.elements_page, name="guidance-elements"),
    path("guidance/<str:step>/", guidance_pages.step_page, name="guidance-step"),
]
