from django.urls import path

from . import views

urlpatterns = [
    path("", views.editions, name="norm-editions"),
    path("load/", views.load, name="norm-edition-load"),
]
