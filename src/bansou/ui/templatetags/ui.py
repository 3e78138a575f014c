"""Template tags of the design system: `{% load ui %}`.

Every tag returns escaped markup without inline styles or handlers. Extra keyword arguments become
attributes, underscores as hyphens (`hx_get="/x"` → `hx-get="/x"`). All tags can be kept with `as name`.
"""

import datetime
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from bansou.ui import controls
from bansou.ui.icons import icon_svg
from bansou.ui.items import Definition, Link, StepItem, as_items
from bansou.ui.versions import VersionRow

register = template.Library()


def _attributes(given: dict[str, Any]) -> SafeString:
    return flatatt({name.replace("_", "-"): value for name, value in given.items() if value is not None})


def _component(name: str, /, **context: Any) -> SafeString:
    return render_to_string(f"ui/components/{name}.html", context)


# Actions ---------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    return icon_svg(name)


@register.simple_tag
def button(label: str, kind: str = "primary", icon: str = "", **attrs: Any) -> SafeString:
    """A `<button>`; kind: primary (one per page), secondary, quiet, danger."""
    return _component(
        "button", label=label, kind=kind, icon=icon, attrs=_attributes({"type": "submit", **attrs})
    )


@register.simple_tag
def link_button(label: str, url: str, kind: str = "secondary", icon: str = "", **attrs: Any) -> SafeString:
    """A link that looks like a button, for going somewhere."""
    return _component("link_button", label=label, url=url, kind=kind, icon=icon, attrs=_attributes(attrs))


@register.simple_block_tag
def actions(content: str) -> SafeString:
    """The row of buttons at the end of a form."""
    return _component("actions", content=content)


@register.simple_block_tag
def confirm(content: str, label: str, kind: str = "secondary", heading: str = "") -> SafeString:
    """A weighty act without a dialog: the first press opens the explanation and the real button."""
    return _component("confirm", content=content, label=label, kind=kind, heading=heading)


# Surfaces --------------------------------------------------------------------------------------


@register.simple_block_tag
def card(
    content: str,
    heading: str = "",
    tone: str = "",
    aside: str = "",
    level: int = 2,
    id: str = "",
    **attrs: Any,
) -> SafeString:
    """A section on white ground; tone "leader" wears the warm line, `aside` stands right of the heading."""
    return _component(
        "card",
        content=content,
        heading=heading,
        tone=tone,
        aside=aside,
        tag=f"h{int(level)}",
        id=id,
        attrs=_attributes(attrs),
    )


@register.simple_tag
def chip(label: str, tone: str = "") -> SafeString:
    """A short fact. tone: "", action, good, leader, caution, danger, quiet."""
    return _component("chip", label=label, tone=tone)


@register.simple_block_tag
def quote(content: str, cite: str = "", url: str = "") -> SafeString:
    """A person's own words on warm ground, who and when below."""
    return _component("quote", content=content, cite=cite, url=url)


@register.simple_block_tag
def turn(content: str, speaker: str, time: str = "", side: str = "") -> SafeString:
    """One turn of a conversation. side: leader, adviser, or "" as long as nobody has said who it is."""
    return _component("turn", content=content, speaker=speaker, time=time, side=side)


@register.simple_block_tag
def private(content: str, label: str, heading: str = "") -> SafeString:
    """A dashed, hatched frame with a lock; `label` says whose eyes it is for."""
    return _component("private", content=content, label=label, heading=heading)


@register.simple_block_tag
def notice(content: str, kind: str = "info", heading: str = "") -> SafeString:
    """A message in the page. kind: info, success, warning, error; said by icon and word as well."""
    return _component("notice", content=content, kind=kind, heading=heading, kind_label=NOTICE_LABELS[kind])


NOTICE_LABELS = {"info": "お知らせ", "success": "完了", "warning": "ご注意", "error": "エラー"}


@register.filter
def notice_kind(level: str) -> str:
    """The notice that fits a message level; "debug" counts as info."""
    return level if level in NOTICE_LABELS else "info"


@register.simple_block_tag
def disclosure(content: str, summary: str, open: bool = False) -> SafeString:
    """Detail that waits behind one line."""
    return _component("disclosure", content=content, summary=summary, open=open)


@register.simple_block_tag
def empty_state(content: str, heading: str, url: str = "", label: str = "") -> SafeString:
    """Nothing here yet: says what to do next, and offers it."""
    return _component("empty_state", content=content, heading=heading, url=url, label=label)


# Ways through ----------------------------------------------------------------------------------


@register.simple_tag
def breadcrumb(items: Any) -> SafeString:
    """Links from the top to here; the last one is the page itself."""
    return _component("breadcrumb", items=as_items(Link, items))


@register.simple_tag
def tabs(items: Any, label: str = "表示の切り替え") -> SafeString:
    """Neighbouring pages of one subject, as links."""
    return _component("tabs", items=as_items(Link, items), label=label)


@register.simple_tag
def filter_links(items: Any, label: str = "絞り込み") -> SafeString:
    """Small filter links for the corner of a card."""
    return _component("filter_links", items=as_items(Link, items), label=label)


@register.simple_tag
def pagination(
    previous_url: str = "", next_url: str = "", summary: str = "", label: str = "ページ送り"
) -> SafeString:
    """Keyset pagination: before and after, no page numbers. Renders nothing when there is neither."""
    return _component(
        "pagination", previous_url=previous_url, next_url=next_url, summary=summary, label=label
    )


@register.simple_tag
def step_list(items: Any, label: str = "ステップ") -> SafeString:
    """Stations from top to bottom with past, current and future."""
    return _component("step_list", items=as_items(StepItem, items), label=label)


# Records ---------------------------------------------------------------------------------------


@register.simple_block_tag
def table(content: str, caption: str, show_caption: bool = False) -> SafeString:
    """Wraps `<thead>` and `<tbody>`; cells carry `data-label` so that rows become cards on a phone."""
    return _component("table", content=content, caption=caption, show_caption=show_caption)


@register.simple_block_tag
def timeline(content: str, label: str = "時系列") -> SafeString:
    """An ordered list of `entry`."""
    return _component("timeline", content=content, label=label)


@register.simple_block_tag
def entry(
    content: str, date: Any, kind: str, heading: str = "", url: str = "", tone: str = "", level: int = 3
) -> SafeString:
    """One happening: `date` (a date or text), `kind` in words.

    tone: "", leader, insight, growth, quiet, private.
    """
    is_date = isinstance(date, datetime.date)
    return _component(
        "entry",
        content=content,
        date=date,
        is_date=is_date,
        kind=kind,
        heading=heading,
        url=url,
        tone=tone,
        tag=f"h{int(level)}",
    )


@register.simple_tag
def timeline_break(label: str) -> SafeString:
    """A year or month between entries."""
    return _component("timeline_break", label=label)


@register.simple_tag
def definitions(items: Any, columns: int = 1) -> SafeString:
    """Terms and values: pairs, mappings or `Definition`. An empty value shows a dash."""
    return _component("definitions", items=as_items(Definition, items), columns=columns)


@register.simple_block_tag
def stat(
    content: str, label: str, value: Any, unit: str = "", note: str = "", summary: str = "この数字の決め方"
) -> SafeString:
    """A figure with its definition (the content) behind one line."""
    return _component(
        "stat", content=content, label=label, value=value, unit=unit, note=note, summary=summary
    )


@register.simple_tag
def progress(label: str, value: float, maximum: float, text: str = "") -> SafeString:
    """How far along, with the words beside the bar."""
    shown = text or f"{maximum}のうち{value}"
    return _component("progress", label=label, value=value, maximum=maximum, text=shown)


@register.simple_block_tag
def people(content: str) -> SafeString:
    """A list of `person` rows."""
    return _component("people", content=content)


@register.simple_tag
def person(name: str, role: str = "", note: str = "", url: str = "") -> SafeString:
    """A person in one row, by name and role; no portrait."""
    return _component("person", name=name, role=role, note=note, url=url)


# Forms -----------------------------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def form(
    context: template.Context,
    content: str,
    action: str = "",
    method: str = "post",
    autosave: str = "",
    upload: bool = False,
    **attrs: Any,
) -> SafeString:
    """A form with CSRF token and guard; `autosave` is the URL that keeps drafts, `upload` allows files."""
    attributes: dict[str, Any] = {
        "method": method,
        "action": action or None,
        "data-autosave": autosave or None,
    }
    if upload:
        attributes["enctype"] = "multipart/form-data"
    if method == "post":
        attributes |= {"novalidate": True, "data-once": True}
    guard = context.get("form_guard", "")
    return _component(
        "form",
        content=content,
        posts=method == "post",
        csrf_token=context.get("csrf_token"),
        guard=guard() if callable(guard) else guard,
        attrs=_attributes({**attributes, **attrs}),
    )


@register.simple_tag
def autosave_status() -> SafeString:
    """Where an autosaving form says whether the draft is kept."""
    return _component("autosave_status")


@register.simple_tag
def field(
    bound: BoundField,
    hint: str = "",
    label: str = "",
    unit: str = "",
    width: str = "",
    columns: int = 1,
    **attrs: Any,
) -> SafeString:
    """Label, help, error and control. `width`: short, medium; `unit` follows the input, `attrs` reach it."""
    hint = hint or str(bound.help_text or "")
    shape = controls.shape(bound)
    attributes = {name.replace("_", "-"): value for name, value in attrs.items()}
    return _component(
        "field",
        field=bound,
        label=label or bound.label,
        hint=hint,
        unit=unit,
        width=width,
        columns=columns,
        shape=shape,
        choices=controls.choices(bound) if shape == "choices" else [],
        control="" if shape == "choices" else controls.control(bound, hint, attributes),
        described_by=controls.described_by(bound, hint),
    )


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """All fields of a form in order, hidden ones included."""
    return mark_safe("".join(str(bound) if bound.is_hidden else field(bound) for bound in form))  # noqa: S308


@register.simple_tag
def mark_choice(bound: BoundField, hint: str = "", label: str = "") -> SafeString:
    """A radio group as large cards; labels that begin with ○ △ × show the sign large."""
    hint = hint or str(bound.help_text or "")
    return _component(
        "mark_choice",
        field=bound,
        label=label or bound.label,
        hint=hint,
        choices=controls.choices(bound),
        described_by=controls.described_by(bound, hint),
    )


@register.simple_tag
def error_summary(*forms: "BaseForm | BaseFormSet[Any]") -> SafeString:
    """What needs attention, on top, each line a link to its field. Renders nothing without errors."""
    lines = [line for form in forms if form.is_bound for line in controls.summary_lines(form)]
    return _component("error_summary", lines=lines)


@register.simple_tag
def version_choice(
    rows: list[VersionRow],
    yours: str = "あなたの入力",
    theirs: str = "先に保存された内容",
    opened: str = "あなたが開いたときの内容",
) -> SafeString:
    """Two versions field by field, for `bansou.ui.versions.compare`; the choice posts as the form itself."""
    return _component("version_choice", rows=rows, yours=yours, theirs=theirs, opened=opened)
