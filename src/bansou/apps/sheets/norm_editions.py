"""Which norms a sheet is scored with: the shipped editions, and those an office or the 事務局 loaded."""

import csv
import io
from dataclasses import replace
from functools import lru_cache

from django.db import IntegrityError, transaction

from bansou.apps.audit.operations import PLATFORM, Verb, record
from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.access import Actor
from bansou.domain.locaben import Edition, Norms, shipped_editions, shipped_norms
from bansou.domain.locaben.norms_reading import read_norms
from bansou.domain.shared import Refusal

from .models import NormEdition

OWN = "own-"
NORMS_LOADED = Verb("norms_loaded", "業種基準値を読み込みました")


def editions_for(organisation_id: int) -> list[Edition]:
    """What an office may choose from, the newest first."""
    loaded = NormEdition.objects.used_in([organisation_id])
    editions = [*shipped_editions(), *map(_edition, loaded)]
    return sorted(editions, key=lambda edition: edition.dated, reverse=True)


def norms_named(code: str, organisation_id: int) -> Norms | None:
    """The norms of an edition, shipped, the house's or this office's own; None when nobody has it."""
    if code in {edition.code for edition in shipped_editions()}:
        return shipped_norms(code)
    loaded = NormEdition.objects.used_in([organisation_id]).filter(code=code)
    key = loaded.values_list("public_id", flat=True).first()
    return _parsed(key) if key else None


@lru_cache(maxsize=16)
def _parsed(key: str) -> Norms:
    # An edition is never rewritten, so its identifier stands for its content.
    loaded = NormEdition.objects.get(public_id=key)
    return read_norms(csv.DictReader(io.StringIO(loaded.rows)), _edition(loaded))


def _edition(loaded: NormEdition) -> Edition:
    return Edition(
        code=loaded.code,
        label=loaded.label,
        source=loaded.source,
        dated=loaded.dated,
        official=loaded.official,
        provenance=loaded.provenance,
    )


@transaction.atomic
def load_norms(
    *, actor: Actor, organisation: SupportOrganisation | None, norms: Norms, official: bool = False
) -> NormEdition:
    """Keep a validated edition, for one office or (None) for all. An edition is never overwritten.

    `official` is the 事務局's word alone; what an office loads for itself is its own norm (domain §7, 6), and
    its code says so: an office's edition never stands in for one of the house.
    """
    own = "" if organisation is None or norms.edition.code.startswith(OWN) else OWN
    edition = replace(
        norms.edition, code=own + norms.edition.code, official=official and organisation is None
    )
    taken = Refusal(
        "edition_exists",
        "この記号の版は、すでにあります。版は上書きできません。別の記号をつけてください。",
        "code",
    )
    if edition.code in {shipped.code for shipped in shipped_editions()}:
        raise taken
    if organisation is None and edition.code.startswith(OWN):
        raise Refusal("reserved_code", f"「{OWN}」で始まる記号は、各機関の独自の基準に使います。", "code")
    try:
        with transaction.atomic():
            loaded = NormEdition.objects.create(
                organisation=organisation,
                code=edition.code,
                label=edition.label,
                source=edition.source,
                dated=edition.dated,
                official=edition.official,
                provenance=edition.provenance,
                rows=write_norms(Norms(edition, dict(norms))),
                loaded_by_id=actor.account_key,
            )
    except IntegrityError as error:
        raise taken from error
    record(
        actor=actor,
        verb=NORMS_LOADED,
        subject=loaded,
        organisation_id=organisation.public_id if organisation else PLATFORM,
        changes={"版": ("", edition.label)},
    )
    return loaded


def write_norms(norms: Norms) -> str:
    """The CSV of an edition, as `read_norms` takes it."""
    rows = [dict(row) for row in norms.as_rows()]
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()
