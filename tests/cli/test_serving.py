"""The server starts from nothing, answers, serves its static files and ends when it is told to."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from bansou.cli.serving import is_taken


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
