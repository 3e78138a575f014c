"""The name this program was called by, and what hangs on it."""

import ipaddress
from urllib.parse import urlsplit

from django.http import HttpRequest


def passkeys_usable(request: HttpRequest) -> bool:
    """A passkey belongs to a name; browsers refuse one for an address of digits such as 127.0.0.1."""
    return not _is_address(_name(request))


def is_own_machine(request: HttpRequest) -> bool:
    name = _name(request)
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def named_address(request: HttpRequest) -> str:
    """This page by the name of one's own machine, where a passkey works; empty anywhere else."""
    if passkeys_usable(request) or not is_own_machine(request):
        return ""
    port = urlsplit(f"//{request.get_host()}").port
    return f"{request.scheme}://localhost{f':{port}' if port else ''}{request.path}"


def _name(request: HttpRequest) -> str:
    return urlsplit(f"//{request.get_host()}").hostname or ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
