"""`bansou import …`: what the command line accepts. The work stands in modules that may need Django."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_commands(subparsers: "_Commands") -> None:
    """Add `import` with its kinds of lists to the `bansou` command."""
    parser = subparsers.add_parser("import", help="手もとの一覧表を取り込みます")
    kinds = parser.add_subparsers(title="一覧表の種類", metavar="種類", required=True)
    words = "事業者の一覧表（CSV・xlsx）を取り込みます"
    businesses = kinds.add_parser("businesses", help=words, description=words)
    businesses.add_argument(
        "file", type=Path, metavar="FILE", help="CSV（UTF-8・Shift_JIS）か xlsx のファイル"
    )
    businesses.add_argument(
        "--organisation", required=True, metavar="NAME_OR_ID", help="取り込み先の支援機関（名称か公開番号）"
    )
    businesses.add_argument("--dry-run", action="store_true", help="件数だけを確かめ、取り込みません")
    businesses.add_argument("--skip-bad", action="store_true", help="読み取れない行を除いて取り込みます")
    businesses.add_argument(
        "--map",
        action="append",
        default=[],
        dest="mapping",
        metavar="見出し=項目",
        help="列の意味（例: 会社=name）。「見出し=」で取り込まない列にします。何度でも指定できます",
    )
    businesses.add_argument(
        "--capital-unit",
        choices=["円", "千円", "万円", "百万円"],
        help="資本金の数字の単位（見出しに書いてあれば不要です）",
    )
    businesses.add_argument(
        "--errors",
        type=Path,
        metavar="CSV",
        help="取り込まない行を書き出す先（既定は FILE と同じ場所の .errors.csv）",
    )
    businesses.set_defaults(run="business_lists:run", needs_django=True)
