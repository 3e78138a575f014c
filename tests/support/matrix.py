"""Every address of the program, so that a table of who may do what can be complete.

for endpoint in every_endpoint():
    assert endpoint.name in TABLE
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Endpoint:
    """One named address: ``name`` as `reverse` takes it, ``arguments`` the names its path holds."""

    name: str
    route: str
    arguments: frozenset[str]

    def path(self, values: dict[str, Any]) -> str:
        """Return the path, taking what it needs from ``values``; ``KeyError`` names what is lacking."""
        return reverse(self.name, kwargs={argument: values[argument] for argument in self.arguments})


def every_endpoint(leaving_out: Iterable[str] = ()) -> list[Endpoint]:
    """Return all named addresses in alphabetical order, without those whose namespace is left out.

    An address without a name fails here: nobody could link to it or list it.
    """
    left_out = set(leaving_out)
    found = _walk(get_resolver().url_patterns, "", "", frozenset())
    kept = {e.name: e for e in found if not left_out & set(e.name.split(":")[:-1])}
    return [kept[name] for name in sorted(kept)]


def _walk(patterns: list[Any], spaces: str, route: str, arguments: frozenset[str]) -> Iterator[Endpoint]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        held = arguments | frozenset(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            space = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, space, here, held)
        elif isinstance(pattern, URLPattern):
            if not pattern.name:
                raise AssertionError(f"The address {here!r} has no name")
            yield Endpoint(spaces + pattern.name, here, held)


def answer(client: Client, method: str, path: str) -> int:
    """Return the status of a bare request, without a body and without following where it leads."""
    return client.generic(method, path).status_code


def gaps(table: Iterable[str], endpoints: Iterable[Endpoint]) -> list[str]:
    """Return in words what the table lacks and what it holds too much; an empty list for a complete table."""
    named, existing = set(table), {endpoint.name for endpoint in endpoints}
    return [f"{name} has no row" for name in sorted(existing - named)] + [
        f"{name} has a row but no address" for name in sorted(named - existing)
    ]
