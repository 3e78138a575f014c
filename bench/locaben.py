"""How fast many firms are scored, beside LibreOffice recalculating the same formulas, in one run.

    .venv/bin/python -m bench.locaben [--firms 3400000] [--sheet-firms 1000]

Prints a table, and the same figures as JSON. Whatever it writes is in a temporary folder.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl
from bench.locaben_sheet import differences, write_sheet

from bansou.domain.locaben import INDUSTRIES, shipped_norms
from bansou.domain.locaben.many import FIGURE_COLUMNS, score
from bansou.domain.locaben.written_firms import REQUIRED_COLUMNS, read_firms

_BATCH = 200_000
_SCORED_IN_MEMORY = 1_000_000
_REPEATS = 3
# Typical size of each figure in 千円, and the share of firms in which it is below zero or blank.
_TYPICAL = {
    "sales": (150_000, 0, 0.005), "previous_sales": (150_000, 0, 0.02),
    "operating_profit": (6_000, 0.3, 0.005), "depreciation": (4_000, 0, 0.01), "cash": (25_000, 0, 0.005),
    "notes_receivable": (2_000, 0, 0.03), "accounts_receivable": (18_000, 0, 0.005),
    "inventory": (9_000, 0, 0.01), "borrowings": (60_000, 0, 0.005), "notes_payable": (2_000, 0, 0.03),
    "accounts_payable": (12_000, 0, 0.005), "net_assets": (30_000, 0.25, 0.005),
    "total_assets": (120_000, 0, 0.005), "employees": (12, 0, 0.01),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--firms", type=int, default=3_400_000)
    parser.add_argument("--sheet-firms", type=int, default=1_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        figures = {
            "setting": setting(given.firms),
            "scoring": measure_scoring(min(given.firms, _SCORED_IN_MEMORY)),
            "csv_to_csv": measure_csv(given.firms, Path(place)),
            "libreoffice": measure_libreoffice(given.sheet_firms, Path(place)),
        }
    print(as_table(figures))
    print(json.dumps(figures, ensure_ascii=False, indent=2))


def setting(firms: int) -> dict[str, object]:
    return {
        "firms": firms,
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "polars": pl.__version__,
        "edition": shipped_norms().edition.code,
    }


# --- firms ------------------------------------------------------------------------------------------------


def made_firms(start: int, stop: int) -> pl.DataFrame:
    """Fictional firms of every industry and size; the same numbers give the same firms."""
    numbers = pl.select(pl.int_range(start, stop).alias("n"))
    sizes = pl.Series(["medium", "small", "auto"])
    return numbers.select(
        pl.format("F{}", pl.col("n")).alias("firm_id"),
        pl.lit(pl.Series(sorted(INDUSTRIES))).gather(_dice(1, len(INDUSTRIES))).alias("industry_code"),
        pl.lit(sizes).gather(_dice(2, len(sizes))).alias("size"),
        pl.lit("2026-03-31").alias("fiscal_year_end"),
        *(_figure(name, place) for place, name in enumerate(_TYPICAL)),
    ).select(REQUIRED_COLUMNS)


def _dice(seed: int, sides: int) -> pl.Expr:
    return (pl.col("n").hash(seed) % sides).cast(pl.Int64)


def _figure(name: str, place: int) -> pl.Expr:
    typical, below_zero, blank = _TYPICAL[name]
    seed = 10 * (place + 1)
    # From a twentieth of the typical figure to twenty times as much, small ones more often.
    spread = 400.0 ** (_dice(seed, 1_000_000) / 1e6) / 20
    amount = (typical * spread).round().cast(pl.Int64)
    signed = pl.when(_dice(seed + 1, 1_000) < below_zero * 1_000).then(-amount).otherwise(amount)
    # Whoever has neither employees nor capital can have no size proposed.
    known = (_dice(seed + 2, 1_000) >= blank * 1_000) | ((name == "employees") & (_dice(2, 3) == 2))
    return pl.when(known).then(signed).alias(name)


# --- measurements -----------------------------------------------------------------------------------------


def measure_scoring(firms: int) -> dict[str, float]:
    """Values, points, grades and notes of firms that are already numbers in memory."""
    norms = shipped_norms()
    batches = [
        made_firms(start, min(start + _BATCH, firms)).with_columns(pl.col(FIGURE_COLUMNS).cast(pl.Float64))
        for start in range(0, firms, _BATCH)
    ]
    score(batches[0], norms)
    took, used = [], []
    for _ in range(_REPEATS):
        began, used_before = time.perf_counter(), time.process_time()
        for batch in batches:
            score(batch, norms)
        took.append(time.perf_counter() - began)
        used.append(time.process_time() - used_before)
    return {
        "firms": firms,
        "firms_per_second_median": round(firms / statistics.median(took)),
        "firms_per_second_best": round(firms / min(took)),
        "processor_seconds": round(statistics.median(used), 2),
    }


def measure_csv(firms: int, place: Path) -> dict[str, float]:
    """`bansou locaben score` in a process of its own, from its start to its end."""
    given, target = place / "firms.csv", place / "scores.csv"
    with given.open("wb") as stream:
        for start in range(0, firms, _BATCH):
            made_firms(start, min(start + _BATCH, firms)).write_csv(stream, include_header=start == 0)
    command = [sys.executable, "-m", "bansou.cli", "locaben", "score", str(given), "-o", str(target)]
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    _, ended, used = os.wait4(child.pid, 0)
    took = time.perf_counter() - began
    if os.waitstatus_to_exitcode(ended):
        raise SystemExit("bansou locaben score did not end well.")
    written = sum(block.count(b"\n") for block in iter_blocks(target)) - 1
    if written != firms:
        raise SystemExit(f"{written} of {firms} firms were written.")
    return {
        "firms": firms,
        "seconds": round(took, 2),
        "firms_per_second": round(firms / took),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 2),
        "peak_mib": round(used.ru_maxrss / 1024),
        "csv_mib": round(given.stat().st_size / 2**20),
    }


def iter_blocks(path: Path):
    with path.open("rb") as stream:
        yield from iter(lambda: stream.read(2**24), b"")


def measure_libreoffice(firms: int, place: Path) -> dict[str, object]:
    """A sheet with the same formulas, opened, calculated and saved; and the same with a single firm."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return {"skipped": "LibreOffice is not installed here."}
    table = made_firms(0, firms)
    norms = shipped_norms()
    write_sheet(table, norms, place / "sheet.xlsx")
    write_sheet(table.head(1), norms, place / "single.xlsx")
    seconds = {name: [] for name in ("single", "sheet")}
    _recalculate(program, place / "single.xlsx", place)  # its first start makes a profile
    for _ in range(_REPEATS):
        for name, took in seconds.items():
            took.append(_recalculate(program, place / f"{name}.xlsx", place))
    read = read_firms(table, industries=INDUSTRIES).firms
    ours = score(read, norms)
    began = time.perf_counter()
    score(read, norms)
    ours_took = time.perf_counter() - began
    sheet, single = (statistics.median(seconds[name]) for name in ("sheet", "single"))
    # A difference within the noise of the machine says nothing.
    calculating = sheet - single if sheet > 1.1 * single else None
    return {
        "firms": firms,
        "seconds": round(sheet, 2),
        "seconds_single_firm": round(single, 2),
        "firms_per_second": round(firms / sheet),
        "firms_per_second_without_start": round(firms / calculating) if calculating else None,
        "differences": differences(place / "recalculated" / "sheet.xlsx", ours),
        "seconds_of_ours_in_memory": round(ours_took, 4),
    }


def _recalculate(program: str, sheet: Path, place: Path) -> float:
    """The sheet carries no results, so opening it means calculating every formula."""
    command = [
        program, "--headless", f"-env:UserInstallation={(place / 'profile').as_uri()}",
        "--convert-to", "xlsx", "--outdir", str(place / "recalculated"), str(sheet),
    ]  # fmt: skip
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, timeout=600)  # noqa: S603 - our own words
    return time.perf_counter() - began


def as_table(figures: dict[str, dict[str, object]]) -> str:
    scoring, csv, office = figures["scoring"], figures["csv_to_csv"], figures["libreoffice"]
    rows = [
        ("", "firms", "seconds", "firms/s", "peak MiB"),
        ("scoring in memory", scoring["firms"], "", scoring["firms_per_second_median"], ""),
        ("CSV to CSV", csv["firms"], csv["seconds"], csv["firms_per_second"], csv["peak_mib"]),
    ]
    if "skipped" not in office:
        rows += [
            ("LibreOffice, sheet", office["firms"], office["seconds"], office["firms_per_second"], ""),
            ("  … less its start", office["firms"], "", office["firms_per_second_without_start"] or "–", ""),
        ]
    lines = [
        f"{name:<22}"
        + "".join(f"{f'{value:,}' if isinstance(value, int) else value:>14}" for value in values)
        for name, *values in rows
    ]
    if "skipped" in office:
        lines.append(str(office["skipped"]))
    else:
        lines.append(f"values that differ between LibreOffice and us: {office['differences']}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
