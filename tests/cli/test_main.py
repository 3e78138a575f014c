"""What the command says, and what it starts."""

import json
import subprocess
import sys

import pytest

from bansou.cli.main import build_parser, main

COMMANDS = {
    "run",
    "serve",
    "worker",
    "found",
    "migrate",
    "demo",
    "manage",
    "backup",
    "restore",
    "verify-audit",
    "doctor",
    "method",
    "bench",
    "import",
    "locaben",
}


def test_help_names_every_command_in_japanese():
    told = build_parser().format_help()
    assert {name for name in COMMANDS if name not in told} == set()
    assert "伴走" in told


@pytest.mark.parametrize(("part", "count"), [("steps", 7), ("checklist", 5), ("walls", 5)])
def test_the_method_is_told_as_json_and_as_text(part, count, capsys):
    assert main(["method", part, "--format", "json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert len(entries) == count
    assert main(["method", part]) == 0
    assert entries[0]["label"] in capsys.readouterr().out


def test_the_method_needs_no_django():
    code = (
        "import sys; from bansou.cli.main import main;"
        "main(['method', 'walls']); assert 'django' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)  # noqa: S603 - our own words
    assert done.returncode == 0, done.stderr
    assert "見えない" in done.stdout


def test_a_slip_is_refused_with_status_2(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["method", "ladders"])
    assert ended.value.code == 2
    assert "ladders" in capsys.readouterr().err


def test_djangos_own_commands_are_behind_manage(capsys):
    assert main(["manage", "version"]) == 0
    assert capsys.readouterr().out.startswith("5.")
