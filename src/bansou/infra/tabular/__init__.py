"""Reading and writing the tables of an office: CSV and xlsx."""

from __future__ import annotations

from bansou.infra.tabular.csv_reading import read_csv
from bansou.infra.tabular.table import Row, Table, refusal
from bansou.infra.tabular.writing import write_csv, write_xlsx
from bansou.infra.tabular.xlsx_guard import STRINGS_PART, refuse_unsafe_xlsx
from bansou.infra.tabular.xlsx_reading import Sheet, read_xlsx, read_xlsx_sheets

__all__ = [
    "MAX_BYTES",
    "STRINGS_PART",
    "Row",
    "Sheet",
    "Table",
    "read_cells",
    "read_table",
    "read_xlsx_sheets",
    "refuse_unsafe_xlsx",
    "write_csv",
    "write_xlsx",
]

MAX_BYTES = 50 * 1024 * 1024

_OTHER_KINDS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "画像"),
    (b"\xff\xd8\xff", "画像"),
    (b"GIF8", "画像"),
    (b"{\\rtf", "リッチテキスト"),
    (b"\x1f\x8b", "圧縮ファイル"),
)


def read_cells(content: bytes, filename: str, *, max_rows: int = 20_000) -> list[Sheet]:
    """Every sheet of an xlsx, hidden ones too, or the one table of a CSV, as cells without a heading.

    Raises ``Refusal`` as ``read_table``; ``max_rows`` counts for each sheet.
    """
    if content.startswith(b"PK\x03\x04"):
        _refuse_large(content)
        return read_xlsx_sheets(content, max_rows)
    table = read_table(content, filename, max_rows=max_rows)
    return [Sheet(filename, [table.headers, *(row.cells for row in table.rows)], is_visible=True)]


def read_table(content: bytes, filename: str, *, max_rows: int = 200_000) -> Table:
    """Read CSV (UTF-8, UTF-16, CP932; comma, tab, semicolon) or xlsx (first visible sheet with content).

    The content decides which, not the name. Raises ``Refusal`` (field ``"file"``) in Japanese: empty, too
    large, too long, broken (naming the line where it can), or no table at all.
    """
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise refusal("table_empty", "ファイルが空です。中身のあるファイルをお選びください。")
    _refuse_large(content)
    refuse_other_kinds(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return read_xlsx(content, max_rows)
    if filename.lower().endswith((".xlsx", ".xlsm")):
        raise refusal(
            "table_broken", "Excel ファイルが壊れているようです。Excel で開いて保存し直してください。"
        )
    return read_csv(content, max_rows)


def _refuse_large(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise refusal("table_too_large", "ファイルが大きすぎます。50MBまでのファイルを読み込めます。")


def refuse_other_kinds(head: bytes) -> None:
    """Raise ``Refusal`` when the first bytes show a kind of file that is no table we read."""
    kind = next((name for magic, name in _OTHER_KINDS if head.startswith(magic)), None)
    if kind is not None:
        raise refusal(
            "table_wrong_kind",
            f"このファイルの中身は{kind}のようです。CSV か .xlsx のファイルをお選びください。",
        )
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise refusal(
            "table_wrong_kind",
            "古い形式(.xls)か、パスワード付きの Excel ファイルです。"
            "パスワードを外した .xlsx で保存し直してください。",
        )
