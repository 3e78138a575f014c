"""Measure the pages people live in over real HTTP, one served worker, beside the floor in the same run."""

import http.client
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.businesses.models import Business
from bansou.apps.dialogues.models import DialogueSession
from bansou.apps.engagements.models import Engagement, EngagementMember

from .generate import ORGANISATION

_WARM_UP = 10


@dataclass(frozen=True)
class Page:
    """A page to measure: `path(n)` of the n-th request; `sends` posts a note instead of reading."""

    name: str
    path: Callable[[int], str]
    sends: bool = False


def measure(*, requests: int) -> dict[str, Any]:
    """Figures of every page: p50 and p95 in milliseconds at 1 and 4 clients, queries, memory."""
    adviser, engagements = _a_busy_adviser()
    pages = _pages(engagements)
    cookie = _session_of(adviser)
    outcome: dict[str, Any] = {"setting": _setting(requests), "pages": {}}
    queries = {page.name: _queries(page, cookie) for page in pages if not page.sends}
    with _served() as (port, pid):
        for page in pages:
            _timed(page, port, cookie, _WARM_UP, clients=1)
            rows = {str(n): _timed(page, port, cookie, requests, clients=n) for n in (1, 4)}
            outcome["pages"][page.name] = {"queries": queries.get(page.name), "clients": rows}
        outcome["memory_mib_per_worker"] = _memory_mib(pid)
    floor = outcome["pages"]["floor"]["clients"]["1"]["p50_ms"]
    for figures in outcome["pages"].values():
        figures["times_floor"] = round(figures["clients"]["1"]["p50_ms"] / floor, 2)
    return outcome


def _a_busy_adviser() -> tuple[Account, list[Engagement]]:
    member = EngagementMember.objects.filter(
        engagement__organisation__name=ORGANISATION, account__isnull=False
    ).order_by("account_id", "pk")
    first = member.select_related("account").first()
    if first is None or first.account is None:
        raise SystemExit("先に bansou bench generate --businesses N を実行してください。")
    own = Engagement.objects.filter(members__account=first.account).select_related("business").order_by("pk")
    return first.account, list(own[:40])


def _pages(engagements: list[Engagement]) -> list[Page]:
    def nth(n: int) -> Engagement:
        return engagements[n % len(engagements)]

    words = ("段取り", "値上げ", "浜見", "職人")
    return [
        Page("floor", lambda n: "/bench/floor/"),
        Page("today", lambda n: "/today/"),
        Page("business_list_filtered", lambda n: f"/businesses/?q={quote('製作所')}"),
        Page("karte", lambda n: f"/karte/{nth(n).business.public_id}/"),
        Page("search", lambda n: f"/today/search/?q={quote(words[n % len(words)])}"),
        Page("save_note", lambda n: f"/dialogues/new/{nth(n).public_id}/", sends=True),
    ]


def _session_of(account: Account) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def _queries(page: Page, cookie: str) -> int:
    """Queries of one request, sign-in and actor included; counted in this process."""
    settings.ROOT_URLCONF = "bansou.cli.bench.urls"
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    client.get(page.path(0))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(page.path(0))
    if answer.status_code != 200:
        raise SystemExit(f"{page.name}: {answer.status_code}")
    return len(captured)


@contextmanager
def _served() -> Iterator[tuple[int, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-access-log", "bansou.cli.bench.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait_for(port)
        yield port, _worker_of(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _attempt in range(200):
        try:
            channel = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            channel.request("GET", "/healthz")
            if channel.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("計測用のサーバーが始まりませんでした。")


def _worker_of(pid: int) -> int:
    """The process that answers: granian's child."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    found = children.read_text().split() if children.exists() else []
    return int(found[0]) if found else pid


def _memory_mib(pid: int) -> float | None:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    resident = re.search(r"VmRSS:\s+(\d+) kB", status.read_text())
    return round(int(resident[1]) / 1024, 1) if resident else None


def _timed(page: Page, port: int, cookie: str, requests: int, *, clients: int) -> dict[str, float]:
    """Milliseconds from sending a request to having its whole answer."""
    took: list[float] = []
    lock = threading.Lock()

    def one_client(offset: int) -> None:
        channel = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        own = [_one(page, channel, cookie, n) for n in range(offset, requests, clients)]
        channel.close()
        with lock:
            took.extend(own)

    threads = [threading.Thread(target=one_client, args=(offset,)) for offset in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - began
    if len(took) != requests:
        raise SystemExit(f"{page.name}: {requests - len(took)} 件の要求に答えがありませんでした。")
    cuts = statistics.quantiles(took, n=100)
    return {
        "p50_ms": round(statistics.median(took), 1),
        "p95_ms": round(cuts[94], 1),
        "per_second": round(requests / elapsed, 1),
    }


def _one(page: Page, channel: http.client.HTTPConnection, cookie: str, n: int) -> float:
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}
    body = None
    method = "GET"
    if page.sends:
        body, headers = _note(page, channel, cookie, n)
        method = "POST"
    began = time.perf_counter()
    channel.request(method, page.path(n), body=body, headers=headers)
    answer = channel.getresponse()
    answer.read()
    took = (time.perf_counter() - began) * 1000
    expected = {302, 303} if page.sends else {200}
    if answer.status not in expected:
        raise SystemExit(f"{page.name}: {answer.status}")
    return took


def _note(page: Page, channel: http.client.HTTPConnection, cookie: str, n: int) -> tuple[str, dict[str, str]]:
    """The form as a browser would send it: every field of the page, the note filled in."""
    channel.request("GET", page.path(n), headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})
    answer = channel.getresponse()
    html = answer.read().decode()
    token = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
    fields = [
        (name, value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    ]
    fields += [
        ("held_on", timezone.localdate().isoformat()),
        ("method", "visit"),
        ("note", "段取りの話を聴いた。" * 20),
    ]
    fields += _management_fields(html, {name for name, _value in fields})
    cookies = f"{settings.SESSION_COOKIE_NAME}={cookie}; csrftoken={token[1] if token else ''}"
    headers = {
        "Cookie": cookies,
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"http://127.0.0.1{page.path(n)}",
    }
    return urlencode(fields), headers


def _management_fields(html: str, named: set[str]) -> list[tuple[str, str]]:
    """Hidden inputs whose attributes come in another order, such as a formset's."""
    found = []
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in named:
            found.append((name[1], value[1] if value else ""))
            named.add(name[1])
    return found


def _setting(requests: int) -> dict[str, Any]:
    return {
        "businesses": Business.objects.filter(organisation__name=ORGANISATION).count(),
        "dialogues": DialogueSession.objects.filter(engagement__organisation__name=ORGANISATION).count(),
        "database": connection.vendor,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "requests_per_page": requests,
        "workers": 1,
        "client_on_the_same_machine": True,
    }
