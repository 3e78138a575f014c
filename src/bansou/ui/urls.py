from django.urls import path

from bansou.ui import views

urlpatterns = [path("", views.catalogue, name="ui-catalogue")]
