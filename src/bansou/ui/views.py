from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bansou.ui.catalogue import catalogue_context


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every component with a sentence on when to use it; who may see it is decided elsewhere."""
    return render(request, "ui/catalogue.html", catalogue_context())
