"""`bansou method …`: the method's content for a person or a program. Needs neither Django nor a database."""

import argparse
import json

from bansou.domain.method import as_text, checklist_catalogue, steps_catalogue, walls_catalogue

_CATALOGUES = {"steps": steps_catalogue, "checklist": checklist_catalogue, "walls": walls_catalogue}


def show(given: argparse.Namespace) -> int:
    catalogue = _CATALOGUES[given.part]()
    if given.format == "json":
        print(json.dumps(catalogue, ensure_ascii=False, indent=2))
    else:
        print(as_text(catalogue), end="")
    return 0
