"""Which questions a page asks the database, kept beside the test, so that one more is seen in a review.

A snapshot has one line per query: the verb and the tables, the same on every database.
`pytest --update-snapshots` writes them anew.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

_TABLES = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"')
_HOUSEKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA", "SET ")


def lines(captured: CaptureQueriesContext) -> list[str]:
    """Return one line per query without values, such as ``SELECT businesses_business, businesses_site``."""
    # PostgreSQL puts the parts of a union into brackets.
    asked = [query["sql"].lstrip("(") for query in captured.captured_queries]
    return [
        f"{sql.split(maxsplit=1)[0]} {', '.join(dict.fromkeys(_TABLES.findall(sql)))}".strip()
        for sql in asked
        if not sql.startswith(_HOUSEKEEPING)
    ]


@contextmanager
def at_most(count: int) -> Iterator[None]:
    """Fail when more than ``count`` queries run inside; transactions do not count."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = lines(captured)
    if len(asked) > count:
        listed = "\n  ".join(f"{number}. {line}" for number, line in enumerate(asked, start=1))
        raise AssertionError(f"{len(asked)} queries, at most {count} allowed:\n  {listed}")


def keeper(test_file: Path, test_name: str, *, update: bool) -> Callable[..., object]:
    """Return a context manager that compares the queries inside with ``snapshots/<file>/<test>.txt``."""
    folder = test_file.parent / "snapshots" / test_file.stem

    @contextmanager
    def query_snapshot(part: str = "") -> Iterator[None]:
        kept = folder / (re.sub(r"[^\w-]+", "-", test_name + (f"-{part}" if part else "")) + ".txt")
        with CaptureQueriesContext(connection) as captured:
            yield
        seen = "".join(f"{line}\n" for line in lines(captured))
        if update:
            folder.mkdir(parents=True, exist_ok=True)
            kept.write_text(seen, encoding="utf-8")
        if not kept.exists():
            raise AssertionError(
                f"No snapshot {kept.name} yet: look at it after pytest --update-snapshots\n{seen}"
            )
        assert seen == kept.read_text(encoding="utf-8"), f"The queries differ from {kept}"

    return query_snapshot
