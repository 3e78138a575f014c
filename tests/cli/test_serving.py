"""The server starts from nothing, answers, serves its static files and ends when it is told to."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from argparse import Namespace
from contextlib import nullcontext

import pytest

from bansou.apps.accounts.operations import open_account
from bansou.cli import serving
from bansou.cli.serving import is_taken
from tests.support.factories import PASSWORD, PROGRAM, an_organisation


@pytest.fixture
def server(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bansou.config.settings",
        "BANSOU_DATA_DIR": str(tmp_path),
        "BANSOU_STATIC_DIR": str(tmp_path / "static"),
        "DATABASE_URL": "",
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bansou.cli", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        for line in running.stdout:
            if f"127.0.0.1:{port}" in line:
                break
        yield running, f"http://127.0.0.1:{port}"
        running.kill()


def test_it_serves_and_ends_when_told(server):
    running, address = server
    with urllib.request.urlopen(f"{address}/healthz") as answer:  # noqa: S310 - our own server
        assert answer.status == 200
    with urllib.request.urlopen(f"{address}/static/ui/base.css") as answer:  # noqa: S310
        assert answer.headers["Content-Type"].startswith("text/css")
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=30) == 0


def test_a_port_in_use_is_said_before_anything_is_done(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert is_taken("127.0.0.1", port)
    assert "BANSOU_PORT" in capsys.readouterr().err
    assert not is_taken("127.0.0.1", port)


@pytest.fixture
def quiet_run(db, settings, monkeypatch):
    """`bansou run` up to the moment it would serve."""
    settings.DEMO = False
    monkeypatch.setattr(serving, "is_taken", lambda host, port: False)
    monkeypatch.setattr(serving, "a_worker_beside", nullcontext)
    monkeypatch.setattr(serving, "_serve", lambda given, greeting: 0)
    return lambda: serving.run(Namespace(host="127.0.0.1", port=8000, workers=None))


def test_an_installation_without_an_organisation_is_told_how_to_found_one(quiet_run, capsys):
    assert quiet_run() == 0
    assert "bansou found --name" in capsys.readouterr().out
    an_organisation()
    assert quiet_run() == 0
    assert "bansou found" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("host", "base_url", "email", "served"),
    [
        ("0.0.0.0", "http://127.0.0.1:8000", "shien@demo.example", False),  # noqa: S104 - refused
        ("127.0.0.1", "https://bansou.example.jp", "shien@demo.example", False),
        ("127.0.0.1", "http://127.0.0.1:8000", "shien@demo.example", True),
        ("0.0.0.0", "http://127.0.0.1:8000", "sano@example.jp", True),  # noqa: S104 - nothing is bound
    ],
)
def test_demo_accounts_are_never_served_to_other_machines(
    db, settings, monkeypatch, capsys, host, base_url, email, served
):
    settings.BASE_URL = base_url
    open_account(actor=PROGRAM, email=email, name="佐野 恵", password=PASSWORD)
    monkeypatch.setattr(serving, "is_taken", lambda host, port: False)
    started = []
    monkeypatch.setattr(serving, "collect_static_files", lambda: None)
    monkeypatch.setattr(serving.connections, "close_all", lambda: None)
    monkeypatch.setattr(serving.os, "register_at_fork", lambda **_: None)
    monkeypatch.setattr(serving, "Granian", lambda *_, **__: Namespace(serve=lambda: started.append(host)))
    monkeypatch.setattr(serving, "_announce", lambda *_: None)
    assert serving.serve(Namespace(host=host, port=8000, workers=1)) == (0 if served else 1)
    assert bool(started) is served
    assert ("デモ用アカウント" in capsys.readouterr().err) is not served
