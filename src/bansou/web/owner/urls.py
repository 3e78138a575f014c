from django.urls import path

from . import benchmark, views

urlpatterns = [
    path("", views.firm, name="firm"),
    path("locaben/<str:benchmark_id>/", benchmark.benchmark, name="firm-locaben"),
]
