"""`bansou import businesses FILE`: an office's own list, from the command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bansou.apps.businesses.importing import ListPlan, unread_cells
from bansou.apps.businesses.list_columns import JOINED, Columns, ListColumn
from bansou.apps.businesses.operations import left_out_file, plan_content, read_columns, take_rows
from bansou.apps.organisations.models import SupportOrganisation
from bansou.domain.access import Actor
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit

_SHOWN = 10


def run(given: argparse.Namespace) -> int:
    """0: done (or a dry run without bad rows); 1: refused, or bad rows were found."""
    try:
        return _take(given)
    except Refusal as refusal:
        print(refusal.message, file=sys.stderr)
    except OSError as error:
        print(f"ファイルを読み書きできません: {error.filename}（{error.strerror}）", file=sys.stderr)
    return 1


def _take(given: argparse.Namespace) -> int:
    organisation = _organisation(given.organisation)
    content = given.file.read_bytes()
    headers, guessed = read_columns(organisation=organisation, filename=given.file.name, content=content)
    columns = _as_told(headers, guessed, given.mapping, given.capital_unit)
    _show_columns(headers, columns)
    plan = plan_content(organisation=organisation, filename=given.file.name, content=content, columns=columns)
    _show(plan)
    if not given.dry_run:
        stopped = bool(plan.bad) and not given.skip_bad
        if not stopped:
            _register(organisation, plan, given.skip_bad)
        else:
            print("読み取れない行があるため、まだ何も取り込んでいません。", file=sys.stderr)
            print("表を直すか、--skip-bad をつけて良い行だけを取り込んでください。", file=sys.stderr)
    _write_left_out(plan, given.errors or given.file.with_suffix(".errors.csv"))
    return 1 if plan.bad and not given.skip_bad else 0


def _register(organisation: SupportOrganisation, plan: ListPlan, skip_bad: bool) -> None:
    taken = take_rows(
        actor=Actor.program("bansou import businesses"),
        organisation=organisation,
        plan=plan,
        without_bad=skip_bad,
    )
    print(f"{organisation.name}に{len(taken):,}件を取り込みました。")


def _organisation(name_or_id: str) -> SupportOrganisation:
    found = list(
        SupportOrganisation.objects.filter(public_id=name_or_id)
        or SupportOrganisation.objects.filter(name=name_or_id)
    )
    if len(found) == 1:
        return found[0]
    if found:
        shown = "、".join(organisation.public_id for organisation in found)
        raise Refusal(
            "organisation_ambiguous",
            f"「{name_or_id}」が{len(found)}つあります。公開番号で指定してください: {shown}",
        )
    names = "、".join(SupportOrganisation.objects.order_by("pk").values_list("name", flat=True)[:_SHOWN])
    known = f"登録されている機関: {names}" if names else "支援機関がまだ登録されていません。"
    raise Refusal("organisation_unknown", f"「{name_or_id}」という支援機関が見つかりません。{known}")


def _as_told(headers: Sequence[str], guessed: Columns, mapping: Sequence[str], unit: str | None) -> Columns:
    """The guess with what the person said over it."""
    meanings = list(guessed.meanings) + [None] * (len(headers) - len(guessed.meanings))
    by_word = {name: column for column in ListColumn for name in (column.value, column.label)}
    for told in mapping:
        header, equals, word = told.rpartition("=")
        if not equals or header not in headers:
            raise Refusal("unknown_header", f"--map {told}: この表に「{header}」という見出しはありません。")
        if word and word not in by_word:
            names = "、".join(f"{column.value}（{column.label}）" for column in ListColumn)
            raise Refusal(
                "unknown_column", f"--map {told}: 「{word}」という項目はありません。使える項目: {names}"
            )
        meaning = by_word.get(word)
        if meaning not in JOINED:
            # What a person says takes the place of a guess elsewhere.
            meanings = [None if old is meaning else old for old in meanings]
        meanings[list(headers).index(header)] = meaning
    units = {known.label: known for known in YenUnit}
    return Columns(tuple(meanings), units[unit] if unit else guessed.unit)


def _show_columns(headers: Sequence[str], columns: Columns) -> None:
    print("列の対応:")
    for header, meaning in zip(headers, columns.meanings, strict=False):
        shown = meaning.label if meaning else "（取り込まない）"
        if meaning is ListColumn.CAPITAL:
            shown += f"（数字だけのときは{columns.unit.label}）"
        print(f"  {header} → {shown}")


def _show(plan: ListPlan) -> None:
    counts = {"新しい事業者": plan.new, "重複の可能性": plan.duplicates, "読み取れない行": plan.bad}
    print(" / ".join(f"{title} {len(rows):,}件" for title, rows in counts.items()))
    for title, rows in (("重複の可能性（取り込みません）", plan.duplicates), ("読み取れない行", plan.bad)):
        for row in rows[:_SHOWN]:
            print(f"  {title} {row.line}行目 {row.why_left_out}")
        if len(rows) > _SHOWN:
            print(f"  …ほか{len(rows) - _SHOWN:,}行")
    unread = unread_cells(plan.new)
    for line, name, heading, value in unread[:_SHOWN]:
        print(f"  読めなかった欄（空欄にします） {line}行目 {name} {heading}「{value}」")
    if len(unread) > _SHOWN:
        print(f"  …ほか{len(unread) - _SHOWN:,}か所")


def _write_left_out(plan: ListPlan, path: Path) -> None:
    """What went in is not in this file: new rows are those that were, or would be, taken."""
    content = left_out_file(plan=plan)
    if content:
        path.write_bytes(content)
        print(f"取り込まない行と理由を {path} に書き出しました。直して、もう一度取り込めます。")
