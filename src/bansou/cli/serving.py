"""`bansou serve` and `bansou run`: the server of the pages, and everything around it for one machine."""

import argparse
import hashlib
import os
import socket
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from bansou.cli.companions import a_worker_beside, end_with_parent
from bansou.cli.demo.command import accounts_text, is_loaded, is_reachable_from_outside, load_once
from bansou.cli.founding import HOW_TO_FOUND, nobody_is_here
from bansou.cli.tables import bring_up_to_date


def run(given: argparse.Namespace) -> int:
    """Everything from an empty folder to the first page; a later start only serves."""
    if is_taken(given.host, given.port):
        return 1
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    bring_up_to_date()
    if settings.DEMO:
        load_once()
    if nobody_is_here():
        print(HOW_TO_FOUND)
    greeting = accounts_text() if is_loaded() else ""
    with a_worker_beside():
        return _serve(given, greeting)


def serve(given: argparse.Namespace) -> int:
    """Serve the pages until told to stop."""
    return 1 if is_taken(given.host, given.port) else _serve(given, "")


def is_taken(host: str, port: int) -> bool:
    """Whether nobody can listen here; says so and what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            print(
                f"{host} のポート {port} では待ち受けられません（{error.strerror}）。"
                "ほかの Bansō が動いていないか確かめるか、BANSOU_PORT で別の番号を選んでください。",
                file=sys.stderr,
            )
            return True
    return False


def _shows_demo_accounts(host: str) -> bool:
    """Whether passwords that everybody knows would open this house from outside; says so and what to do."""
    try:
        is_open = is_reachable_from_outside(host) and is_loaded()
    except DatabaseError:
        return False  # no tables yet, so no accounts
    if is_open:
        print(
            "だれでも知っている合言葉のデモ用アカウントが入っているため、この機械の外には開けません。"
            "新しいデータベースで始めるか、127.0.0.1 で開いてください。",
            file=sys.stderr,
        )
    return is_open


def _serve(given: argparse.Namespace, greeting: str) -> int:
    if _shows_demo_accounts(given.host):
        return 1
    collect_static_files()
    connections.close_all()
    stop = threading.Event()
    threading.Thread(target=_announce, args=(given, greeting, stop), daemon=True).start()
    # The server forks its workers; killed hard, it must not leave one behind on the port.
    os.register_at_fork(after_in_child=end_with_parent)
    server = Granian(
        "bansou.config.wsgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.WSGI,
        workers=given.workers or _usual_workers(),
        # Pages wait for the database much of the time; more threads would only wait for each other.
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.error,
    )
    try:
        server.serve()
    finally:
        stop.set()
    return 0


def _usual_workers() -> int:
    """SQLite has one writer at a time, so one process; PostgreSQL gets as many as there are cores, 2 to 4."""
    if connection.vendor == "sqlite":
        return 1
    return min(max(os.cpu_count() or 1, 2), 4)


def collect_static_files() -> None:
    """Gather them when one of them is newer than the last gathering."""
    stamp = settings.STATIC_ROOT.with_name(f"{settings.STATIC_ROOT.name}.collected")
    state = _state_of_static_files()
    if stamp.exists() and stamp.read_text() == state and settings.STATIC_ROOT.is_dir():
        return
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)


def _state_of_static_files() -> str:
    seen = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            seen.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _announce(given: argparse.Namespace, greeting: str, stop: threading.Event) -> None:
    """Say where to look, once there is something to see."""
    host = f"[{given.host}]" if ":" in given.host else given.host
    reachable = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)  # noqa: S104 - compared, not bound
    while not stop.wait(0.1):
        try:
            with urllib.request.urlopen(f"http://{reachable}:{given.port}/healthz", timeout=2):
                break
        except urllib.error.HTTPError:
            break  # it answers, only not to this name
        except (urllib.error.URLError, OSError):
            continue
    else:
        return
    print(f"\n  Bansō（伴走）を開きました。ブラウザーで {settings.BASE_URL} をご覧ください。")
    print(greeting, end="")
    print("  終えるときは Ctrl+C を押してください。\n", flush=True)
