"""The addresses of the program and one more: the floor, the cheapest page that still is a page of Bansō."""

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from bansou.apps.businesses.models import Business
from bansou.infra.http import ActorRequest

_FLOOR = """{% extends "ui/base.html" %}{% block title %}床{% endblock %}{% block heading %}床{% endblock %}
{% block content %}{% table "事業者" %}
<thead><tr><th scope="col">事業者</th><th scope="col">所在地</th></tr></thead>
<tbody>{% for row in rows %}<tr><th scope="row" data-label="事業者">{{ row.name }}</th>
<td data-label="所在地">{{ row.address }}</td></tr>{% endfor %}</tbody>{% endtable %}{% endblock %}"""


def floor(request: ActorRequest) -> HttpResponse:
    """A signed-in page of 60 rows that makes one query of its own."""
    rows = Business.objects.visible_to(request.actor).order_by("pk")[:60]
    return HttpResponse(engines["django"].from_string(_FLOOR).render({"rows": rows}, request))


urlpatterns = [path("bench/floor/", floor, name="bench-floor"), path("", include("bansou.config.urls"))]
handler404 = "bansou.web.home.views.not_found"
