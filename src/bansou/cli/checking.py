"""`bansou verify-audit` and `bansou doctor`: is everything as it should be, and if not, what to do."""

import argparse
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlparse

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from bansou.apps.audit.verification import verify
from bansou.cli.demo.command import is_loaded, is_loopback
from bansou.cli.tables import pending_migrations
from bansou.infra import documents
from bansou.infra.worker import last_sign_of_life

_Answer = TypeVar("_Answer")
_WORKER_SILENCE = timedelta(minutes=2)
_LITTLE_SPACE = 1_000_000_000
_SHORTEST_KEY = 40


def run_verify_audit(given: argparse.Namespace) -> int:
    return verify_audit(output=given.format)


def verify_audit(*, output: str) -> int:
    """Print what the whole trail says. 0 when sound, 1 when something does not fit."""
    outcome = verify()
    if output == "json":
        findings = [asdict(finding) for finding in outcome.findings]
        answer = {
            "sound": outcome.is_sound,
            "entries": outcome.entries,
            "rows": outcome.rows,
            "findings": findings,
        }
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return 0 if outcome.is_sound else 1
    print(f"監査記録 {outcome.entries:,}件と、記録 {outcome.rows:,}件を確かめました。")
    for finding in outcome.findings:
        print(f"  ・{finding.what}")
    if outcome.is_sound:
        print("すべてつながっています。プログラムを通さない書き換えは、見つかりませんでした。")
    else:
        print(f"{len(outcome.findings)}件、合わないところがあります。")
    return 0 if outcome.is_sound else 1


@dataclass(frozen=True)
class Symptom:
    """What one look found. level: "ok", "note" (good to know) or "mend" (must be put right)."""

    level: str
    subject: str
    words: str


_SIGNS = {"ok": "○", "note": "△", "mend": "×"}


def run_doctor(given: argparse.Namespace) -> int:
    """Look at everything. 1 when something must be mended."""
    found = list(examine())
    if given.format == "json":
        print(json.dumps([asdict(symptom) for symptom in found], ensure_ascii=False, indent=2))
    else:
        for symptom in found:
            print(f"{_SIGNS[symptom.level]} {symptom.subject}：{symptom.words}")
        mend = sum(symptom.level == "mend" for symptom in found)
        print(f"\n直していただきたいところが{mend}件あります。" if mend else "\n直すところはありません。")
    return 1 if any(symptom.level == "mend" for symptom in found) else 0


def examine() -> Iterator[Symptom]:
    yield _secret_key()
    yield _data_directory()
    yield _space()
    database = _database()
    yield database
    if database.level != "mend":
        yield _tables()
        yield _worker()
        yield _demo()
    yield _mail()
    yield _address()
    yield _font()


def _secret_key() -> Symptom:
    key = settings.SECRET_KEY
    if len(key) < _SHORTEST_KEY or len(set(key)) < 5:
        return Symptom(
            "mend",
            "秘密の鍵",
            f"SECRET_KEY が短すぎます。{_SHORTEST_KEY}文字以上の、推測できない文字列にしてください。",
        )
    return Symptom("ok", "秘密の鍵", "十分な長さがあります。")


def _data_directory() -> Symptom:
    place = settings.DATA_DIR
    try:
        place.mkdir(parents=True, exist_ok=True)
        probe = place / ".write-probe"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        return Symptom(
            "mend",
            "データの置き場",
            f"{place} に書き込めません（{error.strerror}）。BANSOU_DATA_DIR か、権限を直してください。",
        )
    return Symptom("ok", "データの置き場", f"{place} に書き込めます。")


def _space() -> Symptom:
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        return Symptom("note", "空き容量", "調べられませんでした。")
    words = f"残り {free / 1_000_000_000:.1f} GB です。"
    return Symptom("mend" if free < _LITTLE_SPACE else "ok", "空き容量", words)


def _database() -> Symptom:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Symptom(
            "mend", "データベース", f"つながりません（{error}）。DATABASE_URL を確かめてください。"
        )
    kind = "内蔵の SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    return Symptom("ok", "データベース", f"{kind} につながります。")


def _tables() -> Symptom:
    pending = pending_migrations()
    if pending:
        return Symptom(
            "mend",
            "表",
            f"この版に合っていません（{len(pending)}件）。「bansou migrate」を実行してください。",
        )
    return Symptom("ok", "表", "この版に合っています。")


def _worker() -> Symptom:
    seen = _or_none(last_sign_of_life)
    if seen is None or timezone.now() - seen > _WORKER_SILENCE:
        return Symptom(
            "note", "裏方の仕事", "動いていないようです。「bansou run」か「bansou worker」で動きます。"
        )
    return Symptom("ok", "裏方の仕事", "動いています。")


def _demo() -> Symptom:
    if not _or_none(is_loaded):
        return Symptom("ok", "デモデータ", "デモのアカウントはありません。")
    if not is_loopback(settings.BASE_URL):
        return Symptom(
            "mend",
            "デモデータ",
            "だれでも知っている合言葉のデモ用アカウントが、外から開ける場所にあります。新しいデータベースで始めてください。",
        )
    return Symptom(
        "note", "デモデータ", "架空のデモデータが入っています。本番には、新しいデータベースを使ってください。"
    )


def _or_none(ask: Callable[[], _Answer]) -> _Answer | None:
    try:
        return ask()
    except DatabaseError:
        return None


def _mail() -> Symptom:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return Symptom("ok", "メール", f"{settings.EMAIL_HOST} から送ります。")
    return Symptom(
        "note",
        "メール",
        "送信サーバーが未設定のため、端末に表示するだけです。送るときは EMAIL_HOST を設定してください。",
    )


def _address() -> Symptom:
    if settings.HTTPS:
        return Symptom("ok", "住所", f"{settings.BASE_URL}（暗号化され、クッキーも守られます）。")
    if is_loopback(settings.BASE_URL):
        return Symptom("ok", "住所", f"{settings.BASE_URL}（この機械の中だけで開けます）。")
    return Symptom(
        "mend",
        "住所",
        f"{settings.BASE_URL} は暗号化されていません。前に https の中継を置き、"
        f"BANSOU_BASE_URL を https://{urlparse(settings.BASE_URL).hostname} にしてください。",
    )


def _font() -> Symptom:
    if list((Path(documents.__file__).parent / "fonts").glob("*.ttf")):
        return Symptom("ok", "印刷の文字", "日本語の書体があります。")
    return Symptom("mend", "印刷の文字", "日本語の書体が見つかりません。Bansō を入れ直してください。")
