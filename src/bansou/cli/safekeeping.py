"""`bansou backup` and `bansou restore`: a copy with its checksum and the ends of the audit chains.

The ends prove after a restore that what came back is what was kept.
"""

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from bansou.apps.accounts.models import Account
from bansou.apps.audit.models import AuditEntry, AuditHead
from bansou.cli.checking import verify_audit
from bansou.cli.tables import bring_up_to_date

_CHUNK = 1024 * 1024


class CannotKeep(Exception):
    """The copy cannot be made or taken back; the text says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What stands beside a copy. `audit_heads` maps a chain to its last position and hash."""

    file: str
    engine: str
    version: str
    made_at: str
    bytes: int
    sha256: str
    audit_heads: dict[str, tuple[int, str]]

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def run_backup(given: argparse.Namespace) -> int:
    return _tell(lambda: f"控えをとりました：{backup(given.directory)}")


def run_restore(given: argparse.Namespace) -> int:
    if status := _tell(lambda: restore(given.file, replace=given.replace)):
        return status
    return verify_audit(output="text")


def _tell(act: Any) -> int:
    try:
        print(act())
    except CannotKeep as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


def backup(directory: Path) -> Path:
    """Copy the database while it is in use. Returns the copy; its manifest stands beside it."""
    directory.mkdir(parents=True, exist_ok=True)
    ending = "sqlite3" if connection.vendor == "sqlite" else "dump"
    copy = directory / f"bansou-{timezone.localtime():%Y%m%d-%H%M%S}.{ending}"
    if copy.exists():
        raise CannotKeep(f"{copy} は、もうあります。少し待って、もう一度お試しください。")
    # Before the copy: whatever is appended meanwhile only makes the chains in it longer.
    heads = {head.chain: (head.position, head.hash) for head in AuditHead.objects.order_by("chain")}
    (_copy_sqlite if connection.vendor == "sqlite" else _dump_postgresql)(copy)
    copy.chmod(0o600)
    manifest = Manifest(
        file=copy.name,
        engine=connection.vendor,
        version=metadata.version("bansou"),
        made_at=timezone.localtime().isoformat(timespec="seconds"),
        bytes=copy.stat().st_size,
        sha256=_checksum(copy),
        audit_heads=heads,
    )
    manifest.write(_manifest_of(copy))
    return copy


def restore(copy: Path, *, replace: bool) -> str:
    """Put a copy back. Refuses a damaged copy, another kind of database, and one that holds records."""
    manifest = _checked_manifest(copy)
    if _holds_records():
        if not replace:
            raise CannotKeep(
                "このデータベースには、もう記録が入っています。"
                "置き換えてよいときは --replace を付けてください（置き換える前に控えをとります）。"
            )
        kept = backup(settings.DATA_DIR / "before-restore")
        print(f"置き換える前の控え：{kept}")
    connections.close_all()
    (_restore_sqlite if connection.vendor == "sqlite" else _restore_postgresql)(copy)
    bring_up_to_date()
    lost = [
        chain
        for chain, (position, hash_) in manifest["audit_heads"].items()
        if not _has(chain, position, hash_)
    ]
    if lost:
        raise CannotKeep(f"戻した内容に、控えをとった時の監査記録が見当たりません：{'、'.join(lost)}")
    return f"{copy} から戻しました（控えの日時 {manifest['made_at']}）。"


def _has(chain: str, position: int, hash_: str) -> bool:
    return position == 0 or AuditEntry.objects.filter(chain=chain, position=position, hash=hash_).exists()


def _checked_manifest(copy: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(_manifest_of(copy).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CannotKeep(
            f"控えの説明書き {_manifest_of(copy)} を読めません。控えと同じ場所に置いてください。"
        ) from error
    if not copy.is_file():
        raise CannotKeep(f"控えのファイル {copy} がありません。")
    if _checksum(copy) != manifest["sha256"]:
        raise CannotKeep(
            f"{copy} は、控えをとった時から変わっています（壊れている可能性があります）。戻しません。"
        )
    if manifest["engine"] != connection.vendor:
        raise CannotKeep(
            f"この控えは {manifest['engine']} のものです。いまのデータベースは {connection.vendor} です。"
        )
    return manifest


def _holds_records() -> bool:
    if Account._meta.db_table not in connection.introspection.table_names():
        return False
    return Account.objects.exists() or AuditEntry.objects.exists()


def _manifest_of(copy: Path) -> Path:
    return copy.with_name(f"{copy.name}.json")


def _checksum(path: Path) -> str:
    seen = hashlib.sha256()
    with path.open("rb") as stream:
        while part := stream.read(_CHUNK):
            seen.update(part)
    return seen.hexdigest()


def _copy_sqlite(copy: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        # The copy is one file, readable wherever it is carried.
        target.execute("PRAGMA journal_mode=DELETE")


def _restore_sqlite(copy: Path) -> None:
    place = Path(connection.settings_dict["NAME"])
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(place, timeout=5)) as target,
        ):
            source.backup(target)
    except sqlite3.OperationalError as error:
        raise CannotKeep(
            "データベースが使われています。Bansō を止めてから、もう一度お試しください。"
        ) from error


def _dump_postgresql(copy: Path) -> None:
    _run_postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={copy}")


def _restore_postgresql(copy: Path) -> None:
    _run_postgresql(
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        "--dbname",
        _database_name(),
        str(copy),
    )


def _database_name() -> str:
    return str(connection.settings_dict["NAME"])


def _run_postgresql(program: str, *options: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise CannotKeep(f"{program} が見つかりません。Debian では postgresql-client に入っています。")
    facts = connection.settings_dict
    named = {
        "PGHOST": facts["HOST"],
        "PGPORT": facts["PORT"],
        "PGUSER": facts["USER"],
        "PGPASSWORD": facts["PASSWORD"],
    }
    environment = (
        os.environ
        | {name: value for name, value in named.items() if value}
        | {"PGDATABASE": _database_name()}
    )
    done = subprocess.run([found, *options], env=environment, capture_output=True, text=True)  # noqa: S603 - fixed words
    if done.returncode:
        raise CannotKeep(f"{program} が失敗しました：{done.stderr.strip()}")
