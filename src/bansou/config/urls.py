"""Every address of the house, by user task."""

from django.urls import include, path, register_converter

from bansou.infra.http import SmallNumber

# Before the rooms are included: their addresses use it.
register_converter(SmallNumber, "small")

urlpatterns = [
    path("", include("bansou.web.home.urls")),
    path("today/", include("bansou.web.today.urls")),
    path("businesses/", include("bansou.web.businesses.urls")),
    path("", include("bansou.web.engagements.urls")),
    path("", include("bansou.web.sheets.urls")),
    path("norms/", include("bansou.web.norms.urls")),
    path("dialogues/", include("bansou.web.dialogues.urls")),
    path("staff/", include("bansou.web.staff.urls")),
    path("hub/", include("bansou.web.hub.urls")),
    path("firm/", include("bansou.web.owner.urls")),
    path("account/", include("bansou.web.account.urls")),
    path("typing/", include("bansou.infra.submissions.views")),
    path("ui/", include("bansou.ui.urls")),
]

handler404 = "bansou.web.home.views.not_found"
handler403 = "bansou.web.home.views.forbidden"
handler500 = "bansou.web.home.views.broken"
