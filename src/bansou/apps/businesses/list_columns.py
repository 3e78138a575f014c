"""What the columns of an office's own list mean, guessed from its headings and confirmed by a person.

Pure: text in, plain values out.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bansou.domain.japanese import normalise, search_key
from bansou.domain.method.labelled import LabelledEnum
from bansou.domain.shared import Refusal
from bansou.domain.shared.written_figures import YenUnit


class ListColumn(LabelledEnum):
    """What a column of an office's list can mean."""

    NAME = "name", "事業者名"
    KANA = "kana", "ふりがな"
    LEADER = "leader", "代表者の氏名"
    LEADER_TITLE = "leader_title", "代表者の役職"
    CORPORATE_NUMBER = "corporate_number", "法人番号"
    LEGAL_FORM = "legal_form", "法人・個人"
    PHONE = "phone", "電話番号"
    EMAIL = "email", "メールアドレス"
    PREFECTURE = "prefecture", "都道府県"
    ADDRESS = "address", "所在地"
    INDUSTRY = "industry", "業種"
    INDUSTRY_DETAIL = "industry_detail", "業種のくわしい内容"
    CAPITAL = "capital_yen", "資本金"
    HEADCOUNT = "headcount", "従業員数"
    SIZE = "size", "規模"
    CLOSING_MONTH = "closing_month", "決算月"
    FOUNDED_YEAR = "founded_year", "創業年"
    MEMO = "memo", "覚え書き"


# Several columns of a list may flow into these, in the order they stand, with this between them.
JOINED: Mapping[ListColumn, str] = {
    ListColumn.ADDRESS: "",
    ListColumn.INDUSTRY_DETAIL: "・",
    ListColumn.MEMO: "\n",
}
# Columns we add to the file of rows left out; a mended file is read like the first one.
LEFT_OUT_HEADERS = ("元の行", "取り込まなかった理由")

# What offices write above such a column, as far as we know; a column may take several lines.
_HEADINGS = """
name 事業者名 事業所名 会社名 企業名 法人名 商号 屋号 名称 社名 会員名 事業者 会社 取引先名 商号又は名称
name 会員名屋号 会員名又は屋号 屋号会員名 事業者名称 事業所名称 法人名称 貴社名 氏名又は名称 商号屋号
kana ふりがな カナ 読み よみがな 読み仮名
leader 代表者 代表者名 代表者氏名 代表者の氏名 代表 代表名 代表取締役 社長 社長名 経営者 経営者名
leader 事業主 事業主名
leader_title 代表者役職 代表者役職名 代表者の役職 役職 役職名 肩書 代表者肩書
corporate_number 法人番号 法人no 法人マイナンバー 13桁法人番号 法人番号13桁
legal_form 法人個人 法人個人区分 法人個人の別 法人個人別 個人法人 個人法人区分
legal_form 組織形態 経営形態 組織 法人格 事業形態
phone 電話番号 電話 tel telno tel番号 代表電話 代表電話番号 連絡先電話番号 固定電話 連絡先
email メールアドレス メール email eメール mail 電子メール mailアドレス
prefecture 都道府県 都道府県名 県名 都道府県コード 県
address 所在地 住所 住所1 住所2 住所3 所在地1 所在地2 本店所在地 本社所在地 会社住所 本社住所 事業所住所
address 事業所所在地 市区町村 市町村 市区町村名 番地 町名番地 建物名 ビル名
industry 業種 業種名 業種コード 業種大分類 大分類 業種分類 業種区分 主業種 産業分類
industry 産業大分類 日本標準産業分類
industry_detail 業種のくわしい内容 業種詳細 業種細目 業種中分類 業種小分類 中分類 小分類 細分類 事業内容
industry_detail 主な事業内容 営業種目 営業内容 主な事業 主要事業 取扱品目
capital_yen 資本金 資本金額 出資金 資本金出資金 資本金の額
headcount 従業員数 従業員 社員数 常時使用従業員数 常時使用する従業員数
headcount 常用従業員数 常用従業員 従業者数 職員数 人数
size 規模 企業規模 事業者規模 規模区分 事業規模
closing_month 決算月 決算期 決算 決算月日 決算日
founded_year 創業年 創業 創業年月 創業年月日 設立 設立年 設立年月 設立年月日 設立日 開業年 開業年月日
memo 覚え書き 備考 メモ 摘要 特記事項 コメント 備考欄 備考1 備考2
"""
_UNIT_TAIL = re.compile(r"(?:単位)?(?:百万円|千円|万円|円|人|名)$")


def _heading_key(header: str) -> str:
    return re.sub(r"\W|_", "", search_key(header))


def _known_headings() -> dict[str, ListColumn]:
    known: dict[str, ListColumn] = {}
    for code, *words in (line.split() for line in _HEADINGS.strip().splitlines()):
        known |= {_heading_key(word): ListColumn(code) for word in words}
    names = [key for key, column in known.items() if column is ListColumn.NAME]
    readings = [key for key, column in known.items() if column is ListColumn.KANA]
    return known | {name + reading: ListColumn.KANA for name in names for reading in readings}


_MEANINGS = _known_headings()
_VALUE_LIKE = re.compile(r"[0-9]{4,}|[0-9]{2,4}-[0-9]{2,4}-[0-9]{3,4}|[㈱㈲]|株式会社|有限会社|@")


@dataclass(frozen=True)
class Columns:
    """What each column means (``None``: left out), and what a bare amount of capital counts in."""

    meanings: tuple[ListColumn | None, ...]
    unit: YenUnit = YenUnit.YEN

    def as_json(self) -> dict[str, Any]:
        return {"meanings": [meaning or "" for meaning in self.meanings], "unit": int(self.unit)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Columns":
        return cls(tuple(ListColumn(m) if m else None for m in kept["meanings"]), YenUnit(kept["unit"]))


def layout_of(headers: Sequence[str]) -> str:
    """One value for one row of headings, whatever their width; our own added columns do not count."""
    own = {search_key(header) for header in LEFT_OUT_HEADERS}
    keys = [key for header in headers if (key := search_key(header)) not in own]
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def guess_columns(headers: Sequence[str]) -> Columns:
    """What the headings say by themselves; each meaning once, except those that are joined."""
    meanings: list[ListColumn | None] = []
    unit = YenUnit.YEN
    for header in headers:
        meaning = _meaning(header)
        if meaning in meanings and meaning not in JOINED:
            meaning = None
        if meaning is ListColumn.CAPITAL:
            unit = YenUnit.named_in(header) or unit
        meanings.append(meaning)
    return Columns(tuple(meanings), unit)


def _meaning(header: str) -> ListColumn | None:
    key = _heading_key(header)
    return _MEANINGS.get(key) or _MEANINGS.get(_UNIT_TAIL.sub("", key))


def heading_place(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """Which of the rows holds the headings below a title; ``None``: the first row does, or none is found.

    The first of the top 15 rows in which two cells are recognised.
    """
    for place, cells in enumerate((headers, *rows[:14])):
        if sum(_meaning(cell) is not None for cell in cells) > 1:
            return place - 1 if place else None
    return None


def check_headers(headers: Sequence[str]) -> None:
    """Refuses a first row that holds values instead of headings."""
    known = any(_meaning(header) for header in headers)
    if not known and any(_VALUE_LIKE.search(normalise(header)) for header in headers):
        raise Refusal(
            "list_without_headers",
            "1行目に見出しが見つかりません。「事業者名」「電話番号」のような見出しの行を1行目に置いてください。",
            "file",
        )


def check_columns(columns: Columns) -> None:
    """Refuses a mapping without a name, or with one meaning given twice."""
    chosen = [meaning for meaning in columns.meanings if meaning]
    if ListColumn.NAME not in chosen:
        raise Refusal("name_column_missing", "「事業者名」がどの列かを選んでください。", "columns")
    for meaning in chosen:
        if chosen.count(meaning) > 1 and meaning not in JOINED:
            raise Refusal(
                "column_twice",
                f"「{meaning.label}」が2つの列に選ばれています。どちらか1つにしてください。",
                "columns",
            )
