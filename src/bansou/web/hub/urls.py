from django.urls import path

from . import views

urlpatterns = [
    path("guidance/", views.guidance_list, name="hub-guidance"),
    path("guidance/<str:step>/<str:audience>/", views.edit, name="hub-guidance-edit"),
    path("guidance/<str:step>/<str:audience>/<small:version>/", views.version, name="hub-guidance-version"),
]
