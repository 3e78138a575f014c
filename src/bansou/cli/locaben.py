"""`bansou locaben …`: what the command line accepts. The work stands in a module that needs polars."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_HELP = """\
一行に一社・一期の表から、六つの指標、点数、総合評価を計算します。金額は千円です。空欄は「わからない」で、
ゼロとはみなしません。列の順は自由で、知らない列は読みとばします。

必要な列: firm_id, industry_code, size (medium・small・auto), fiscal_year_end, sales, previous_sales,
  operating_profit, depreciation, employees, cash, notes_receivable, accounts_receivable, inventory,
  borrowings, notes_payable, accounts_payable, net_assets, total_assets
あれば使う列: capital（size が auto で、従業員数が空欄のとき）
  auto は従業員数、それが空欄なら資本金で規模を決めます。どちらも空欄なら中規模とし、notes に
  size_assumed_medium と書きます。

読めない値は、行と列をすべて画面（標準エラー出力）と OUTPUT.errors.csv に並べ、その行を除いて書き出します。
終わりの番号は、すべて読めたとき 0、読めない値があったときや断ったとき 2 です。
"""


def add_commands(subparsers: "_Commands") -> None:
    """Add `locaben score` to the `bansou` command."""
    parser = subparsers.add_parser("locaben", help="ローカルベンチマークを計算します")
    kinds = parser.add_subparsers(title="すること", metavar="すること", required=True)
    score = kinds.add_parser(
        "score",
        help="たくさんの事業者の六つの指標をまとめて採点します",
        description=_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    score.add_argument(
        "input", type=Path, metavar="INPUT", help="CSV（UTF-8・Shift_JIS）、xlsx、Parquet のファイル"
    )
    score.add_argument("-o", "--output", type=Path, required=True, help="書き出す先（.csv・.xlsx・.parquet）")
    score.add_argument("--edition", metavar="版", help="基準値の版（既定は 2022）")
    score.add_argument(
        "--norms",
        type=Path,
        metavar="FILE",
        help="自分で用意した基準値の表（CSV・xlsx）。ロカベンの公式の基準値としては扱いません",
    )
    score.set_defaults(run="locaben_scoring:run", needs_django=False)
