"""The request as every view gets it."""

from django.http import HttpRequest
from django.urls.converters import IntConverter
from django_htmx.middleware import HtmxDetails

from bansou.domain.access import Actor


class ActorRequest(HttpRequest):
    """A request whose actor is known; `config.middleware.Doors` puts it there."""

    actor: Actor
    htmx: HtmxDetails


class SmallNumber(IntConverter):
    """A number in an address that every database can hold."""

    regex = "[0-9]{1,6}"
