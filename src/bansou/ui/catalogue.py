"""What the catalogue page shows: made-up content for every component."""

import datetime
from typing import Any

from django import forms

from bansou.ui.catalogue_pictures import pictures_context
from bansou.ui.forms import BaseForm
from bansou.ui.items import Definition, Link, StepItem
from bansou.ui.pictures.journey import BackArc, Journey, Mark, Point, Weight
from bansou.ui.versions import compare

STATIONS = ("接する前", "双方の理解", "信頼関係", "気づき・腹落ち", "内発的動機づけ", "課題解決", "自走化")
WHEN = ("2025年9月", "10月", "10月〜", "2026年2月〜", "いま", "", "")
STATES = ("past", "past", "past", "past", "current", "future", "future")
NUMBERS = "①②③④⑤⑥⑦"


class SampleForm(BaseForm, forms.Form):
    """One field of every shape."""

    title = forms.CharField(label="題名", help_text="あとで探すときの手がかりになります。")
    held_on = forms.DateField(label="日付")
    minutes = forms.IntegerField(label="話した時間", required=False)
    place = forms.ChoiceField(
        label="場所",
        choices=[
            ("", "選んでください"),
            ("visit", "訪問"),
            ("desk", "窓口"),
            ("phone", "電話"),
            ("online", "オンライン"),
        ],
    )
    weather = forms.ChoiceField(
        label="話しやすさ",
        choices=[("good", "話しやすかった"), ("fair", "どちらともいえない"), ("poor", "話しにくかった")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="話に出たこと",
        required=False,
        choices=[("people", "人"), ("craft", "技"), ("money", "お金"), ("future", "これから")],
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label="相手のことば", widget=forms.Textarea, help_text="言い換えずに、そのまま書きます。"
    )
    ready = forms.ChoiceField(
        label="自分のこととして話している",
        choices=[
            ("met", "○ 満たしている"),
            ("partly", "△ 一部満たしている"),
            ("not_met", "× 満たしていない"),
        ],
        widget=forms.RadioSelect,
    )
    shared = forms.BooleanField(label="相手に見せてよい", required=False)
    paper = forms.FileField(label="ファイル", required=False, help_text="10MBまで。")


class VersionForm(BaseForm, forms.Form):
    summary = forms.CharField(label="要約", widget=forms.Textarea)
    next_on = forms.DateField(label="次に会う日")
    topics = SampleForm.base_fields["topics"]


def sample_journey() -> Journey:
    return Journey(
        points=[
            Point(f"{number} {label}", when, state)
            for number, label, when, state in zip(NUMBERS, STATIONS, WHEN, STATES, strict=True)
        ],
        title="歩みの図",
        weights=[Weight(0, 0.2, 0.6), Weight(2, 0.35, 0.5), Weight(3, 0.6, 0.35), Weight(4, 0.85, 0.2)],
        marks=[Mark(3.4, "気づき 6月18日"), Mark(3.75, "はじめて自分から動いた 7月2日")],
        back_arcs=[BackArc(3, 2, "5月 いったん③へ(不安を聴く)")],
        note="線の太さ=その月に自分から動いた行動の割合。",
    )


def sample_form() -> SampleForm:
    return SampleForm(
        {
            "title": "",
            "held_on": "2026-11-19",
            "minutes": "たくさん",
            "words": "朝の段取りを、自分たちで決めたい。",
            "ready": "met",
        }
    )


def sample_versions() -> list[Any]:
    typed = {
        "summary": "朝の打ち合わせを20日続けた。\n次は段取り表。",
        "next_on": "2026-12-03",
        "topics": ["people", "craft"],
    }
    form = VersionForm(typed)
    stored = {
        "summary": "朝の打ち合わせが続いている。",
        "next_on": datetime.date(2026, 12, 3),
        "topics": ["people", "future"],
    }
    return compare(form, stored)


def catalogue_context() -> dict[str, Any]:
    return {
        "navigation": [
            Link("今日", "#"),
            Link("部品", "#", current=True),
            Link("事例・ノウハウ", "#"),
            Link("相談", "#"),
        ],
        "search_url": "#",
        "search_label": "ことばでさがす",
        "account_menu": {
            "name": "佐野 恵",
            "organisation": "川辺事務所",
            "items": [Link("設定", "#"), Link("ログアウト", "#")],
        },
        "crumbs": [Link("一覧", "#"), Link("部品の見本")],
        "pages": [
            Link("概要", "#", current=True),
            Link("記録", "#", count=14),
            Link("数字", "#"),
            Link("関わる人", "#"),
        ],
        "filters": [
            Link("すべて", "#", current=True),
            Link("対話", "#"),
            Link("気づき", "#"),
            Link("行動", "#"),
        ],
        "definitions": [
            Definition("業種", "金属製品製造業"),
            Definition("人数", "18名"),
            Definition("電話", ""),
            Definition("はじまり", "2025年9月"),
        ],
        "steps": [
            StepItem(
                label, number, state, "#" if state == "past" else "", "2月から" if state == "current" else ""
            )
            for number, label, state in zip(range(1, 8), STATIONS, STATES, strict=True)
        ],
        "journey": sample_journey(),
        "form": sample_form(),
        "blank": SampleForm(auto_id="blank_%s"),
        "versions": sample_versions(),
        "trend": [512, 530, 521, 580, 612],
        "happened_on": datetime.date(2026, 11, 19),
        **pictures_context(),
    }
