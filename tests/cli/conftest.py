"""What the tests of the command line share."""

import csv

import pytest

from bansou.cli.main import main


@pytest.fixture
def score(tmp_path, capsys):
    """Score what is given; answers exit status, rows written (None: no file) and what was said on stderr."""

    def act(content, *options, name="firms.csv"):
        given, target = tmp_path / name, tmp_path / "scores.csv"
        given.write_bytes(content if isinstance(content, bytes) else content.encode())
        ended = main(["locaben", "score", str(given), "-o", str(target), *options])
        rows = None
        if target.exists():
            with target.open(encoding="utf-8", newline="") as stream:
                rows = list(csv.DictReader(stream))
        assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
        return ended, rows, capsys.readouterr().err

    return act
