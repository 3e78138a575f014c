from django.urls import path

from . import views

urlpatterns = [path("", views.firm, name="firm")]
