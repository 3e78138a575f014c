"""`bansou bench`: make an office of any size, and measure the pages people live in. Never part of a test."""

import argparse
import json
import sys


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    bench = subparsers.add_parser("bench", help="計測用のデータを作り、画面の速さを測る")
    kinds = bench.add_subparsers(dest="bench_command", required=True)
    generate = kinds.add_parser("generate", help="計測用の機関と事業者を作る")
    generate.add_argument("--businesses", type=int, required=True, metavar="N", help="事業者の数")
    generate.add_argument("--dialogues", type=int, default=6, metavar="N", help="一事業者あたりの対話の数")
    generate.set_defaults(run=run_generate, needs_django=True)
    measure = kinds.add_parser("run", help="おもな画面の速さを測る")
    measure.add_argument("--format", choices=["text", "json"], default="text", help="結果の形")
    measure.add_argument("--requests", type=int, default=120, metavar="N", help="一つの画面に送る要求の数")
    measure.set_defaults(run=run_measure, needs_django=True)


def run_generate(options: argparse.Namespace) -> int:
    from bansou.cli.tables import bring_up_to_date

    from .generate import generate

    bring_up_to_date()
    made = generate(businesses=options.businesses, dialogues_each=options.dialogues)
    print(f"事業者 {made.businesses:,}・対話 {made.dialogues:,}・支援者 {made.advisers:,} を作りました。")
    return 0


def run_measure(options: argparse.Namespace) -> int:
    from bansou.cli.serving import collect_static_files

    from .measure import measure
    from .report import as_text

    collect_static_files()
    figures = measure(requests=options.requests)
    if options.format == "json":
        json.dump(figures, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        print(as_text(figures))
    return 0
