from django.urls import path

from . import views

urlpatterns = [
    path("", views.today, name="today"),
    path("record/", views.record, name="record"),
    path("search/", views.search, name="search"),
]
