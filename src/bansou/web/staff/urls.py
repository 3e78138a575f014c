from django.urls import path

from . import handing_over, joining, leaders, members, overview, trail

urlpatterns = [
    path("", overview.overview, name="staff"),
    path("members/", members.members, name="staff-members"),
    path("members/<str:membership_id>/", members.member, name="staff-member"),
    path("members/<str:membership_id>/end/", members.end, name="staff-member-end"),
    path("invite/", members.invite_member, name="staff-invite"),
    path("invitations/<str:invitation_id>/withdraw/", members.withdraw, name="staff-invitation-withdraw"),
    path("invitation/<str:token>/", joining.invitation, name="invitation"),
    path("leaders/", leaders.leaders, name="staff-leaders"),
    path("leaders/<str:person_id>/", leaders.leader_account, name="leader-account"),
    path("leaders/<str:person_id>/close/", leaders.close, name="leader-account-close"),
    path("own-page/<str:token>/", joining.own_page, name="leader-invitation"),
    path("advisers/<str:account_id>/", handing_over.adviser, name="staff-adviser"),
    path("handover/<str:engagement_id>/", handing_over.hand_over_one, name="staff-handover"),
    path("handovers/<str:public_id>/", handing_over.handover, name="handover"),
    path("readings/", trail.readings, name="staff-readings"),
    path("audit/", trail.audit, name="staff-audit"),
    path("audit/export/", trail.export, name="staff-audit-export"),
]
