"""The `bansou` command: what can be said, and where it is done.

A command names its function as "module:function" below `bansou.cli`; the module is imported only when the
command runs, so that those that need no Django start at once and the others may import models freely.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bansou.cli import bench, imports, locaben
from bansou.cli.streams import mend_streams, silence

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


# As in OrganisationKind, which cannot be asked without Django.
_KINDS = (
    "society_of_commerce（商工会）、chamber_of_commerce（商工会議所）、federation（中小企業団体中央会）、"
    "yorozu（よろず支援拠点）、bureau（経済産業局）、smrj（中小企業基盤整備機構）、financial（金融機関）、"
    "guarantee（信用保証協会）、professional（士業）、local_government（地方公共団体）、"
    "foundation（公益財団法人等）、secretariat（事務局・推進室）"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. The answer is its exit status: 0 done, 1 something was found or refused, 2 misuse."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bansou.config.settings")
    mend_streams()
    try:
        given = build_parser().parse_args(arguments)
    except BrokenPipeError:
        # Nobody reads what was wrong with the words; they were wrong all the same.
        silence(sys.stderr)
        return 2
    if hasattr(given, "port"):
        # The settings derive the address of the house from these, here and in the processes we start.
        os.environ["BANSOU_HOST"], os.environ["BANSOU_PORT"] = given.host, str(given.port)
    if getattr(given, "needs_django", True):
        import django

        django.setup()
    try:
        ended = int(_function(given.run)(given) or 0)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read along (`| head`) has gone; nothing is wrong.
        silence(sys.stdout)
        silence(sys.stderr)
        return 0
    return ended


def _function(where: str | Callable[[argparse.Namespace], int | None]) -> Callable[..., int | None]:
    if callable(where):
        return where
    module, _, name = where.partition(":")
    found: Callable[..., int | None] = getattr(import_module(f"bansou.cli.{module}"), name)
    return found


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bansou",
        description="Bansō（伴走）— 経営力再構築伴走支援の仕事場",
        epilog="くわしい使い方は「bansou コマンド --help」でご覧ください。",
    )
    commands = parser.add_subparsers(title="コマンド", metavar="コマンド", required=True)
    _add_running(commands)
    _add_founding(commands)
    _add_keeping(commands)
    _add_checking(commands)
    _add_method(commands)
    bench.add_commands(commands)
    imports.add_commands(commands)
    locaben.add_commands(commands)
    return parser


def _add(
    commands: "_Commands", name: str, run: str, words: str, *, needs_django: bool = True
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(run=run, needs_django=needs_django)
    return parser


def _add_running(commands: "_Commands") -> None:
    run = _add(commands, "run", "serving:run", "準備から起動まで、まとめて行います（make run）")
    serve = _add(commands, "serve", "serving:serve", "画面のサーバーだけを動かします")
    for parser in (run, serve):
        parser.add_argument(
            "--host",
            default=os.environ.get("BANSOU_HOST", "127.0.0.1"),
            help="待ち受ける住所（既定は %(default)s）",
        )
        parser.add_argument(
            "--port",
            type=int,
            default=int(os.environ.get("BANSOU_PORT", "8000")),
            help="待ち受けるポート（既定は %(default)s）",
        )
        parser.add_argument(
            "--workers", type=int, help="画面のサーバーの数（既定は SQLite で1、PostgreSQL で2〜4）"
        )
    worker = _add(commands, "worker", "working:work", "裏方の仕事（メール送信や片づけ）だけを動かします")
    worker.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)


def _add_founding(commands: "_Commands") -> None:
    words = "支援機関を登録し、その管理者を招待するリンクを表示します"
    found = _add(commands, "found", "founding:run", words)
    found.add_argument("--name", required=True, metavar="名称", help="機関の名称")
    found.add_argument("--kind", required=True, metavar="種別", help=f"機関の種別。{_KINDS} のどれか")
    found.add_argument(
        "--administrator", required=True, metavar="EMAIL", help="管理者になる人のメールアドレス"
    )
    found.add_argument("--person", default="", metavar="氏名", help="管理者になる人の氏名")


def _add_keeping(commands: "_Commands") -> None:
    _add(commands, "migrate", "tables:run_migrate", "データベースの表を、この版に合わせます")
    _add(commands, "demo", "demo.command:run", "架空のデモデータを、空のデータベースに入れます")
    backup = _add(commands, "backup", "safekeeping:run_backup", "データベースの控えをとります")
    backup.add_argument("directory", type=Path, metavar="DIR", help="控えを置くフォルダー")
    restore = _add(commands, "restore", "safekeeping:run_restore", "控えからデータベースを元に戻します")
    restore.add_argument("file", type=Path, metavar="FILE", help="控えのファイル")
    restore.add_argument(
        "--replace",
        action="store_true",
        help="いま入っている記録を置き換えます（置き換える前に控えをとります）",
    )
    # Its --help belongs to Django.
    manage = commands.add_parser("manage", help="Django の管理コマンドを実行します", add_help=False)
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    manage.set_defaults(run="tables:run_manage", needs_django=False)


def _add_checking(commands: "_Commands") -> None:
    verify = _add(
        commands,
        "verify-audit",
        "checking:run_verify_audit",
        "監査記録と、記録そのものが書き換えられていないかを確かめます",
    )
    doctor = _add(commands, "doctor", "checking:run_doctor", "設定や環境の具合を調べて、直し方を説明します")
    for parser in (verify, doctor):
        _add_format(parser)


def _add_method(commands: "_Commands") -> None:
    parser = commands.add_parser("method", help="手引きの内容（ステップ・チェックリスト・壁）を表示します")
    parts = parser.add_subparsers(title="内容", metavar="内容", required=True)
    for name, words in (
        ("steps", "七つのステップの目的、望ましいこと、避けること、問いかけ"),
        ("checklist", "初期的チェックリストの五つの項目"),
        ("walls", "自己変革を妨げる五つの壁"),
    ):
        part = _add(parts, name, "method:show", words, needs_django=False)
        part.set_defaults(part=name)
        _add_format(part)


def _add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=["text", "json"], default="text", help="出力の形（既定は text）")
