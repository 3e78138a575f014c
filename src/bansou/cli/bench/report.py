"""The figures as a person reads them."""

from typing import Any

_NAMES = {
    "floor": "床（60行・問い合わせ1回）",
    "today": "今日",
    "business_list_filtered": "事業者一覧（絞り込み）",
    "karte": "カルテ",
    "search": "検索",
    "save_note": "メモの保存",
}


def as_text(figures: dict[str, Any]) -> str:
    setting = figures["setting"]
    lines = [
        f"事業者 {setting['businesses']:,}・対話 {setting['dialogues']:,}・{setting['database']}・"
        f"Python {setting['python']}・{setting['cores']}コア・1ワーカー（測る側も同じ機械）",
        f"{'画面':　<16}{'問い合わせ':>6}{'1人 p50/p95':>16}{'4人 p50/p95':>18}{'床との比':>8}",
    ]
    for name, row in figures["pages"].items():
        one, four = row["clients"]["1"], row["clients"]["4"]
        queries = "-" if row["queries"] is None else str(row["queries"])
        lines.append(
            f"{_NAMES[name]:　<16}{queries:>8}{one['p50_ms']:>10}/{one['p95_ms']:<8}"
            f"{four['p50_ms']:>10}/{four['p95_ms']:<8}{row['times_floor']:>8}"
        )
    lines.append(f"ワーカー1つの記憶量: {figures['memory_mib_per_worker']} MiB")
    return "\n".join(lines)
