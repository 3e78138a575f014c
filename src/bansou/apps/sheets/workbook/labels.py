"""Whether the labels still stand beside the named cells.

Excel and LibreOffice move the names along with the rows; other programs put a row in between and leave the
names where they were. Then every name points at its neighbour, and only the labels show it.
"""

import unicodedata
from collections.abc import Iterator, Mapping

from bansou.domain.locaben import FIGURE_FIELDS
from bansou.domain.locaben.boxes import BOXES, Box, Part

from .cells import NamedCells, Place
from .places import box_name, row_name

_SETTINGS = {
    "set__industry": "業種（ロカベンの小分類）",
    "set__size": "事業規模",
    "set__size_reason": "規模の決め方",
    "set__unit": "金額の単位",
    "set__edition": "基準の版の記号",
}
_ROWS = {
    "fiscal_year_end": "決算日",
    "months": "決算期間",
    **{field.key: field.label for field in FIGURE_FIELDS},
}
_SEVERAL = 2  # wrong labels from which on a sheet counts as moved


def missed_labels(cells: NamedCells) -> Mapping[str, str]:
    """Name of a cell that cannot be trusted → the label that should stand with it.

    With several wrong labels on a sheet, all that lies below the first is in doubt: rows of equal labels
    may have come to lie on one another.
    """
    missed = {
        name: label
        for name, label, found in _looked_up(cells)
        if not any(_is_label(text, label) for text in found)
    }
    wrong: dict[str, list[int]] = {}
    for name in missed:
        wrong.setdefault(cells.places[name].sheet, []).append(cells.places[name].row)
    for name, label, _found in _looked_up(cells):
        place = cells.places[name]
        rows = set(wrong.get(place.sheet, ()))
        if len(rows) >= _SEVERAL and place.row >= min(rows):
            missed.setdefault(name, label)
    return missed


def is_form_label(text: str) -> bool:
    """Words of the form itself, which nobody writes into a box."""
    return _plain(text) in _ALL


def _looked_up(cells: NamedCells) -> Iterator[tuple[str, str, list[str]]]:
    """Name, the label looked for, and the texts among which it should be."""
    for key, label in _ROWS.items():
        if place := cells.places.get(row_name(key)):
            yield row_name(key), label, [_text(cells, place)]
    for name, label in _SETTINGS.items():
        if place := cells.places.get(name):
            yield name, label, _left_of(cells, place)
    yield from _looked_up_boxes(cells)


def _looked_up_boxes(cells: NamedCells) -> Iterator[tuple[str, str, list[str]]]:
    for one in BOXES:
        name = box_name(one.key)
        if place := cells.places.get(name):
            if label := _row_label(one):
                yield name, label, _left_of(cells, place)
            if head := _head(one):
                yield name, head, _above(cells, cells.places.get(_top_of(one), place))


def _row_label(box: Box) -> str:
    """What stands at the left of a box; "" for the one that spans many rows."""
    if box.part is Part.SUMMARY:
        return box.part.label
    parts = box.key.split(".")
    if parts[:2] == ["chain", "own"]:
        return ""
    return f"{parts[2]}　{box.label}" if parts[0] == "chain" and parts[-1] == "name" else box.label


def _head(box: Box) -> str:
    """What stands above the column of a box; "" where boxes have the width of the page."""
    if box.part is Part.SUMMARY or box.key == "chain.own.strength":
        return box.label
    if box.key.split(".")[-1] in ("products", "customer_value"):
        return ""
    return box.heading.rstrip("1234") if box.part in (Part.FLOW, Part.CHAIN) else ""


def _top_of(box: Box) -> str:
    """The name of the uppermost box in the column of this one."""
    kind, *between, _field = box.key.split(".")
    if kind == "flow":
        return box_name(f"flow.{between[0]}.name")
    return box_name(f"chain.{between[0]}.1.name" if len(between) > 1 else box.key)


def _left_of(cells: NamedCells, place: Place) -> list[str]:
    return [_text(cells, place.moved(column=column)) for column in range(1, place.column)]


def _above(cells: NamedCells, place: Place) -> list[str]:
    """The nearest text above."""
    for row in range(place.row - 1, 0, -1):
        if text := _text(cells, place.moved(row=row)):
            return [text]
    return []


def _text(cells: NamedCells, place: Place) -> str:
    value = cells.at(place).value
    return value if isinstance(value, str) else ""


def _is_label(text: str, label: str) -> bool:
    """The label, or the label with something somebody added to it."""
    found, wanted = _plain(text), _plain(label)
    return found == wanted or (found.startswith(wanted) and found not in _ALL)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


_ALL = frozenset(
    _plain(words)
    for words in (
        *_SETTINGS.values(),
        *_ROWS.values(),
        *(field.group for field in FIGURE_FIELDS),
        *(words for one in BOXES for words in (one.label, one.full_label, one.heading, _row_label(one))),
        *(part.label for part in Part),
        "書いた人と日",
    )
    if words
)
