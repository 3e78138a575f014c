"""Which column and which accounts of a layout make which figure, as a person confirmed it."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from typing import Any

from bansou.domain.locaben.accounting.vocabulary import Sign
from bansou.domain.locaben.figures import FIGURE_LABELS

_VERSION = 1
# A pair 「借方残高」「貸方残高」 read as one column: what stands on the credit side counts negative.
BALANCE_PAIR = "借方残高－貸方残高"


@dataclass(frozen=True)
class MappingEntry:
    """Every line of this account enters ``key`` with ``sign``. ``account`` as the file prints it."""

    account: str
    key: str
    sign: Sign = Sign.PLUS


@dataclass(frozen=True)
class Mapping:
    """``stock_column`` for balances, ``flow_columns`` (added up) for sales and costs; ``ignored``: accounts
    a person decided to leave out. Kept once per layout (``signature``) and organisation."""

    signature: str
    stock_column: str | None
    flow_columns: tuple[str, ...]
    entries: tuple[MappingEntry, ...]
    ignored: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "version": _VERSION,
            "signature": self.signature,
            "stock_column": self.stock_column,
            "flow_columns": list(self.flow_columns),
            "entries": [
                {"account": entry.account, "key": entry.key, "sign": entry.sign.value}
                for entry in self.entries
            ],
            "ignored": list(self.ignored),
        }

    @classmethod
    def from_json(cls, kept: object) -> Mapping:
        """Reads what was stored; parts that are missing or of another shape are left out, never an error."""
        stored = kept if isinstance(kept, MappingOf) else {}
        signature, stock = stored.get("signature"), stored.get("stock_column")
        return cls(
            signature=signature if isinstance(signature, str) else "",
            stock_column=stock if isinstance(stock, str) else None,
            flow_columns=_texts(stored.get("flow_columns")),
            entries=tuple(entry for each in _items(stored.get("entries")) if (entry := _entry(each))),
            ignored=_texts(stored.get("ignored")),
        )


def _items(kept: object) -> list[object]:
    return list(kept) if isinstance(kept, list | tuple) else []


def _texts(kept: object) -> tuple[str, ...]:
    return tuple(each for each in _items(kept) if isinstance(each, str))


def _entry(kept: object) -> MappingEntry | None:
    if not isinstance(kept, MappingOf):
        return None
    account, key, sign = kept.get("account"), kept.get("key"), kept.get("sign", Sign.PLUS.value)
    if not isinstance(account, str) or key not in FIGURE_LABELS or sign not in list(Sign):
        return None
    return MappingEntry(account, str(key), Sign(str(sign)))
