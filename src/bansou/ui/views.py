from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bansou.ui.catalogue import catalogue_context


def catalogue(request: HttpRequest) -> HttpResponse:
    """Every component with a sentence on when to use it; who may see it is decided elsewhere."""
    return render(request, "ui/catalogue.html", catalogue_context())
