"""Every TOML and JSON file can be read, and every text file is UTF-8 and ends with a newline."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

TEXTS = {".py", ".toml", ".json", ".html", ".css", ".js", ".md", ".txt", ".typ", ".in", ".svg"}
# Files that must keep the bytes of the program that wrote them.
AS_DELIVERED = "tests/fixtures/"


def files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        capture_output=True,
        check=True,
        text=True,
    )
    paths = (Path(name) for name in listed.stdout.split("\0") if name and not name.startswith(AS_DELIVERED))
    return [path for path in paths if path.is_file()]


def finding(path: Path) -> str | None:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".toml":
            tomllib.loads(text)
        elif path.suffix == ".json":
            json.loads(text)
    except ValueError as error:
        return f"{path}: {error}"
    if text and not text.endswith("\n"):
        return f"{path}: no newline at the end"
    return None


def main() -> int:
    findings = [said for path in files() if path.suffix in TEXTS and (said := finding(path))]
    sys.stdout.write("".join(f"{said}\n" for said in findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
