"""The request as every view gets it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from bansou.domain.access import Actor


class ActorRequest(HttpRequest):
    """A request whose actor is known; `config.middleware.Doors` puts it there."""

    actor: Actor
    htmx: HtmxDetails
