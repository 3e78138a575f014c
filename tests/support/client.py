"""A test client that reads every page as strictly as a visitor's browser and screen reader would."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.support.html import findings


class StrictClient(Client):
    """Fails the test when an HTML answer breaks a rule of `tests.support.html` or lacks the security policy.

    A test may post without the token against forged requests; that forms carry one is read off the page.
    """

    def request(self, **request: Any) -> HttpResponse:
        response = super().request(**request)
        _check(response, f"{request.get('REQUEST_METHOD', 'GET')} {request.get('PATH_INFO', '/')}")
        return response


def _check(response: HttpResponse, asked: str) -> None:
    if (
        response.streaming
        or not response.get("Content-Type", "").startswith("text/html")
        or not response.content
    ):
        return
    found = findings(response.content.decode(response.charset))
    policy = response.get("Content-Security-Policy", "")
    if not policy:
        found.append("no Content-Security-Policy")
    if "unsafe" in policy:
        found.append(f"an unsafe Content-Security-Policy: {policy}")
    if found:
        raise AssertionError(f"{asked} ({response.status_code}):\n  " + "\n  ".join(found))
