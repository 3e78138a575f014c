"""The sheet to take away: the workbook, and the A4 one can hold a talk over.

Neither carries the words of dialogues: only what stands in the boxes, and who wrote it.
"""

from collections.abc import Mapping
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bansou.apps.audit.operations import log_reading
from bansou.apps.engagements.models import Engagement
from bansou.apps.engagements.policies import access_engagement
from bansou.apps.sheets.models import LocalBenchmark
from bansou.apps.sheets.reading import boxes_of, sheet_of
from bansou.apps.sheets.workbook import content_of, write_workbook
from bansou.domain.access import Actor, Capability
from bansou.domain.locaben import BOXES, FIGURE_LABELS, INDUSTRIES, Assessment, Indicator, Part, RuleMark
from bansou.domain.locaben.record import BoxText
from bansou.domain.locaben.words import card_words
from bansou.infra.documents import Drawing, render_pdf
from bansou.infra.http import ActorRequest
from bansou.ui.pictures.chain import chain_svg
from bansou.ui.pictures.flow import flow_svg
from bansou.ui.pictures.radar import radar_svg

from .account_fields import year_name
from .finance_pictures import radar_of
from .scores import Result, result_of
from .word_pictures import chain_picture, flow_picture

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_YEARS, _PAPER_WIDTH, _SHORT, _FEW_BLANKS = 5, 760, 8, 2
_TALK = "点数は話のきっかけです。会社の成績ではありません。"


@require_safe
def xlsx(request: ActorRequest, engagement_id: str) -> HttpResponse:
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    today = timezone.localdate()
    content = write_workbook(content_of(sheet_of(engagement), made_on=today))
    _note_taking_out(request.actor, engagement, "ローカルベンチマークのExcel")
    return _download(content, _XLSX, f"{_title(engagement)}_{today:%Y%m%d}.xlsx")


@require_safe
def pdf(request: ActorRequest, engagement_id: str) -> HttpResponse:
    """Pages for the talk, three or more; `?sheet=1` is the first alone. `?year=` as on the result page."""
    engagement = access_engagement(request.actor, engagement_id, Capability.CONDUCT_ENGAGEMENT)
    sheet, today = sheet_of(engagement), timezone.localdate()
    content: dict[str, object] = {
        "business": engagement.business.name,
        "head": f"{engagement.organisation.name}・{_day(today)} 印刷",
        "foot": f"取扱注意・印刷した人 {request.actor.label}",
        **_finance(sheet, result_of(sheet, request.GET.get("year", ""))),
        "words": None if request.GET.get("sheet") == "1" else _words(engagement, boxes_of(sheet)),
    }
    _note_taking_out(request.actor, engagement, "ローカルベンチマークのPDF")
    name = f"{_title(engagement)}_{today:%Y%m%d}.pdf"
    return _download(render_pdf("web/sheets/documents/locaben.typ", content), "application/pdf", name)


def _note_taking_out(actor: Actor, engagement: Engagement, what: str) -> None:
    """A file leaves the house: a line in the reading log, whoever takes it."""
    office = engagement.organisation.public_id
    log_reading(actor=actor, subject=engagement.business, organisation_id=office, what=what)


# --- the first page -----------------------------------------------------------------------------------------


def _finance(sheet: LocalBenchmark, found: Result) -> dict[str, object]:
    assessment, figures = found.assessment, found.figures
    end = figures.fiscal_year_end if figures else None
    industry = INDUSTRIES.get(sheet.industry_code)
    edition = assessment.edition if assessment else None
    basis = [
        ["決算期", f"{year_name(end)}（{_day(end)}まで）" if end else "まだ入っていません"],
        ["業種", f"{industry.code} {industry.label}" if industry else "まだ選んでいません"],
        ["規模", sheet.firm_size.label if sheet.firm_size else "まだ選んでいません"],
        ["基準", edition.norms_name if edition else found.problem or "業種と規模を選ぶと決まります"],
    ]
    return {
        "basis": basis,
        "caution": edition.caution if edition else "",
        "source": f"{edition.source}。{edition.provenance}" if edition else "",
        "radar": Drawing(radar_svg(radar_of(assessment))) if assessment else None,
        "radar_about": radar_of(assessment).description if assessment else "",
        "score": _score(assessment),
        "talk": _TALK,
        "rows": _rows(assessment),
        "course": _course(found),
        "notes": _notes(assessment),
        "missing": _what_is_missing(sheet, found),
    }


def _what_is_missing(sheet: LocalBenchmark, found: Result) -> str:
    if not found.years:
        return "決算の数字が、まだ入っていません。"
    if found.assessment is None:
        return found.problem or "業種と規模を選ぶと、指標と点数が出ます。"
    return ""


def _score(assessment: Assessment | None) -> dict[str, str]:
    if assessment is None:
        return {}
    if not _has_points(assessment):
        return {"total": "", "grade": "", "words": "点の付いた指標がまだないので、点数は出しません。"}
    if assessment.total is None:
        lacking = "・".join(one.label for one in assessment.lacking)
        words = f"{lacking}に点が付かないため、合計と総合評価は出しません。"
        return {"total": f"{assessment.partial_total}点", "grade": "参考", "words": words}
    grade = f"総合評価 {assessment.official_grade}" if assessment.official_grade else ""
    return {"total": f"{assessment.total}点", "grade": grade, "words": "30点満点"}


def _has_points(assessment: Assessment) -> bool:
    return any(result.points is not None for result in assessment.results.values())


def _notes(assessment: Assessment | None) -> list[str]:
    """The sentences below the figures; many blanks are said in one."""
    if assessment is None:
        return []
    blank = [note for note in assessment.notes if note.blank_figure]
    if len(blank) <= _FEW_BLANKS:
        return [note.sentence for note in assessment.notes]
    said = [note.sentence for note in assessment.notes if not note.blank_figure]
    labels = "・".join(FIGURE_LABELS[note.blank_figure] for note in blank)
    rule = "これらを使う指標は計算できません。空欄をゼロとはみなしません。"
    return [*said, f"{labels}が未入力です。{rule}（{RuleMark.OUR_RULE.label}）"]


def _rows(assessment: Assessment | None) -> list[dict[str, object]]:
    if assessment is None:
        return []
    return [
        {
            "label": f"{indicator.sign}{indicator.label}",
            "formula": f"{indicator.category}・{indicator.formula}",
            "value": result.shown + ("（参考値）" if result.for_reference else ""),
            "median": result.median_shown,
            "points": result.points or 0,
            "points_words": "点なし" if result.points is None else f"{result.points}点",
            "question": card_words(result).question,
        }
        for indicator, result in assessment.results.items()
    ]


def _course(found: Result) -> dict[str, object] | None:
    """The newest five years; a year scored by another edition says so in its heading."""
    shown = [one for one in found.assessments if one.fiscal_year_end][-_YEARS:]
    if len(shown) < 2:
        return None
    return {
        "heads": ["指標", *(year_name(one.fiscal_year_end) for one in shown if one.fiscal_year_end)],
        "editions": sorted({one.edition.label for one in shown}),
        "rows": [
            [f"{one.sign}{one.label}", *(_value_and_points(year, one) for year in shown)] for one in Indicator
        ],
        "totals": [
            "合計（評価）" if any(year.official_grade for year in shown) else "合計",
            *(_total(year) for year in shown),
        ],
    }


def _value_and_points(assessment: Assessment, indicator: Indicator) -> str:
    result = assessment.results[indicator]
    points = "点なし" if result.points is None else f"{result.points}点"
    # What is long goes below, so that a narrow column holds five years.
    return f"{result.shown}\n{points}" if len(result.shown) > _SHORT else f"{result.shown}　{points}"


def _total(assessment: Assessment) -> str:
    if not _has_points(assessment):
        return "―"
    if assessment.total is None:
        return f"参考 {assessment.partial_total}点"
    grade = f"（{assessment.official_grade}）" if assessment.official_grade else ""
    return f"{assessment.total}点{grade}"


# --- the words ----------------------------------------------------------------------------------------------


def _words(engagement: Engagement, texts: Mapping[str, BoxText]) -> dict[str, object]:
    words = {key: box.text for key, box in texts.items()}
    flow, chain = flow_picture(words), chain_picture(words, engagement.business.name)
    drawn_flow = flow_svg(flow, identifier="flow-paper", width=_PAPER_WIDTH) if flow else ""
    drawn_chain = chain_svg(chain, identifier="chain-paper", width=_PAPER_WIDTH) if chain else ""
    return {
        "flow": Drawing(drawn_flow) if flow else None,
        "flow_about": flow.description if flow else "",
        "flow_head": list(flow.head) if flow else [],
        "flow_rows": _in_full(drawn_flow, flow.rows) if flow else [],
        "chain": Drawing(drawn_chain) if chain else None,
        "chain_about": chain.description if chain else "",
        "chain_head": list(chain.head) if chain else [],
        "chain_rows": _in_full(drawn_chain, chain.rows) if chain else [],
        "products": [
            [box.label, words[box.key]]
            for box in BOXES
            if box.key in ("flow.products", "flow.customer_value") and box.key in words
        ],
        "views": _views(texts),
        "summary": [
            {"label": box.label, "text": words.get(box.key, ""), "by": _by(texts.get(box.key))}
            for box in BOXES
            if box.part is Part.SUMMARY
        ],
    }


def _in_full(drawing: str, rows: list[tuple[str, ...]]) -> list[list[str]]:
    """Every word as a table where the picture had to shorten some; else the picture says it all."""
    written = sum(cell.count("…") for row in rows for cell in row)
    # The description inside the drawing repeats the words once.
    return [list(row) for row in rows] if drawing.count("…") > 2 * written else []


def _views(texts: Mapping[str, BoxText]) -> list[dict[str, object]]:
    views: dict[str, list[dict[str, str]]] = {}
    for box in BOXES:
        if box.part is Part.VIEWS:
            written = texts.get(box.key)
            line = {"label": box.label, "text": written.text if written else "", "by": _by(written)}
            views.setdefault(box.heading, []).append(line)
    return [{"heading": heading, "boxes": boxes} for heading, boxes in views.items()]


def _by(box: BoxText | None) -> str:
    return box.side_label if box else ""


# --- the file -----------------------------------------------------------------------------------------------


def _title(engagement: Engagement) -> str:
    return f"ローカルベンチマーク_{engagement.business.name}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _download(content: bytes, kind: str, title: str) -> HttpResponse:
    name = "".join("_" if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in title)
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
